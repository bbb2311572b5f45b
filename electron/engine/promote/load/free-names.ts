import { type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Place } from '../target/target-state.ts';

/**
 * Gives the indexes and sequences of a loaded table other names where theirs are taken in the schema that it goes to: a
 * table that was renamed there keeps the names of its own.
 */
export function freeNames(staging: string, { to, name }: Place): Sql {
  const body = sql`declare r record; n int; wanted text;
begin
  for r in select c.relname::text as name, case c.relkind when 'S' then 'sequence' else 'index' end as kind
    from pg_class c, (select to_regclass(format('%I.%I', ${staging}::text, ${name}::text)) as oid) as t
    where c.oid in (select indexrelid from pg_index where indrelid = t.oid
        union select objid from pg_depend where classid = 'pg_class'::regclass and refobjid = t.oid and deptype in ('a', 'i'))
      and exists (select from pg_class o join pg_namespace s on s.oid = o.relnamespace where s.nspname = ${to} and o.relname = c.relname)
  loop
    n := 0;
    loop
      n := n + 1;
      wanted := case when octet_length(r.name) < 58 then r.name else 'k_' || md5(r.name) end || n;
      exit when not exists (select from pg_class o join pg_namespace s on s.oid = o.relnamespace
        where s.nspname in (${to}, ${staging}) and o.relname = wanted);
    end loop;
    execute format('alter %s %I.%I rename to %I', r.kind, ${staging}::text, r.name, wanted);
  end loop;
end`;
  return sql`do ${toText(body)}`;
}
