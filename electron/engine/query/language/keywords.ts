import type { Clause } from './clauses.ts';
import { isWord, type Node } from './sql-tree.ts';

const split = (words: string): readonly string[] => words.split(', ');

/** Words that begin a statement. */
export const startWords = split(
  'select, with, insert into, update, delete from, create table, create view, explain, explain analyze, values, merge into, truncate, alter table, drop table, create index, show',
);

/** Words that may begin a value. */
export const expressionWords = split(
  'case, not, null, true, false, exists, distinct, cast, extract, interval, date, array, current_date, current_timestamp',
);

const operators =
  'and, or, in, not in, is null, is not null, between, like, ilike, is distinct from, is not distinct from';

/** Words that may follow a relation of FROM. */
export const afterRelation = (clause: Clause['kind']): readonly string[] =>
  clause === 'join'
    ? split('on, using, as, join, left join')
    : split(
        'where, join, left join, right join, full join, cross join, left join lateral, natural join, group by, order by, limit, as, union all, having, tablesample',
      );

const following: Partial<Readonly<Record<Clause['kind'], string>>> = {
  select: `from, as, filter, over, ${operators}`,
  on: `${operators}, join, left join, where, group by, order by, limit`,
  where: `${operators}, group by, order by, limit, union all, returning`,
  'group by': 'having, order by, limit, union all',
  having: `${operators}, order by, limit`,
  'order by': 'asc, desc, nulls first, nulls last, limit, offset',
  limit: 'offset, union all',
  set: `from, where, returning, ${operators}`,
  values: 'on conflict, returning',
  insert: 'values, select, default values',
  conflict: 'do nothing, do update set, returning',
  returning: 'as',
};

/** Words that may follow a value in a clause. */
export const clauseWords = (clause: Clause['kind']): readonly string[] =>
  split(`${following[clause] ?? operators}, when, then, else, end`);

const expectsValue = `select distinct all and or not in is between like ilike similar when then else case by
  on where having set any some exists return limit offset values returning from join filter over order group partition`.split(
  /\s+/,
);

/** True where a value has just ended, so that an operator or the next clause comes. */
export function afterOperand(before: readonly Node[]): boolean {
  const last = before.at(-1);
  if (!last) return false;
  if (last.is === 'group') return true;
  if (isWord(last, ...expectsValue)) return false;
  return ['word', 'name', 'string', 'number'].includes(last.kind);
}
