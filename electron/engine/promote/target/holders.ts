import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';

/** Only who has the role of its owner can make it anew. */
interface Owned {
  readonly owner: string;
  readonly owned: boolean;
}

/** A view over a table: it is made anew over the one that replaces it; one of a session looks at the old one to its end. */
export interface DependentView extends Owned {
  readonly schema: string;
  readonly name: string;
  readonly definition: string;
  readonly options: readonly string[];
}

/** A foreign key of another table that points at this one. */
export interface IncomingKey extends Owned {
  readonly name: string;
  readonly table: string;
  readonly schema: string;
  readonly holder: string;
  readonly definition: string;
  readonly comment: string | null;
}

export const dependentViews = (session: TargetSession, oid: string): Promise<readonly DependentView[]> =>
  session.query<DependentView>(sql`
    select distinct n.nspname as schema, v.relname as name, pg_get_viewdef(v.oid) as definition,
      coalesce(v.reloptions, '{}') as options, pg_get_userbyid(v.relowner) as owner, pg_has_role(v.relowner, 'usage') as owned
    from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
    join pg_namespace n on n.oid = v.relnamespace
    where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = ${oid}::oid
      and v.relkind = 'v' and v.oid <> ${oid}::oid and n.nspname not like ${'pg\\_temp\\_%'} order by 1, 2`);

export const readIncoming = (session: TargetSession, oid: string): Promise<readonly IncomingKey[]> =>
  session.query<IncomingKey>(sql`
    select k.conname as name, k.conrelid::text as table, n.nspname as schema, c.relname as holder,
      pg_get_constraintdef(k.oid) as definition, obj_description(k.oid, 'pg_constraint') as comment, pg_get_userbyid(c.relowner) as owner, pg_has_role(c.relowner, 'usage') as owned
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.confrelid = ${oid}::oid and k.conrelid <> ${oid}::oid and k.contype = 'f' and k.conparentid = 0 order by 3, 4, 1`);

/**
 * Everything in the catalog that depends on a table and is not among what is carried over: it would keep pointing at
 * the old table, or be lost with it. Found by leaving out, so that nothing is forgotten.
 */
export async function readHolders(session: TargetSession, oid: string): Promise<readonly string[]> {
  const rows = await session.query<{ holder: string }>(sql`
    with me as (select c.oid, c.reltype, t.typarray from pg_class c left join pg_type t on t.oid = c.reltype where c.oid = ${oid}::oid),
    dependents as (
      select d.* from pg_depend d, me where d.refclassid = 'pg_class'::regclass and d.refobjid = me.oid and d.deptype <> 'e'
      union all
      select d.* from pg_depend d, me
      where d.refclassid = 'pg_type'::regclass and d.refobjid in (me.reltype, me.typarray) and d.deptype <> 'i'
    )
    select distinct coalesce((
        select 'materialized view ' || n.nspname || '.' || v.relname from pg_rewrite r join pg_class v on v.oid = r.ev_class
        join pg_namespace n on n.oid = v.relnamespace
        where d.classid = 'pg_rewrite'::regclass and r.oid = d.objid and v.relkind = 'm'
      ), pg_describe_object(d.classid, d.objid, 0)) as holder from dependents d, me
    where not (
      (d.classid = 'pg_attrdef'::regclass and exists (select from pg_attrdef a where a.oid = d.objid and a.adrelid = me.oid))
      or (d.classid = 'pg_constraint'::regclass and exists (
        select from pg_constraint k where k.oid = d.objid and (k.conrelid = me.oid or (k.confrelid = me.oid and k.contype = 'f'))))
      or (d.classid = 'pg_class'::regclass and exists (
        select from pg_class c where c.oid = d.objid and (c.oid = me.oid or c.relkind in ('i', 'I', 't') or (c.relispartition and d.deptype = 'a') or (c.relkind = 'S' and d.deptype in ('a', 'i')))))
      or (d.classid = 'pg_trigger'::regclass and exists (select from pg_trigger t where t.oid = d.objid and t.tgrelid = me.oid))
      or (d.classid = 'pg_policy'::regclass and exists (select from pg_policy p where p.oid = d.objid and p.polrelid = me.oid))
      or (d.classid = 'pg_rewrite'::regclass and exists (
        select from pg_rewrite r join pg_class v on v.oid = r.ev_class where r.oid = d.objid and (v.relkind = 'v' or (v.oid = me.oid and r.rulename = '_RETURN'))))
      or (d.classid = 'pg_type'::regclass and d.deptype = 'i')
    )
    union all select 'inheritance from ' || inhparent::regclass::text from pg_inherits, me where inhrelid = me.oid
    order by 1`);
  return rows.map(({ holder }) => holder);
}
