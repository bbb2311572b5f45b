import { engine } from '../../engine.ts';
import { runTask } from '../../tasks.ts';
import { writeColumn } from './write-column.ts';

/** Writes predicted labels into a column of the table. */
export const writePredicted = (
  table: string,
  asked: {
    readonly collection: string;
    readonly column: string;
    readonly least: number;
    readonly into: string;
  },
): Promise<void> =>
  writeColumn(table, asked.into, (replace) =>
    runTask(`Labelling ${table}`, (options) =>
      engine.search.writePredicted({ ...asked, replace: replace || asked.into === asked.column }, options),
    ),
  );
