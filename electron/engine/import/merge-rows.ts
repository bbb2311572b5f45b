import { rowColumn } from '../../../shared/column.ts';
import { counted } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, join, names, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import type { Target } from './target.ts';

/** Refuses a key that the file or the table does not have. */
export function refuseBadKey(
  key: readonly string[],
  columns: readonly { readonly name: string }[],
  what: string,
): void {
  const missing = key.find((name) => !columns.some((column) => column.name === name));
  if (missing === undefined) return;
  throw problem('not_found', `The key column "${missing}" is not in ${what}.`, {
    hint: `Its columns: ${columns.map(({ name }) => name).join(', ')}.`,
    at: { column: missing },
  });
}

/** Refuses rows that a key cannot tell apart. */
export async function refuseAmbiguousKeys(
  session: Session,
  stage: Sql,
  key: readonly string[],
  where = 'the file',
): Promise<void> {
  const empty = join(
    key.map((name) => sql`${ident(name)} is null`),
    sql` or `,
  );
  const { n: nulls } = await session.one<{ n: number }>(
    sql`select count(*)::int as n from ${stage} where ${empty}`,
  );
  const { n: twice } = await session.one<{ n: number }>(
    sql`select count(*)::int as n from (select 1 from ${stage} group by ${names(key)} having count(*) > 1) as q`,
  );
  if (nulls + twice === 0) return;
  const said =
    nulls > 0
      ? `${counted(nulls, 'row')} of ${where} ${nulls === 1 ? 'has' : 'have'} no ${key.join(', ')}`
      : `${counted(twice, 'key')} ${twice === 1 ? 'occurs' : 'occur'} more than once in ${where}`;
  throw problem(
    'bad_input',
    `The rows cannot be told apart by ${key.join(', ')}: ${said}. Nothing was changed.`,
    {
      hint: 'Choose columns that tell every row apart, or clean the file first.',
    },
  );
}

/**
 * Rows with a known key take the file's values and keep their address; the others are added. Refuses a table whose rows
 * the key cannot tell apart: one row of the file would overwrite several.
 */
export async function mergeRows(
  session: Session,
  stage: Sql,
  target: Target,
  key: readonly string[],
): Promise<void> {
  const table = ident('public', target.table);
  await refuseAmbiguousKeys(session, table, key, 'the table');
  const same = join(
    key.map((name) => sql`t.${ident(name)} = s.${ident(name)}`),
    sql` and `,
  );
  const others = target.columns.map(({ name }) => name).filter((name) => !key.includes(name));
  if (others.length > 0) {
    const set = join(others.map((name) => sql`${ident(name)} = s.${ident(name)}`));
    await session.run(sql`update ${table} as t set ${set} from ${stage} as s where ${same}`);
  }
  const list = names(target.columns.map(({ name }) => name));
  const row = ident(rowColumn);
  await session.run(
    sql`insert into ${table} (${row}, ${list})
      select (select coalesce(max(${row}), 0) from ${table}) + row_number() over (order by s.${row}),
        ${join(target.columns.map(({ name }) => sql`s.${ident(name)}`))}
      from ${stage} as s where not exists (select 1 from ${table} as t where ${same})`,
  );
}
