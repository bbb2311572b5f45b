import type { Column } from '../../../../shared/column.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { KnownCatalog, KnownFunction, KnownReference, KnownRelation } from './known-catalog.ts';

/** What an analyst makes and changes: relations with their columns, and foreign keys. */
export interface Changing {
  readonly own: readonly KnownRelation[];
  readonly references: readonly KnownReference[];
}

/** What is the same as long as the database is: functions, types, the words of the language, the system's relations. */
export interface Lasting extends Omit<KnownCatalog, 'relations' | 'references'> {
  readonly system: readonly KnownRelation[];
}

const systemSchemas = sql`n.nspname in ('pg_catalog', 'information_schema')`;

/** Reads what an analyst makes and changes. */
export async function readRelations(session: Session): Promise<Changing> {
  const own = await relationsWhere(session, sql`not ${systemSchemas} and n.nspname !~ '^(pg_|assay)'`);
  const references = await session.query<KnownReference>(sql`
    select f.relname as "from", t.relname as "to",
      (select json_agg(a.attname order by k.at) from unnest(c.conkey) with ordinality k(num, at)
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num) as columns,
      (select json_agg(a.attname order by k.at) from unnest(c.confkey) with ordinality k(num, at)
       join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num) as "toColumns"
    from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
    where c.contype = 'f'`);
  return { own, references };
}

/** One value for all of them: thousands of rows would take ten times as long to come over. */
async function relationsWhere(session: Session, which: Sql): Promise<readonly KnownRelation[]> {
  const { found } = await session.one<{
    found: (Omit<KnownRelation, 'kind'> & { kind: string })[] | null;
  }>(sql`
    select json_agg(json_build_object('schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'columns', (
      select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
        order by a.attnum), '[]')
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    )) order by n.nspname, c.relname) as found
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'v', 'm', 'p', 'f') and ${which}`);
  return (found ?? []).map(({ kind, ...rest }) => ({
    ...rest,
    columns: rest.columns satisfies readonly Column[],
    kind: kind === 'v' || kind === 'm' ? 'view' : 'table',
  }));
}

/** Reads what is the same as long as the database is. */
export async function readLanguage(session: Session): Promise<Lasting> {
  const { types } = await session.one<{ types: string }>(sql`
    select string_agg(name, chr(10) order by rank, name) as types from (
      select format_type(t.oid, null) as name, t.typcategory not in ('N', 'S', 'D', 'B') as rank
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where n.nspname in ('pg_catalog', 'public') and t.typtype in ('b', 'e', 'd', 'r') and t.typelem = 0
        and t.typname !~ '^(_|pg_|reg)' and t.typname not in ('cid', 'xid', 'xid8', 'tid', 'oid', 'gtsvector',
          'refcursor', 'aclitem', 'txid_snapshot', 'char', 'name')) as t`);
  const { words } = await session.one<{ words: string }>(
    sql`select string_agg(word || ' ' || catcode::text, chr(10)) as words from pg_get_keywords()`,
  );
  const keywords = words.split('\n').map((line) => line.split(' ') as [word: string, category: string]);
  return {
    functions: await functions(session),
    types: types.split('\n'),
    keywords: keywords.map(([word]) => word),
    reserved: new Set(keywords.filter(([, category]) => category !== 'U').map(([word]) => word)),
    system: await relationsWhere(session, systemSchemas),
  };
}

async function functions(session: Session): Promise<ReadonlyMap<string, readonly KnownFunction[]>> {
  const { found } = await session.one<{ found: string }>(sql`
    select string_agg(concat_ws(chr(9), p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
      case when p.prokind = 'a' then 'aggregate' when p.prokind = 'w' then 'window'
        when p.proretset then 'set' else 'function' end), chr(10) order by p.proname, p.pronargs, p.oid) as found
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_proc'::regclass and d.objsubid = 0
    where n.nspname in ('pg_catalog', 'public') and p.prokind <> 'p'
      and coalesce(d.description, '') !~ '^(implementation of|I/O|internal|aggregate|less-equal|hash|sort support|larger of|smaller of|restriction|join selectivity)'
      and not (p.proargtypes::oid[] || p.prorettype) && array['internal'::regtype, 'cstring'::regtype,
        'trigger'::regtype, 'event_trigger'::regtype, 'index_am_handler'::regtype, 'table_am_handler'::regtype]::oid[]`);
  const byName = new Map<string, KnownFunction[]>();
  for (const line of found.split('\n')) {
    const [name = '', args = '', result = '', kind] = line.split('\t');
    const calls = byName.get(name) ?? [];
    calls.push({ name, args, result, kind: kind as KnownFunction['kind'] });
    byName.set(name, calls);
  }
  return byName;
}
