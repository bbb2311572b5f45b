import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { Granted } from './carried.ts';
import { type Existing, lookAt } from './existing.ts';
import { ledgerState } from './ledger-state.ts';
import { namesLike } from './names-like.ts';

/** The target as a plan sees it. */
export interface TargetState {
  readonly existing: ReadonlyMap<string, Existing>;
  readonly vector: 'installed' | 'available' | 'missing';
  /** Of pgvector, the version that is there or would be created. */
  readonly vectorVersion: string | null;
  /** Whether this user may create the extension. */
  readonly mayCreateVector: boolean;
  readonly schemas: readonly string[];
  readonly mayCreate: boolean;
  /** Why nothing can be written there, in words; null where it can. */
  readonly readOnly: string | null;
  /** Whether this user may make temporary views, over which rules run there. */
  readonly mayTemporary: boolean;
  /** Schemas that are there and that this user may not create in. */
  readonly closedSchemas: readonly string[];
  readonly database: string;
  readonly user: string;
  /** To whom new tables of this user are opened by default. */
  readonly openedTo: readonly string[];
  /** What is granted by default on what this user makes in a schema, where what is promoted is not made but moved to. */
  readonly defaults: readonly (Granted & { readonly schema: string })[];
  /** Objects of which the name is that of a type there. */
  readonly taken: ReadonlySet<string>;
  /** Objects that are new there and beside which there are indexes or sequences of such names as theirs would have. */
  readonly near: ReadonlySet<string>;
  /** The notes of promotions: whether they are there, as they are made now, and open to this user. */
  readonly ledger: { readonly there: boolean; readonly open: boolean };
}

/** Where an object stands on the target. */
export interface Place {
  readonly to: string;
  readonly name: string;
}

export const keyOf = ({ to, name }: Place) => `${to}.${name}`;

/** As people know it. */
export const shownName = ({ to, name }: Place) => (to === 'public' ? name : keyOf({ to, name }));

/** Looks at everything a promotion of these objects would touch; changes nothing. */
export async function lookAtTarget(
  session: TargetSession,
  objects: readonly PromotedObject[],
): Promise<TargetState> {
  const [general] = await session.query<Record<string, unknown>>(sql`
    select current_database() as database, current_user as "user",
      has_database_privilege(current_database(), 'create') as may_create,
      has_database_privilege(current_database(), 'temporary') as may_temporary,
      case when pg_is_in_recovery() then 'it is a standby: name the primary server'
        when current_setting('transaction_read_only') = 'on' then 'default_transaction_read_only is on' end as read_only,
      exists (select from pg_extension where extname = 'vector') as installed,
      exists (select from pg_available_extensions where name = 'vector') as available,
      coalesce((select extversion from pg_extension where extname = 'vector'),
        (select default_version from pg_available_extensions where name = 'vector')) as vector_version,
      u.rolsuper or exists (
        select from pg_available_extension_versions where name = 'vector' and trusted) as may_vector,
      array(select nspname::text from pg_namespace) as schemas,
      array(select nspname::text from pg_namespace where not has_schema_privilege(oid, 'create')) as closed,
      array(select distinct case when x.grantee = 0 then '' else pg_get_userbyid(x.grantee)::text end
        from pg_default_acl d, aclexplode(d.defaclacl) x
        where d.defaclobjtype = 'r' and d.defaclrole = u.oid and x.grantee <> d.defaclrole) as opened,
      (select coalesce(json_agg(json_build_object('schema', n.nspname, 'privilege', x.privilege_type, 'grantable', x.is_grantable,
          'grantee', case when x.grantee <> 0 then pg_get_userbyid(x.grantee) end)), '[]')
        from pg_default_acl d join pg_namespace n on n.oid = d.defaclnamespace, aclexplode(d.defaclacl) x
        where d.defaclobjtype = 'r' and d.defaclrole = u.oid and x.grantee <> d.defaclrole) as defaults,
      ${ledgerState} as ledger
    from pg_roles u where u.rolname = current_user`);
  const existing = new Map<string, Existing>();
  const [taken, near] = [new Set<string>(), new Set<string>()];
  for (const object of objects) {
    const found = await lookAt(session, object);
    if (found) existing.set(keyOf(object), found);
    const names = found ? undefined : await namesLike(session, object);
    if (names?.taken) taken.add(keyOf(object));
    if (names?.near) near.add(keyOf(object));
  }
  return {
    ...{ taken, near },
    existing: withoutInner(existing),
    vector: general?.['installed'] ? 'installed' : general?.['available'] ? 'available' : 'missing',
    vectorVersion: (general?.['vector_version'] ?? null) as string | null,
    mayCreateVector: general?.['may_vector'] === true,
    schemas: general?.['schemas'] as readonly string[],
    mayCreate: general?.['may_create'] === true,
    readOnly: (general?.['read_only'] ?? null) as string | null,
    mayTemporary: general?.['may_temporary'] === true,
    closedSchemas: general?.['closed'] as readonly string[],
    database: String(general?.['database']),
    user: String(general?.['user']),
    openedTo: general?.['opened'] as readonly string[],
    defaults: general?.['defaults'] as TargetState['defaults'],
    ledger: general?.['ledger'] as TargetState['ledger'],
  };
}

/** Keys between tables that are replaced together, and views over them, go and come with what holds them. */
function withoutInner(existing: ReadonlyMap<string, Existing>): ReadonlyMap<string, Existing> {
  const own = new Set([...existing.values()].map(({ oid }) => oid));
  const made = new Set([...existing.keys()].map((key) => `materialized view ${key}`));
  return new Map(
    [...existing].map(([key, table]) => [
      key,
      {
        ...table,
        incoming: table.incoming.filter((incoming) => !own.has(incoming.table)),
        views: table.views.filter(
          ({ schema: to, name }) => existing.get(keyOf({ to, name }))?.kind !== 'view',
        ),
        holders: table.holders.filter((holder) => !made.has(holder)),
      },
    ]),
  );
}
