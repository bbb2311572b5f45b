import { rowColumn, userColumns } from '../../../../shared/column.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { maybeTable } from '../../database/known-table.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';

/** How points are coloured: a place in the legend, from points `p` and documents `d`; 0 is grey. */
export interface Colours {
  readonly colour: Sql;
  readonly legend: readonly string[];
}

/** So many colours can be told apart beside grey. */
export const distinctColours = 8;

/** Colours by topic, the largest ones each by their own. */
export async function coloursByTopic(session: Session, collection: string): Promise<Colours> {
  const topics = await session.query<{ topic: number; label: string }>(
    sql`select topic, label from assay.map_topics where collection = ${collection} order by topic`,
  );
  const many = topics.length > distinctColours;
  const own = many ? distinctColours - 1 : distinctColours;
  const legend = [
    'between topics',
    ...topics.slice(0, own).map(({ label }) => label),
    ...(many ? ['other topics'] : []),
  ];
  return { colour: sql`case when p.topic is null then 0 else least(p.topic, ${own}) + 1 end`, legend };
}

/** Numbers and dates of more values than this are coloured by ranges. */
const ranges = 5;

/** A metadata key of documents `d`, else a column of the rows that they are made of, as JSON. */
async function jsonOf(
  session: Session,
  { name, table, metadataColumns }: CollectionRecord,
  key: string,
): Promise<Sql> {
  if (metadataColumns.includes(key)) return sql`(d.metadata->${key}::text)`;
  const known = await maybeTable(session, table);
  const columns = userColumns(known?.columns ?? []).map((column) => column.name);
  if (columns.includes(key))
    return sql`(select to_jsonb(t.${ident(key)}) from ${ident('public', table)} as t where t.${ident(rowColumn)} = d.source_row)`;
  throw problem('not_found', `"${name}" has no metadata "${key}", and "${table}" no such column.`, {
    hint: `There are: ${[...new Set([...metadataColumns, ...columns])].join(', ') || 'none'}.`,
  });
}

/** Colours by a metadata key or a column of the table: its most frequent values, or ranges of equal size where it holds many numbers or dates. */
export async function coloursByKey(
  session: Session,
  record: CollectionRecord,
  key: string,
): Promise<Colours> {
  const json = await jsonOf(session, record, key);
  const value = sql`(${json} #>> '{}')`;
  const documents = sql`${documentsOf(record.name)} as d`;
  const frequent = await session.query<{ value: string; total: number; ordered: boolean }>(sql`
    select ${value} as value, (count(*) over ())::int as total,
      bool_and(bool_and(jsonb_typeof(${json}) = 'number' or ${value} ~ '^\d{4}-\d\d-\d\d')) over () as ordered
    from ${documents} where ${value} is not null group by 1 order by count(*) desc, 1 limit ${distinctColours}`);
  const [first] = frequent;
  if (!first) return { colour: sql`0`, legend: [`no ${key}`] };
  if (first.ordered && first.total > distinctColours)
    return byRange(session, documents, { json, value, key });
  const many = first.total > distinctColours;
  const shown = frequent.slice(0, many ? distinctColours - 1 : distinctColours).map((one) => one.value);
  const cases = shown.map((one, at) => sql`when ${one} then ${at + 1}`);
  const rest = sql`case when ${value} is null then 0 else ${shown.length + 1} end`;
  return {
    colour: sql`case ${value} ${join(cases, sql` `)} else ${rest} end`,
    legend: [
      `no ${key}`,
      ...shown.map((one) => (one === '' ? '""' : one)),
      ...(many ? ['other values'] : []),
    ],
  };
}

interface Coloured {
  readonly json: Sql;
  readonly value: Sql;
  readonly key: string;
}

/** Ranges that follow one another: a value is in one of them only. */
async function byRange(session: Session, documents: Sql, { json, value, key }: Coloured): Promise<Colours> {
  const { numbers } = await session.one<{ numbers: boolean }>(
    sql`select bool_and(jsonb_typeof(${json}) = 'number') as numbers from ${documents} where ${value} is not null`,
  );
  const compared = numbers ? sql`${value}::numeric` : sql`${value} collate "C"`;
  const bounds = await session.query<{ part: number; low: string; high: string }>(sql`
    select part, min(v)::text as low, max(v)::text as high
    from (select v, min(place) over (partition by v) as part from (
      select ${compared} as v, ntile(${ranges}) over (order by ${compared}) as place from ${documents} where ${value} is not null) as cut) as parts
    group by part order by part`);
  const cases = bounds.map(({ high }, at) => {
    const bound = numbers ? sql`${high}::numeric` : sql`${high}`;
    return sql`when ${compared} <= ${bound} then ${at + 1}`;
  });
  return {
    colour: sql`case ${join(cases, sql` `)} else 0 end`,
    legend: [
      `no ${key}`,
      ...bounds.map(({ low, high }) => (low === high ? low : `${short(low)} to ${short(high)}`)),
    ],
  };
}

/** A date without its time; ranges are not that exact. */
const short = (value: string) => (/^\d{4}-\d\d-\d\dT/.test(value) ? value.slice(0, 10) : value);
