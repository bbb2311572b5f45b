import type { ClassCounts } from '../cells/value-classes.ts';
import { isDecimal, valueClass } from '../cells/value-classes.ts';
import { type Decimal, written } from '../cells/written-numbers.ts';

/** What is known of how a file writes numbers. */
export interface NumberMarks {
  /** What stands before decimals, as a person said. */
  readonly decimal?: Decimal | undefined;
  /** True where a point before three digits may stand between thousands as well. */
  readonly pointUnsure?: boolean | undefined;
}

/** A decimal that is written as no thousands are. */
export const isPlainDecimal = (kind: number): boolean =>
  isDecimal(kind) ||
  [valueClass.longDecimal, valueClass.wideDecimal, valueClass.exponent, valueClass.wideExponent].some(
    (plain) => plain === kind,
  );

const commaKinds: readonly number[] = [written.comma, written.points, written.gapsComma];
const pointKinds: readonly number[] = [written.commas, written.gapsPoint];

/**
 * What all columns of a file together say of its numbers. Where cells stand between semicolons, or some have a decimal comma,
 * `1.234` is a decimal only if another number can be nothing else.
 */
export function numberMarks(
  counts: Iterable<ClassCounts>,
  delimiter: string | undefined,
  decimal: Decimal | undefined,
): NumberMarks {
  const kinds = [...counts].flatMap((column) => [...column.keys()]);
  const commas = delimiter === ';' || kinds.some((kind) => commaKinds.includes(kind));
  const points = kinds.some((kind) => isPlainDecimal(kind) || pointKinds.includes(kind));
  return { decimal, pointUnsure: commas && !points };
}
