import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { columnsOnTarget } from '../objects/mode.ts';
import type { PlainThere, PromotedObject } from '../objects/objects.ts';
import { notesSchema } from '../target/ledger.ts';

const atOnce = 2000;

/** A mask as it looks: what does not look so is none. */
export const looksMasked = (value: Sql): Sql => sql`${value} ~ '^[0-9a-f]{64}$'`;

/** No table of a person begins with a space and is put beside it. */
const masksIn = (staging: string): Sql => ident(notesSchema(staging), ' masks');

const textOf = (table: Sql, { name }: PlainThere): Sql => sql`${table}.${ident(name)}::text collate "C"`;

/** The old table as it would have been promoted with the masks of today: what of it stays is taken from here. */
export function rowsThere(object: PromotedObject, staging: string): Sql {
  const { to, name, plainThere = [] } = object;
  if (plainThere.length === 0) return ident(to, name);
  const plain = sql`plain`;
  const masks = plainThere.map((_, at) => ident(` masks ${at}`));
  const columns = columnsOnTarget(object).map((column) => {
    const at = plainThere.findIndex((one) => one.name === column.name);
    if (at < 0) return sql`${plain}.${ident(column.name)}`;
    return sql`${masked(plainThere[at] as PlainThere, masks[at] as Sql)} as ${ident(column.name)}`;
  });
  const joins = plainThere.map(
    (one, at) =>
      sql`left join ${masksIn(staging)} as ${masks[at] as Sql} on ${masks[at] as Sql}.value = ${textOf(plain, one)}`,
  );
  return sql`(select ${join(columns)} from ${ident(to, name)} as ${plain} ${join(joins, sql` `)})`;
}

function masked(one: PlainThere, masks: Sql): Sql {
  const value = textOf(sql`plain`, one);
  return one.wasMasked
    ? sql`case when ${looksMasked(value)} then ${value} else ${masks}.mask end`
    : sql`${masks}.mask`;
}

/**
 * Makes the masks of all values that are to be masked there. The values come here for that, a part at a time: with the
 * secret in its hands, whoever keeps the server's log could find them by trying.
 */
export async function makeMasks(
  session: TargetSession,
  { to, name, plainThere = [], mask }: PromotedObject,
  staging: string,
): Promise<void> {
  if (plainThere.length === 0 || !mask) return;
  const table = masksIn(staging);
  const values = plainThere.map((one) => {
    const value = textOf(sql`plain`, one);
    const only = one.wasMasked ? sql`not ${looksMasked(value)}` : sql`${value} is not null`;
    return sql`select ${value} as value from ${ident(to, name)} as plain where ${only}`;
  });
  await session.transaction([
    sql`drop table if exists ${table}`,
    sql`create table ${table} (place bigint primary key, value text collate "C" not null, mask text)`,
    sql`insert into ${table} (place, value) select row_number() over (), value from (${join(values, sql` union `)}) as plain`,
  ]);
  for (let last = 0; ; ) {
    const page = await session.query<{ place: number; value: string }>(
      sql`select place::float8 as place, value from ${table} where place > ${last} order by place limit ${atOnce}`,
    );
    if (page.length === 0) return;
    last = page.at(-1)?.place ?? last;
    const made = JSON.stringify(page.map(({ place, value }) => ({ place, mask: mask(value) })));
    await session.run(sql`update ${table} as masks set mask = made.mask
      from jsonb_to_recordset(${made}::jsonb) as made (place bigint, mask text) where made.place = masks.place`);
  }
}
