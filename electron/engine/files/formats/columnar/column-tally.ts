import type { OpenNote } from '../../../../../shared/contract/formats.ts';
import { counted } from '../../../../../shared/number-words.ts';
import { cutNote } from './cut-moments.ts';

/** What befell a column's cells on their way to PostgreSQL, to be told once all are read. */
export class ColumnTally {
  /** Moments that had more digits than PostgreSQL keeps. */
  cuts = 0;
  /** Maps in which a key stands more than once. */
  repeats = 0;
  /** Texts that are no UTF-8. */
  garbled = 0;
  /** Moments that are as far away as the file can write. */
  farthest = 0;

  /** Told of the column. */
  notes(name: string): readonly OpenNote[] {
    return [...cutNote(name, this.cuts), ...this.#others().map((says) => ({ says: `${name}: ${says}` }))];
  }

  #others(): string[] {
    const some = (cells: number, one: string, says: string) =>
      cells > 0 ? [`${counted(cells, one)} ${says}`] : [];
    return [
      ...some(
        this.repeats,
        'map',
        'with a key that stands more than once; loaded as a list of its entries, so that none is lost',
      ),
      ...some(
        this.garbled,
        'text',
        'that is no UTF-8; what cannot be read of it stands as \ufffd. Write the column as binary to keep its bytes',
      ),
      ...some(this.farthest, 'moment', 'as far away as the file can write, loaded as infinity'),
    ];
  }
}
