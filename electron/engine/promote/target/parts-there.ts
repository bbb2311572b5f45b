import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';

/** What partitions of a table there have of their own: what goes with them, and what stands in the way. */
export interface PartsThere {
  readonly lost: readonly string[];
  readonly holders: readonly string[];
}

/** A table in one piece. */
export const noParts: PartsThere = { lost: [], holders: [] };

/** A table that replaces another has partitions of its own; those before it are put aside with it as they are. */
export async function readParts(session: TargetSession, oid: string): Promise<PartsThere> {
  const [found] = await session.query<PartsThere>(sql`
    with part as (select c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relnamespace, pg_get_expr(c.relpartbound, c.oid) as bounds from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ${oid}::oid)
    select array(
        select format('index %s of %s', c.relname, p.relname) from part p join pg_index i on i.indrelid = p.oid join pg_class c on c.oid = i.indexrelid
          where not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
        union all select format('trigger %s of %s', t.tgname, p.relname) from part p join pg_trigger t on t.tgrelid = p.oid
          where not t.tgisinternal and t.tgparentid = 0
        union all select format('constraint %s of %s', k.conname, p.relname) from part p join pg_constraint k on k.conrelid = p.oid
          where k.contype in ('c', 'f') and k.coninhcount = 0
        union all select format('the empty partition %s', p.relname) from part p
          where p.relkind = 'r' and p.bounds <> 'DEFAULT' and pg_relation_size(p.oid) = 0
        union all select format('grants on %s', p.relname) from part p
          where exists (select from aclexplode(p.relacl) x where x.grantee <> p.relowner)
        order by 1) as lost, array(
        select format('%s, which is divided once more or lies elsewhere', p.relname) from part p where p.relkind <> 'r'
        union all select format('the partition %s in another schema, which would be put aside with it', p.oid::regclass) from part p
          where p.relkind = 'r' and p.relnamespace <> (select relnamespace from pg_class where oid = ${oid}::oid)
        union all select format('%s, a partition that belongs to %s', p.relname, pg_get_userbyid(p.relowner)) from part p
          where not pg_has_role(p.relowner, 'usage')
        union all select distinct pg_describe_object(d.classid, d.objid, 0) from part p
          join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = p.oid and d.classid = 'pg_rewrite'::regclass
        order by 1) as holders`);
  return found ?? noParts;
}
