import type { Column } from '../../../../shared/column.ts';
import type { RememberedLoad } from '../../../../shared/define-check.ts';
import { type ColumnarTable, filledRows, type ValueColumn } from '../detect/columnar.ts';
import type { Dependencies } from '../detect/dependencies.ts';
import { isRare } from '../detect/values-of.ts';

/** A rule that the data itself suggests. */
export interface Proposal {
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Why, in words for people. */
  readonly reason: string;
  /** Share of the rows looked at that speak for it: 0 to 1. */
  readonly support: number;
  /** How likely a row that breaks it is an error rather than a rare truth: 0 to 1. */
  readonly trust: number;
  /** The column of whose texts it says all there is to say: a list or a known form. */
  readonly settles?: string;
  /** The column of whose texts it tells the shape alone, which is not worth saying beside one that settles it. */
  readonly shapes?: string;
}

/** A column whose values name the rows of its table. */
export interface KeyColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly values: ReadonlySet<string>;
}

/** What proposals are made from. */
export interface Known {
  readonly name: string;
  readonly table: ColumnarTable;
  /** All rows; those in `table` may be a sample. */
  readonly rows: number;
  readonly dependencies: () => Dependencies;
  /** Keys of all other tables. */
  readonly keys: readonly KeyColumn[];
  readonly now: Date;
  /** What is remembered of the loads before, newest first. */
  readonly former: readonly RememberedLoad[];
  /** The columns with their types, as the contract promises them; none where it does not say all. */
  readonly promised: readonly Column[];
}

/** One way of reading rules out of data. */
export type Proposer = (known: Known) => readonly Proposal[];

const found = import.meta.glob<{ default: Proposer }>('./proposers/*.ts', { eager: true });

/** Every proposer by the name of its file. */
export const proposers: ReadonlyMap<string, Proposer> = new Map(
  Object.entries(found).map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ''), module.default]),
);

/** Fewer rows than this say nothing of what is usual. */
export const leastRows = 20;

/** Share of the rows that have a value. */
export const filledShare = ({ codes, counts }: ValueColumn): number =>
  codes.length === 0 ? 0 : counts.reduce((sum, n) => sum + n, 0) / codes.length;

/** Share of the filled rows whose value no other row has. */
export function distinctShare({ counts }: ValueColumn): number {
  const filled = counts.reduce((sum, n) => sum + n, 0);
  const alone = counts.reduce((sum, n) => sum + (n === 1 ? 1 : 0), 0);
  return filled === 0 ? 0 : alone / filled;
}

/** Values that can name a row: whole numbers, UUIDs and short texts, filled in and hardly ever twice. */
export function isKeyLike(column: ValueColumn): boolean {
  if (!/^(smallint|integer|bigint|uuid|text|character)/.test(column.type)) return false;
  const filled = filledRows(column);
  const repeated = filled - Math.round(distinctShare(column) * filled);
  if (filledShare(column) < 0.98 || filled < leastRows || !isRare(repeated, filled, 0.01)) return false;
  return column.values.every((value) => value.length <= 64);
}
