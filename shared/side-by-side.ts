import { suffixedName } from './column-names.ts';
import type { StepInput } from './define-step.ts';
import { freeNames } from './replaced-columns.ts';
import { numbered } from './row-order.ts';
import { ident, nothing, type Sql, sql } from './sql.ts';

/** The columns of `r` that stand after those of `l`: without some, and with _right at the end where a name is taken. */
export function rightCells(left: StepInput, right: StepInput, without: readonly string[]): Sql[] {
  const taken = new Set(left.columns.map(({ name }) => name));
  return right.columns
    .filter(({ name }) => !without.includes(name))
    .map(({ name }) => {
      const free = taken.has(name) ? suffixedName(name, '_right', taken) : name;
      taken.add(free);
      return free === name ? sql`r.${ident(name)}` : sql`r.${ident(name)} as ${ident(free)}`;
    });
}

/** Columns of `l` as they are. */
export const leftCells = ({ columns }: StepInput): Sql[] => columns.map(({ name }) => sql`l.${ident(name)}`);

/**
 * What to join as `l` and `r`, and the order of the pairs where order counts: as the left ones come, those with one of
 * them as the right ones come, then those without.
 */
export function inPlaces(
  left: StepInput,
  right: StepInput,
): { readonly left: Sql; readonly right: Sql; readonly order: Sql } {
  if (!left.inOrder) return { left: left.from, right: right.from, order: nothing };
  const [mine = '', theirs = ''] = freeNames([left, right], 'arrival', 'partner');
  return {
    left: numbered(left, mine),
    right: numbered(right, theirs),
    order: sql`
order by l.${ident(mine)}, r.${ident(theirs)}`,
  };
}
