import { createHash } from 'node:crypto';
import { ident, join, sql } from '../../../shared/sql.ts';
import type { PromotedObject } from './objects.ts';
import type { TargetSession } from './target-session.ts';

/** What stands on the target under the name of a promoted object. */
export interface Existing {
  readonly oid: string;
  readonly kind: 'table' | 'other';
  readonly rows: number;
  readonly columns: string;
  /** Views on it, with their definitions: they are made anew over the new table. */
  readonly views: readonly { readonly schema: string; readonly name: string; readonly definition: string }[];
  /** What the old table has and the new one will not, in words. */
  readonly lost: readonly string[];
  /** What would keep pointing at the old table or be lost with it: materialised views, foreign keys, policies, triggers. */
  readonly holders: readonly string[];
}

/** The target as a plan sees it. */
export interface TargetState {
  readonly existing: ReadonlyMap<string, Existing>;
  readonly vector: 'installed' | 'available' | 'missing';
  readonly schemas: readonly string[];
  readonly mayCreate: boolean;
  readonly database: string;
  readonly user: string;
}

export const keyOf = ({ schema, name }: { readonly schema: string; readonly name: string }) =>
  `${schema}.${name}`;

/** Looks at everything a promotion of these objects would touch; changes nothing. */
export async function lookAtTarget(
  session: TargetSession,
  objects: readonly PromotedObject[],
): Promise<TargetState> {
  const [general] = await session.query<Record<string, unknown>>(sql`
    select current_database() as database, current_user as "user",
      has_database_privilege(current_database(), 'create') as may_create,
      exists (select from pg_extension where extname = 'vector') as installed,
      exists (select from pg_available_extensions where name = 'vector') as available,
      (select coalesce(string_agg(nspname, e'\n'), '') from pg_namespace) as schemas`);
  const existing = new Map<string, Existing>();
  for (const object of objects) {
    const found = await lookAt(session, object);
    if (found) existing.set(keyOf(object), found);
  }
  return {
    existing,
    vector: general?.['installed'] ? 'installed' : general?.['available'] ? 'available' : 'missing',
    schemas: String(general?.['schemas']).split('\n'),
    mayCreate: general?.['may_create'] === true,
    database: String(general?.['database']),
    user: String(general?.['user']),
  };
}

async function lookAt(
  session: TargetSession,
  { schema, name, kind }: PromotedObject,
): Promise<Existing | undefined> {
  const [relation] = await session.query<{ oid: string; relkind: string; columns: string }>(sql`
    select c.oid::text as oid, c.relkind::text as relkind,
      (select coalesce(string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum), '')
       from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = ${name}`);
  if (!relation) return undefined;
  if (relation.relkind !== 'r')
    return { oid: relation.oid, kind: 'other', rows: 0, columns: '', lost: [], views: [], holders: [] };
  const [counted] = await session.query<{ rows: string }>(
    sql`select count(*)::text as rows from ${ident(schema, name)}`,
  );
  return {
    oid: relation.oid,
    kind: 'table',
    rows: Number(counted?.rows),
    columns: relation.columns,
    lost: await lostWith(session, relation.oid, kind),
    ...(await dependentsOf(session, relation.oid)),
  };
}

async function dependentsOf(session: TargetSession, oid: string) {
  const views = await session.query<{
    schema: string;
    name: string;
    relkind: string;
    definition: string;
    options: string | null;
  }>(sql`
    select distinct n.nspname as schema, v.relname as name, v.relkind::text as relkind,
      pg_get_viewdef(v.oid, true) as definition, array_to_string(v.reloptions, ', ') as options
    from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
    join pg_namespace n on n.oid = v.relnamespace
    where d.classid = 'pg_rewrite'::regclass and d.refobjid = ${oid}::oid and v.oid <> ${oid}::oid
    order by 1, 2`);
  const keys = await session.query<{ holder: string }>(sql`
    select conname || ' of ' || conrelid::regclass::text as holder from pg_constraint
    where confrelid = ${oid}::oid and conrelid <> ${oid}::oid and contype = 'f' order by 1`);
  const guarded = await session.query<{ holder: string }>(sql`
    select 'policy ' || polname as holder from pg_policy where polrelid = ${oid}::oid
    union all select 'row security' from pg_class where oid = ${oid}::oid and relrowsecurity
    union all select 'trigger ' || tgname from pg_trigger where tgrelid = ${oid}::oid and not tgisinternal`);
  return {
    views: views
      .filter(({ relkind }) => relkind === 'v')
      .map(({ schema, name, definition }) => ({ schema, name, definition })),
    holders: [
      ...guarded.map(({ holder }) => holder),
      ...views
        .filter(({ options }) => options !== null)
        .map(({ schema, name, options }) => `view ${schema}.${name} with ${options}`),
      ...views
        .filter(({ relkind }) => relkind !== 'v')
        .map(({ schema, name }) => `materialised view ${schema}.${name}`),
      ...keys.map(({ holder }) => `foreign key ${holder}`),
    ],
  };
}

/** Row addresses of a workspace and the two keys of a collection are made anew; other indexes and constraints are not. */
async function lostWith(session: TargetSession, oid: string, kind: PromotedObject['kind']) {
  const [lost] = await session.query<{ keys: number; indexes: number; constraints: number }>(sql`
    with own as (
      select i.indisprimary as key from pg_index i left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
      where i.indrelid = ${oid}::oid and (${kind} = 'table' or k.oid is null) and not exists (
        select from pg_attribute a where a.attrelid = i.indrelid and a.attname = '_row' and a.attnum = any(i.indkey)))
    select count(*) filter (where key)::int as keys, count(*) filter (where not key)::int as indexes,
      (select count(*) from pg_constraint where conrelid = ${oid}::oid and contype in ('c', 'f'))::int as constraints
    from own`);
  const { keys = 0, indexes = 0, constraints = 0 } = lost ?? {};
  return [
    ...(keys > 0 ? ['the primary key'] : []),
    ...(indexes > 0 ? [`${indexes} ${indexes === 1 ? 'index' : 'indexes'}`] : []),
    ...(constraints > 0 ? [`${constraints} ${constraints === 1 ? 'constraint' : 'constraints'}`] : []),
  ];
}

/** Names source and target as they are now; a plan fits as long as it does not change. */
export function fingerprintOf(
  server: string,
  objects: readonly PromotedObject[],
  state: TargetState,
): string {
  const here = objects.map(({ kind, schema, name, columns, rows, version }) => ({
    kind,
    schema,
    name,
    columns,
    rows,
    version,
  }));
  const there = [...state.existing].map(([key, { oid, rows, columns }]) => ({ key, oid, rows, columns }));
  return createHash('sha256').update(JSON.stringify({ server, here, there })).digest('hex').slice(0, 24);
}

/** Whether a schema of a dead promotion is still there. */
export async function stagingSchemas(session: TargetSession): Promise<readonly string[]> {
  const rows = await session.query<{ name: string }>(
    sql`select nspname as name from pg_namespace where nspname like ${'assay\\_staging\\_%'} order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Drops leftovers of promotions that died; the caller holds the promotion lock. */
export async function dropStaging(session: TargetSession, schemas: readonly string[]): Promise<void> {
  if (schemas.length === 0) return;
  await session.run(sql`drop schema ${join(schemas.map((schema) => ident(schema)))} cascade`);
}
