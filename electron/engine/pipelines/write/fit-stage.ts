import type { Column } from '../../../../shared/column.ts';
import { ProblemError } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { fault } from '../plan/step-problems.ts';
import type { Staged } from './staged.ts';

/** A column of a stage that has another type than that of the table it goes into. */
interface Other {
  readonly name: string;
  readonly own: string;
  readonly type: string;
  /** Whether INSERT would turn the one into the other. */
  readonly assigns: boolean;
  /** Whether there is a way back and an equality, to see if a value stays what it is. */
  readonly returns: boolean;
}

/**
 * Gives staged rows the types of the table they go into, as INSERT would; a value that would become another one there ends
 * the run. Both have to have the same columns, in any order.
 */
export async function fitStage(
  session: Session,
  made: Staged,
  staged: readonly Column[],
  there: readonly Column[],
): Promise<void> {
  const lacks = (some: readonly Column[], others: readonly Column[]) =>
    some.find(({ name }) => others.every((other) => other.name !== name));
  const odd = lacks(staged, there) ?? lacks(there, staged);
  if (odd) throw otherColumns(made, odd);
  const others = await otherTypes(session, made);
  const unfit = others.find(({ assigns }) => !assigns);
  if (unfit) throw otherColumns(made, { name: unfit.name, type: unfit.own });
  for (const other of others) await refuseUnfit(session, made, other);
  if (others.length === 0) return;
  const changes = others.map(({ name, type }) => {
    const cell = ident(name);
    return sql`alter column ${cell} type ${typeName(type)} using ${cell}::${typeName(type)}`;
  });
  await session.run(sql`alter table ${ident('assay', made.stage)} ${join(changes)}`);
}

function otherColumns({ step, table }: Staged, { name, type }: Column): ProblemError {
  const hint = 'Run once with “Replace them”, or give the step before the columns that the table has.';
  return new ProblemError(
    fault(step, `The rows and "${table}" do not have the same columns: ${name} ${type}.`, hint, { table }),
  );
}

const otherTypes = (session: Session, { stage, table }: Staged): Promise<readonly Other[]> =>
  session.query<Other>(sql`
    with cell as (
      select n.nspname as schema, a.attname as name, a.atttypid as type, format_type(a.atttypid, a.atttypmod) as says,
        t.typcategory = 'S' as texts, single.oid as element, t.typcategory = 'A' as list, single.typcategory in ('S', 'E', 'R') or exists (
          select from pg_operator where oprname = '=' and oprleft = single.oid and oprright = single.oid) as equals
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_type t on t.oid = a.atttypid
      join pg_type single on single.oid = case when t.typcategory = 'A' then t.typelem else t.oid end
      where a.attnum > 0 and not a.attisdropped and a.attname <> '_row'
        and (n.nspname, c.relname) in (('assay', ${stage}), ('public', ${table}))
    )
    select s.name, s.says as own, t.says as type,
      s.type = t.type or t.texts or exists (
        select from pg_cast where castsource = s.element and casttarget = t.element and s.list = t.list and castcontext <> 'e') as assigns,
      s.equals and (s.type = t.type or t.texts or exists (
        select from pg_cast where castsource = t.element and casttarget = s.element)) as returns
    from cell s join cell t on t.name = s.name and t.schema = 'public' and s.schema = 'assay'
    where s.says <> t.says order by s.name`);

async function refuseUnfit(session: Session, made: Staged, other: Other): Promise<void> {
  const { name, own, type, returns } = other;
  const cell = sql`s.${ident(name)}`;
  const text = wholeTypes.test(type)
    ? sql`coalesce(trim_scale(${cell}::numeric)::text, '')`
    : sql`${cell}::text`;
  const stays = returns ? sql`${cell}::${typeName(type)}::${typeName(own)} = ${cell}` : sql`true`;
  const rows = await session.query<{ row: number; bad: number }>(sql`
    select min(s._row) as row, count(*) as bad from ${ident('assay', made.stage)} as s
    where ${cell} is not null
    and case when pg_input_is_valid(${text}, ${type}) then not (${stays}) else true end`);
  const [{ row, bad } = { row: 0, bad: 0 }] = rows;
  if (Number(bad) > 0) throw unfitValue(made, other, Number(row), Number(bad));
}

const wholeTypes = /^(smallint|integer|bigint)$/;

function unfitValue({ step, table }: Staged, { name, type }: Other, row: number, bad: number): ProblemError {
  const which = bad === 1 ? `Row ${row} has` : `${bad} rows have, row ${row} for one,`;
  const words = `${which} a value in "${name}" that does not fit into ${type}, which "${name}" of "${table}" is.`;
  const hint = 'Make it fit in a step before, or run once with “Replace them”.';
  return new ProblemError(fault(step, words, hint, { table, column: name }));
}

/** True where `t` and `s` have equal values in these columns, by the measure of their types; null is equal to null. */
export const sameValues = (columns: readonly Column[]): Sql =>
  join(
    columns.map(({ name, type }) => {
      const [mine, theirs] = [sql`t.${ident(name)}`, sql`s.${ident(name)}`];
      return compared.test(type)
        ? sql`${mine} is not distinct from ${theirs}`
        : sql`row(${mine})::record *= row(${theirs})::record`;
    }),
    sql` and `,
  );

/** Types of which “=” says whether two values are the same; for a box, say, it compares the area. */
const compared =
  /^(smallint|integer|bigint|numeric|real|double precision|text|character|boolean|date|time|timestamp|interval|uuid|jsonb)\b/;
