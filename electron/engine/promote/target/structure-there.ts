import { join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Place } from './target-state.ts';

/**
 * What a table or view there is beside its rows, in one hash: columns, rights, owner, keys, indexes, triggers, policies,
 * rules, sequences, statistics and comments, all by their names. Null where there is none.
 */
export const ownStructureOf = (place: Place): Sql => hashOf(place, own);

/**
 * That, and which one it is, its parts, and all of others that hangs on it: views, keys, functions. What is loaded beside it,
 * and what lives with a session only, does not count.
 */
export const structureOf = (place: Place): Sql => hashOf(place, [...own, ...hanging]);

const hashOf = ({ to, name }: Place, parts: readonly Sql[]): Sql => sql`(
  select md5(concat_ws(' | ', ${join(parts)})) from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = ${to} and c.relname = ${name})`;

const own: readonly Sql[] = [
  sql`c.relkind, c.relowner, c.relacl, c.reloptions, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident`,
  sql`(select string_agg(concat_ws(' ', a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated, a.attcollation,
      a.attacl, a.attoptions, a.attstorage, a.attcompression, a.attstattarget, pg_get_expr(d.adbin, d.adrelid)), ' ' order by a.attnum)
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`,
  sql`(select string_agg(concat_ws(' ', k.conname, k.convalidated, pg_get_constraintdef(k.oid),
      obj_description(k.oid, 'pg_constraint')), ' ' order by k.conname) from pg_constraint k where k.conrelid = c.oid)`,
  sql`(select string_agg(concat_ws(' ', x.relname, x.reloptions, i.indisvalid, i.indisclustered, i.indisreplident, pg_get_indexdef(x.oid),
      obj_description(x.oid, 'pg_class')), ' ' order by x.relname) from pg_index i join pg_class x on x.oid = i.indexrelid where i.indrelid = c.oid)`,
  sql`(select string_agg(concat_ws(' ', t.tgname, t.tgenabled, pg_get_triggerdef(t.oid), obj_description(t.oid, 'pg_trigger')), ' ' order by t.tgname)
    from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)`,
  sql`(select string_agg(concat_ws(' ', p.polname, p.polcmd, p.polpermissive, p.polroles, pg_get_expr(p.polqual, p.polrelid),
      pg_get_expr(p.polwithcheck, p.polrelid), obj_description(p.oid, 'pg_policy')), ' ' order by p.polname) from pg_policy p where p.polrelid = c.oid)`,
  sql`(select string_agg(concat_ws(' ', r.rulename, r.ev_enabled, pg_get_ruledef(r.oid)), ' ' order by r.rulename) from pg_rewrite r where r.ev_class = c.oid)`,
  sql`(select string_agg(concat_ws(' ', s.relname, s.relowner, s.relacl, q.seqtypid, q.seqstart, q.seqincrement, q.seqmax, q.seqmin, q.seqcache,
      q.seqcycle), ' ' order by s.relname) from pg_depend d join pg_class s on s.oid = d.objid join pg_sequence q on q.seqrelid = s.oid
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid)`,
  sql`(select string_agg(concat_ws(' ', s.stxname, s.stxowner, s.stxkeys, s.stxkind), ' ' order by s.stxname) from pg_statistic_ext s where s.stxrelid = c.oid)`,
  sql`(select string_agg(concat_ws(' ', s.objsubid, s.description), ' ' order by s.objsubid) from pg_description s
    where s.classoid = 'pg_class'::regclass and s.objoid = c.oid)`,
];

/** Schemas of what is loaded, and of sessions. */
const passing = (schema: Sql): Sql =>
  sql`exists (select from pg_namespace o where o.oid = ${schema} and (o.nspname like ${'assay\\_staging\\_%'} or o.nspname like ${'pg\\_temp\\_%'}))`;

const hanging: readonly Sql[] = [
  sql`c.oid`,
  sql`(select string_agg(concat_ws(' ', k.oid, k.conname, k.convalidated, pg_get_constraintdef(k.oid), obj_description(k.oid, 'pg_constraint')),
      ' ' order by k.oid) from pg_constraint k where k.confrelid = c.oid and k.conrelid <> c.oid and not ${passing(sql`k.connamespace`)})`,
  sql`(select string_agg(concat_ws(' ', v.oid, v.relname, v.relnamespace, v.relowner, v.relacl, v.reloptions, r::text), ' ' order by r.oid)
    from pg_rewrite r join pg_class v on v.oid = r.ev_class
    where v.oid <> c.oid and not ${passing(sql`v.relnamespace`)} and exists (select from pg_depend d
      where d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid))`,
  sql`(select string_agg(concat_ws(' ', d.classid, d.objid, d.refobjsubid, d.deptype), ' ' order by d.classid, d.objid, d.refobjsubid)
    from pg_depend d where (d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and d.objid <> c.reltoastrelid
        or d.refclassid = 'pg_type'::regclass and d.deptype <> 'i'
          and d.refobjid in (select unnest(array[t.oid, t.typarray]) from pg_type t where t.oid = c.reltype))
      and d.classid not in ('pg_rewrite'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass)
      and not exists (select from pg_index i where i.indexrelid = d.objid) and not exists (select from pg_class s
        where s.oid = d.objid and d.classid = 'pg_class'::regclass and ${passing(sql`s.relnamespace`)}))`,
  sql`(select string_agg(concat_ws(' ', h.inhrelid, h.inhparent, p.relowner, p.relacl, p.relrowsecurity), ' ' order by h.inhrelid)
    from pg_inherits h join pg_class p on p.oid = h.inhrelid where c.oid in (h.inhrelid, h.inhparent))`,
];
