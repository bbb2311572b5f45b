import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';

/** A column of a table on the target, with what the workspace's table does not say about it. */
export interface CarriedColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly standard: string | null;
  readonly identity: '' | 'a' | 'd';
  readonly generated: boolean;
  /** Its collation, where that is not its type's. */
  readonly collation: string | null;
  /** How it is stored and analyzed, where that was set, as it follows ALTER COLUMN. */
  readonly settings: readonly string[];
  readonly comment: string | null;
  readonly sequence: {
    readonly name: string;
    readonly options: string;
    readonly last: string | null;
    readonly grants: readonly Granted[];
  } | null;
}

/** Somebody's right. */
export interface Granted {
  readonly privilege: string;
  /** Null for everybody. */
  readonly grantee: string | null;
  readonly grantable: boolean;
}

/** A constraint, an index or a trigger as the server's catalog writes it, with the columns that it needs. */
export interface CarriedPart {
  readonly name: string;
  readonly kind: string;
  readonly definition: string;
  readonly columns: readonly string[];
  readonly comment: string | null;
  /** For a foreign key: the table on its other side. */
  readonly other: string | null;
  /** That table as the definition writes it. */
  readonly otherPlace?: string | null;
}

/** A row-security policy. */
export interface CarriedPolicy {
  readonly name: string;
  readonly permissive: string;
  readonly command: string;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

/** Somebody's right on a table or one of its columns. */
export interface CarriedGrant extends Granted {
  readonly column: string | null;
}

/** Everything a table on the target has beside its rows, to be given to the table that replaces it. */
export interface Carried {
  readonly owner: string;
  readonly comment: string | null;
  readonly options: readonly string[];
  readonly unlogged: boolean;
  readonly rowSecurity: boolean;
  readonly forcedSecurity: boolean;
  readonly replica: string;
  /** The index by which it is clustered, and the one that names its rows to replicas; a key's, too. */
  readonly clustered: string | null;
  readonly identity: string | null;
  readonly place: string;
  readonly columns: readonly CarriedColumn[];
  readonly constraints: readonly CarriedPart[];
  readonly indexes: readonly CarriedPart[];
  readonly triggers: readonly CarriedPart[];
  readonly policies: readonly CarriedPolicy[];
  readonly grants: readonly CarriedGrant[];
}

/** Reads all of it; changes nothing. */
export async function readCarried(session: TargetSession, oid: string): Promise<Carried> {
  const [table] = await session.query<Omit<Carried, 'columns'>>(sql`
    select pg_get_userbyid(c.relowner) as owner, obj_description(c.oid, 'pg_class') as comment,
      coalesce(c.reloptions, '{}') as options, c.relpersistence = 'u' as unlogged, c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as "forcedSecurity",
      c.relreplident as replica, (select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid where i.indrelid = c.oid and i.indisclustered) as clustered,
      (select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid where i.indrelid = c.oid and i.indisreplident) as identity, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as place
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = ${oid}::oid`);
  return {
    ...(table as Omit<Carried, 'columns'>),
    columns: await columnsOf(session, oid),
    constraints: await constraintsOf(session, oid),
    indexes: await indexesOf(session, oid),
    triggers: await triggersOf(session, oid),
    policies: await policiesOf(session, oid),
    grants: await grantsOf(session, oid),
  };
}

const columnsOf = (session: TargetSession, oid: string) =>
  session.query<CarriedColumn>(sql`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "notNull",
      case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as standard, a.attidentity as identity,
      a.attgenerated <> '' as generated, col_description(a.attrelid, a.attnum) as comment, s.sequence,
      case when a.attcollation <> t.typcollation then (select quote_ident(n.nspname) || '.' || quote_ident(k.collname)
        from pg_collation k join pg_namespace n on n.oid = k.collnamespace where k.oid = a.attcollation) end as collation,
      array_remove(array['set statistics ' || nullif(a.attstattarget, -1), 'set (' || (select string_agg(o, ', ') from unnest(a.attoptions) o where o ~ '^n_distinct') || ')',
        case when a.attstorage <> t.typstorage then 'set storage ' || (array['plain', 'external', 'extended', 'main'])[position(a.attstorage::text in 'pexm')] end,
        case a.attcompression when 'p' then 'set compression pglz' when 'l' then 'set compression lz4' end], null) as settings
    from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join lateral (
      select json_build_object('name', c.relname, 'last', pg_sequence_last_value(c.oid)::text, 'grants', (
          select coalesce(json_agg(json_build_object('privilege', x.privilege_type, 'grantable', x.is_grantable,
            'grantee', case when x.grantee <> 0 then pg_get_userbyid(x.grantee) end) order by x.grantee, x.privilege_type), '[]')
          from aclexplode(c.relacl) x where x.grantee <> c.relowner), 'options',
        format('as %s increment by %s minvalue %s maxvalue %s start with %s cache %s%s', format_type(q.seqtypid, null), q.seqincrement,
          q.seqmin, q.seqmax, q.seqstart, q.seqcache, case when q.seqcycle then ' cycle' else '' end)) as sequence
      from pg_depend p join pg_class c on c.oid = p.objid and c.relkind = 'S' join pg_sequence q on q.seqrelid = c.oid
      where p.classid = 'pg_class'::regclass and p.refobjid = a.attrelid and p.refobjsubid = a.attnum and p.deptype in ('a', 'i') limit 1
    ) s on true
    where a.attrelid = ${oid}::oid and a.attnum > 0 and not a.attisdropped order by a.attnum`);

/** Constraints of a unique index are made with it; NOT NULL of newer versions stands with the column. */
const constraintsOf = (session: TargetSession, oid: string) =>
  session.query<CarriedPart>(sql`
    select k.conname as name, k.contype as kind, pg_get_constraintdef(k.oid) as definition,
      array(select a.attname::text from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey)) as columns,
      obj_description(k.oid, 'pg_constraint') as comment,
      case when k.confrelid <> 0 then k.confrelid::text end as other,
      case when k.confrelid <> 0 then k.confrelid::regclass::text end as "otherPlace"
    from pg_constraint k where k.conrelid = ${oid}::oid and k.conparentid = 0 and k.contype in ('p', 'u', 'c', 'x', 'f')
    order by array_position(array['p', 'u', 'x', 'c', 'f'], k.contype::text), k.conname`);

const indexesOf = (session: TargetSession, oid: string) =>
  session.query<CarriedPart>(sql`
    select c.relname as name, 'index' as kind,
      pg_get_indexdef(i.indexrelid) as definition, array(
        select distinct a.attname::text from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where d.objid = i.indexrelid and d.refobjid = i.indrelid) as columns,
      obj_description(c.oid, 'pg_class') as comment, null as other
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = ${oid}::oid and i.indisvalid
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by c.relname`);

const triggersOf = (session: TargetSession, oid: string) =>
  session.query<CarriedPart>(sql`
    select t.tgname as name, t.tgenabled as kind, pg_get_triggerdef(t.oid) as definition,
      array(select a.attname::text from pg_attribute a where a.attrelid = t.tgrelid and a.attnum = any(t.tgattr)) as columns,
      obj_description(t.oid, 'pg_trigger') as comment, null as other
    from pg_trigger t where t.tgrelid = ${oid}::oid and not t.tgisinternal order by t.tgname`);

const policiesOf = (session: TargetSession, oid: string) =>
  session.query<CarriedPolicy>(sql`
    select p.policyname as name, p.permissive, p.cmd as command, p.roles::text[] as roles, p.qual as using, p.with_check as check
    from pg_policies p join pg_class c on c.relname = p.tablename join pg_namespace n on n.oid = c.relnamespace and n.nspname = p.schemaname
    where c.oid = ${oid}::oid order by p.policyname`);

const grantsOf = (session: TargetSession, oid: string) =>
  session.query<CarriedGrant>(sql`
    select g.privilege_type as privilege, case when g.grantee <> 0 then pg_get_userbyid(g.grantee) end as grantee,
      g.is_grantable as grantable, g.column from (
        select x.*, c.relowner, null as column from pg_class c, aclexplode(c.relacl) x where c.oid = ${oid}::oid
        union all
        select x.*, c.relowner, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x
        where c.oid = ${oid}::oid
      ) g where g.grantee <> g.relowner order by 1, 2, 4`);
