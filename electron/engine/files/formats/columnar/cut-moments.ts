import type { OpenNote } from '../../../../../shared/contract/formats.ts';
import { counted } from '../../../../../shared/number-words.ts';

/** What PostgreSQL does not keep of moments. */
export const cutWords = 'PostgreSQL keeps microseconds, so the last three digits of nanoseconds are cut';

/** Told of a column in which such digits were cut. */
export const cutNote = (name: string, cells: number): readonly OpenNote[] =>
  cells > 0
    ? [
        {
          says: `${name}: ${counted(cells, 'value')} ${cells === 1 ? 'has' : 'have'} nanoseconds; ${cutWords}`,
        },
      ]
    : [];
