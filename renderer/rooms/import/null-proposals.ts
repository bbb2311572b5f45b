import type { FileColumn } from '../../../shared/contract/files.ts';

/** A text that is proposed to be read as null, and what switches that. */
export interface NullProposal {
  readonly marker: string;
  /** Unknown where it is read as null already because a person said so. */
  readonly cells?: number;
  readonly applied: boolean;
  /** What the column's markers are after the switch. */
  readonly nulls: readonly string[];
}

/** What of a column's cells may stand for no value. Words such as NA among numbers are switched all at once. */
export function proposalsOf({
  nulls: said = [],
  nullMarkers = [],
  readAsNull = [],
}: FileColumn): readonly NullProposal[] {
  const chosen = said.filter((marker) => marker !== '');
  return [
    ...readAsNull.map(({ marker, cells }) => ({ marker, cells, applied: true, nulls: [...said, ''] })),
    ...chosen.map((marker) => ({
      marker,
      applied: true,
      nulls: said.filter((other) => other !== marker),
    })),
    ...(said.includes('') ? [{ marker: 'NA', applied: false, nulls: chosen }] : []),
    ...nullMarkers.map(({ marker, cells }) => ({ marker, cells, applied: false, nulls: [...said, marker] })),
  ];
}
