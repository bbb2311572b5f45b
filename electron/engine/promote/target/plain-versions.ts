import type { PlainVersions } from '../../../../shared/contract/promote.ts';
import { counted } from '../../../../shared/number-words.ts';
import { ident, join, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { looksMasked } from '../load/masks-there.ts';
import { columnsThere } from '../objects/column-list.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { maskedOf } from '../objects/private-columns.ts';
import { keptSchema } from './ledger.ts';
import { keyOf, type TargetState } from './target-state.ts';
import { versionsOf } from './versions-there.ts';

/** A table on the target that holds columns as they are which are masked or left out from now on. */
export interface PlainVersion {
  readonly object: PromotedObject;
  /** Where it is; undefined for the one that is replaced now, which is kept then. */
  readonly schema: string | undefined;
  readonly columns: readonly string[];
  /** Columns that were masked when it was promoted: only what others wrote into it since is plain. */
  readonly masked?: readonly string[];
  /** A collection that people search there, which nobody takes from them. */
  readonly stands?: boolean;
}

/** Looks into what is replaced, what is kept for the way back and what was put aside: nothing of it is silent. */
export async function plainVersions(
  { database, session }: Pick<Promotion, 'database' | 'session'>,
  objects: readonly PromotedObject[],
  { existing }: TargetState,
): Promise<readonly PlainVersion[]> {
  const found: PlainVersion[] = [];
  const collections = await database.query<Holding>(
    sql`select name, table_name as table, text_columns || metadata_columns as holds from assay.collections order by name`,
  );
  for (const object of objects) {
    if (object.kind !== 'table' || object.hidden.length === 0) continue;
    const now = existing.get(keyOf(object));
    const { current, kept } = await versionsOf(session, object);
    const places = [...(now?.kind === 'table' && now.owned ? [current] : []), ...kept];
    for (const { schema, masked } of places) {
      const columns = await plainColumns(session, object, schema ?? object.to, masked);
      if (columns.length > 0) found.push({ object, schema, columns, masked });
    }
    for (const one of collections.filter(({ table }) => table === object.source))
      found.push(...(await collectionVersions(session, object, one)));
  }
  return found;
}

interface Holding {
  readonly name: string;
  readonly table: string;
  readonly holds: readonly string[];
}

/** Text of a column that is hidden now is in a collection as it was, also in the one that stands there. */
async function collectionVersions(
  session: TargetSession,
  table: PromotedObject,
  { name, holds }: Holding,
): Promise<readonly PlainVersion[]> {
  const columns = holds.filter((column) => table.hidden.includes(column));
  if (columns.length === 0) return [];
  const found: PlainVersion[] = [];
  for (const to of table.to === 'public'
    ? ['collections', 'public_collections']
    : [`${table.to}_collections`]) {
    const object = { ...table, kind: 'collection' as const, name, to };
    const { noted, kept } = await versionsOf(session, object);
    for (const schema of noted ? [to, ...kept.map((one) => one.schema)] : [])
      if ((await columnsThere(session, schema, name)).length > 0)
        found.push({ object, schema, columns, stands: schema === to });
  }
  return found;
}

/** What was promoted decides, not how values look: only in a column that was masked is one that is no mask somebody's since. */
async function plainColumns(
  session: TargetSession,
  { name, hidden }: PromotedObject,
  schema: string,
  masked: readonly string[],
): Promise<readonly string[]> {
  const there = await columnsThere(session, schema, name);
  const columns = hidden.filter((column) => there.some((one) => one.name === column));
  if (columns.length === 0) return [];
  const plain = columns.map((column) => {
    const value = sql`${ident(column)}::text collate "C"`;
    return sql`coalesce(bool_or(${masked.includes(column) ? sql`not ${looksMasked(value)}` : sql`${value} is not null`}), false)`;
  });
  const [answer] = await session.query<{ plain: readonly boolean[] }>(
    sql`select array[${join(plain)}] as plain from ${ident(schema, name)}`,
  );
  return columns.filter((_, at) => answer?.plain[at] === true);
}

/** The objects, with those columns that are plain in what stands there and masked from now on: rows that stay are masked, too. */
export const withPlainThere = (
  objects: readonly PromotedObject[],
  versions: readonly PlainVersion[],
): readonly PromotedObject[] =>
  objects.map((object) => {
    const now = versions.find((one) => one.object === object && one.schema === undefined);
    const columns = (now?.columns ?? []).filter((name) => maskedOf(object).includes(name));
    if (!now || object.mode === 'replace' || columns.length === 0) return object;
    return {
      ...object,
      plainThere: columns.map((name) => ({ name, wasMasked: now.masked?.includes(name) === true })),
    };
  });

/** What a plan says of them, by table and by collection. */
export function plainOf(versions: readonly PlainVersion[]): readonly PlainVersions[] {
  const tables = new Map<string, PlainVersion[]>();
  for (const one of versions) {
    const key = keyOf(one.object);
    tables.set(key, [...(tables.get(key) ?? []), one]);
  }
  return [...tables.values()].map((own) => {
    const { kind, name, to } = (own[0] as PlainVersion).object;
    const table = kind === 'collection' ? `${to}.${name}` : name;
    const columns = [...new Set(own.flatMap((one) => one.columns))];
    const old = own.filter(({ stands }) => !stands);
    const before = old.filter(({ schema }) => schema !== undefined).length;
    const which = [
      ...(old.length > before ? ['the version that is replaced now'] : []),
      ...(before > 0 ? [`${counted(before, 'version')} kept there`] : []),
    ].join(' and ');
    const held = `${columns.join(', ')} as it was`;
    const says = [
      ...(old.length > 0
        ? [
            `${table}: ${which} ${old.length === 1 ? 'holds' : 'hold'} ${held}, for whoever may read the target’s assay_… schemas, and Roll back brings it back.`,
          ]
        : []),
      ...(old.length < own.length
        ? [`The collection ${table} stands there with the text of ${held}, until somebody drops it there.`]
        : []),
    ].join(' ');
    return { table, columns, versions: old.length, stands: old.length < own.length, says };
  });
}

/** Tables of which what is replaced is not kept, by their keys: nobody can look into it afterwards. */
export const lettingGoAtOnce = (versions: readonly PlainVersion[]): ReadonlySet<string> =>
  new Set(
    versions.flatMap(({ object, schema, stands }) =>
      schema === undefined && !stands ? [keyOf(object)] : [],
    ),
  );

/**
 * The statements that let them go, once the new tables are in place: each with the views kept over it and the keys of what is
 * kept. Where anything else looks at one, all of it is refused by the server.
 */
export function lettingGo(versions: readonly PlainVersion[], id: string): Sql[] {
  const old = versions.filter(({ stands }) => !stands);
  if (old.length === 0) return [];
  const places = old.map(({ object, schema }) => ({
    schema: schema ?? keptSchema(id, object),
    name: object.name,
  }));
  return [
    ...places.map(({ schema, name }) => sql`do ${toText(dropped(schema, name))}`),
    sql`update assay_promotions.change set kept = false where kept and to_regclass(format('%I.%I',
      'assay_kept_' || left(replace(promotion, '-', ''), 16) || case kind when 'collection' then '_collections' else '' end, table_name)) is null`,
  ];
}

const dropped = (
  schema: string,
  name: string,
) => sql`declare r record; old regclass := format('%I.%I', ${schema}::text, ${name}::text)::regclass;
begin
  for r in with recursive over (oid, depth) as (
      select old::oid, 0 union
      select v.oid, o.depth + 1 from over o join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = o.oid
        join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid join pg_class v on v.oid = w.ev_class and v.oid <> o.oid)
    select v.oid::regclass as place, case v.relkind when 'm' then 'materialized view' else 'view' end as word, max(o.depth) as depth
    from over o join pg_class v on v.oid = o.oid join pg_namespace n on n.oid = v.relnamespace
    where o.depth > 0 and starts_with(n.nspname::text, 'assay_') group by 1, 2 order by 3 desc
  loop execute format('drop %s %s', r.word, r.place); end loop;
  for r in select k.conname, k.conrelid::regclass as place from pg_constraint k join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where k.confrelid = old and k.conrelid <> old and k.contype = 'f' and k.conparentid = 0 and starts_with(n.nspname::text, 'assay_')
  loop execute format('alter table %s drop constraint %I', r.place, r.conname); end loop;
  execute format('drop table %s', old);
  if not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema}) then
    execute format('drop schema %I', ${schema}::text);
  end if;
end`;
