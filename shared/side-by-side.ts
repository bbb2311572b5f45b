import { suffixedName } from './column-names.ts';
import type { StepInput } from './define-step.ts';
import { ident, type Sql, sql } from './sql.ts';

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
