import { ident, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { FormThere, PromotedObject } from '../objects/objects.ts';
import { type Carried, type CarriedPart, readCarried } from './carried.ts';
import { carriedFor, lostOf } from './carried-for.ts';
import {
  type DependentView,
  dependentViews,
  type IncomingKey,
  readHolders,
  readIncoming,
} from './holders.ts';
import { noParts, readParts } from './parts-there.ts';
import type { Place } from './target-state.ts';

/** What stands on the target under the name of a promoted object. */
export interface Existing {
  readonly oid: string;
  readonly kind: FormThere | 'other';
  readonly owned: boolean;
  /** Whether its owner may be given a new table in this schema. */
  readonly ownerMayCreate: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly columns: string;
  /** Of a view: tells its definition from others. */
  readonly definition: string | null;
  readonly views: readonly DependentView[];
  readonly incoming: readonly IncomingKey[];
  /** How it is divided, as the catalog writes it; null for a table in one piece. */
  readonly partitioned: string | null;
  /** Its foreign keys, all of them. */
  readonly foreign: readonly CarriedPart[];
  /** What the new table is given of the old one. */
  readonly carried: Carried;
  /** What it cannot be given, in words. */
  readonly lost: readonly string[];
  /** What would keep pointing at the old table or be lost with it. */
  readonly holders: readonly string[];
}

const forms: Readonly<Record<string, FormThere>> = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materialized view',
};

/** Looks at it; changes nothing. */
export async function lookAt(session: TargetSession, object: PromotedObject): Promise<Existing | undefined> {
  const [found] = await session.query<
    Pick<
      Existing,
      'oid' | 'owned' | 'ownerMayCreate' | 'bytes' | 'columns' | 'definition' | 'partitioned'
    > & {
      relkind: string;
    }
  >(sql`
    select c.oid::text as oid, c.relkind, case when c.relkind in ('v', 'm') then md5(pg_get_viewdef(c.oid)) end as definition, pg_has_role(c.relowner, 'usage') as owned,
      has_schema_privilege(c.relowner, n.oid, 'create') as "ownerMayCreate",
      case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partitioned,
      case c.relkind when 'r' then pg_total_relation_size(c.oid)
        when 'p' then (select coalesce(sum(pg_total_relation_size(p.relid)), 0) from pg_partition_tree(c.oid) p) else 0 end::float8 as bytes,
      (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${object.to} and c.relname = ${object.name} and c.relkind in ('r', 'v', 'm', 'p', 'f', 'S', 'i', 'I', 'c')`);
  if (!found) return undefined;
  const { relkind, oid, columns } = found;
  const carried = await readCarried(session, oid);
  const foreign = carried.constraints.filter((part) => part.kind === 'f');
  const table = {
    ...{ ...found, columns: columns ?? '', views: [], incoming: [], lost: [], holders: [], carried, foreign },
  };
  const kind = forms[relkind];
  if (kind === undefined) return { ...table, kind: 'other', rows: 0 };
  const parts = found.partitioned === null ? noParts : await readParts(session, oid);
  return {
    ...table,
    kind,
    rows: found.owned && kind === 'table' ? await rowsOf(session, object) : 0,
    views: await dependentViews(session, oid),
    incoming: await readIncoming(session, oid),
    carried: carriedFor(object, carried),
    lost: [...lostOf(object, carried), ...parts.lost, ...dividedOtherwise(object, found.partitioned)],
    holders: [...(await readHolders(session, oid)), ...parts.holders],
  };
}

function dividedOtherwise({ partition }: PromotedObject, there: string | null): readonly string[] {
  if (there === null || !partition) return [];
  const same = [partition.by, `"${partition.by.replaceAll('"', '""')}"`].some(
    (by) => there === `RANGE (${by})`,
  );
  return same ? [] : [`its division by ${there}`];
}

/** Somebody else's table may not even be readable; it is refused anyway. */
async function rowsOf(session: TargetSession, { to, name }: Place): Promise<number> {
  const [counted] = await session.query<{ rows: number }>(
    sql`select count(*)::float8 as rows from ${ident(to, name)}`,
  );
  return counted?.rows ?? 0;
}
