/** A column as its distinct values and, for each row, which of them it has: -1 for null. */
export interface CodedColumn {
  readonly type: string;
  readonly values: readonly string[];
  readonly codes: Int32Array;
  /** How many rows have each value. */
  readonly counts: Int32Array;
}

/** Dependencies are looked for in at most so many rows. */
const searchedRows = 20_000;

const leastAgreement = 0.85;
/** How much of what a guess of the most frequent value gets wrong has to be explained. */
const leastGain = 0.45;

const filled = ({ counts }: CodedColumn) => counts.reduce((sum, n) => sum + n, 0);

/** Groups have to be of several rows, and there has to be more than one. What is measured or dated decides nothing. */
export const canDecide = ({ values, type }: CodedColumn, rows: number) =>
  values.length > 1 && values.length < rows * 0.7 && !/^(numeric|real|double|date|time|interval)/.test(type);

/** A column that most rows leave empty is not decided by anything. */
const canBeDecided = (column: CodedColumn) =>
  column.values.length > 1 && filled(column) * 2 >= column.codes.length;

/** How far rows equal in `by` agree in `column`; undefined where that is no dependency. */
export function agreementOf(by: CodedColumn, column: CodedColumn): number | undefined {
  if (!canBeDecided(column)) return undefined;
  const rows = Math.min(by.codes.length, searchedRows);
  let agreeing = 0;
  let judged = 0;
  for (const { size, most } of groupsOf(by, column, rows).values()) {
    if (size < 3) continue;
    judged += size;
    agreeing += most;
  }
  if (judged < rows * 0.3) return undefined;
  const agreement = agreeing / judged;
  const guess = Math.max(...column.counts) / column.codes.length;
  const gain = (agreement - guess) / (1 - guess);
  return agreement >= leastAgreement && gain >= leastGain ? agreement : undefined;
}

interface Group {
  size: number;
  most: number;
  /** The most frequent value, by its place. */
  value: number;
  readonly counts: Map<number, number>;
}

/** Rows by the value of `by`; rows without one belong to no group, and a missing value is a value. */
export function groupsOf(by: CodedColumn, column: CodedColumn, rows: number): Map<number, Group> {
  const groups = new Map<number, Group>();
  for (let row = 0; row < rows; row++) {
    const key = by.codes[row] ?? -1;
    const value = column.codes[row] ?? -1;
    if (key < 0) continue;
    let group = groups.get(key);
    if (!group) {
      group = { size: 0, most: 0, value: -1, counts: new Map() };
      groups.set(key, group);
    }
    const count = (group.counts.get(value) ?? 0) + 1;
    group.counts.set(value, count);
    group.size++;
    if (count > group.most) {
      group.most = count;
      group.value = value;
    }
  }
  return groups;
}
