import type { Field, Vector } from 'apache-arrow';
import type { OpenNote } from '../../../../../shared/contract/formats.ts';
import { arrowValues } from './arrow-nested.ts';
import type { ReadRow } from './arrow-values.ts';
import { ColumnTally } from './column-tally.ts';

/** A column of Arrow's as PostgreSQL has it, and how its cells are written. */
export interface ArrowColumn {
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  /** Reads a batch. */
  open(column: Vector): ReadRow;
  /** What is told of it once all is read. */
  notes(): readonly OpenNote[];
}

/** How a field's values come to PostgreSQL. */
export function arrowColumn({ name, type }: Field): ArrowColumn {
  const tally = new ColumnTally();
  const { type: pg, loses, open } = arrowValues(type, tally);
  return {
    name,
    type: pg,
    reason: `the file says ${String(type)}${loses ? `; ${loses}` : ''}`,
    open: (column) => {
      const [data] = column.data;
      return data ? open(data) : () => null;
    },
    notes: () => tally.notes(name),
  };
}
