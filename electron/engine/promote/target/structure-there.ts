import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Place } from './target-state.ts';

/**
 * All that makes a table or view there what it is beside its rows, in one hash: columns, rights, owner, keys, indexes,
 * triggers, policies, rules, comments, parts, and the views and keys of others that hang on it. Null where there is none.
 * What is loaded beside it, and what lives with a session only, does not count.
 */
export const structureOf = ({ to, name }: Place): Sql => sql`(
  select md5(concat_ws(' | ', c.oid, c.relkind, c.relowner, c.relacl, c.reloptions, c.relpersistence, c.relrowsecurity,
    c.relforcerowsecurity, c.relreplident, c.relispartition,
    (select string_agg(a::text, ' ' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0),
    (select string_agg(d::text, ' ' order by d.adnum) from pg_attrdef d where d.adrelid = c.oid),
    (select string_agg(concat_ws(' ', k.oid, k.conname, k.convalidated, pg_get_constraintdef(k.oid)), ' ' order by k.oid)
      from pg_constraint k where c.oid in (k.conrelid, k.confrelid) and not ${passing(sql`k.connamespace`)}),
    (select string_agg(concat_ws(' ', x.oid, x.relname, x.reloptions, i.indisvalid, i.indisclustered, i.indisreplident,
        pg_get_indexdef(x.oid)), ' ' order by x.oid) from pg_index i join pg_class x on x.oid = i.indexrelid where i.indrelid = c.oid),
    (select string_agg(t::text, ' ' order by t.oid) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal),
    (select string_agg(p::text, ' ' order by p.oid) from pg_policy p where p.polrelid = c.oid),
    (select string_agg(concat_ws(' ', v.oid, v.relname, v.relnamespace, v.relowner, v.relacl, v.reloptions, r::text), ' ' order by r.oid)
      from pg_rewrite r join pg_class v on v.oid = r.ev_class
      where not ${passing(sql`v.relnamespace`)} and exists (select from pg_depend d
        where d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid)),
    (select string_agg(concat_ws(' ', s.oid, s.relname, s.relowner, s.relacl, q::text), ' ' order by s.oid)
      from pg_depend d join pg_class s on s.oid = d.objid join pg_sequence q on q.seqrelid = s.oid
      where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid),
    (select string_agg(concat_ws(' ', d.classid, d.objid, d.refobjsubid, d.deptype), ' ' order by d.classid, d.objid, d.refobjsubid)
      from pg_depend d where d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and d.objid <> c.reltoastrelid
        and d.classid not in ('pg_rewrite'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass)),
    (select string_agg(s::text, ' ' order by s.objsubid) from pg_description s
      where s.classoid = 'pg_class'::regclass and s.objoid = c.oid),
    (select string_agg(concat_ws(' ', h.inhrelid, h.inhparent, p.relowner, p.relacl, p.relrowsecurity), ' ' order by h.inhrelid)
      from pg_inherits h join pg_class p on p.oid = h.inhrelid where c.oid in (h.inhrelid, h.inhparent))
  )) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${to} and c.relname = ${name})`;

/** Schemas of what is loaded, and of sessions. */
const passing = (schema: Sql): Sql =>
  sql`exists (select from pg_namespace o where o.oid = ${schema} and (o.nspname like ${'assay\\_staging\\_%'} or o.nspname like ${'pg\\_temp\\_%'}))`;
