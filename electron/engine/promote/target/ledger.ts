import type { Receipt } from '../../../../shared/contract/promote.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { columnsOnTarget } from '../objects/mode.ts';
import { type FormThere, inMakingOrder, type PromotedObject } from '../objects/objects.ts';
import type { CarriedPart } from './carried.ts';
import { heldOutside } from './foreign-keys.ts';
import { ledgerSchema } from './ledger-state.ts';
import { promotedAt } from './rows-since.ts';
import { ownStructureOf } from './structure-there.ts';
import type { TargetState } from './target-state.ts';
import type { WrittenBy } from './written-by.ts';

const shortOf = (id: string) => id.replaceAll('-', '').slice(0, 16);
const beside = (schema: string, { kind }: { readonly kind: KindThere | PromotedObject['kind'] }) =>
  kind === 'collection' ? `${schema}_collections` : schema;

/** Where a promotion keeps what it replaced. A collection may be called as its table is, so it has a schema of its own. */
export const keptSchema = (id: string, object: Parameters<typeof beside>[1]): string =>
  beside(`assay_kept_${shortOf(id)}`, object);

/** Where an object is loaded; named after what is loaded, so that a later attempt can go on. */
export const stagingSchema = (staging: string, object: Parameters<typeof beside>[1]): string =>
  beside(`assay_staging_${staging}`, object);

/** Beside what is loaded, in a schema of its own, because tables may have any name. */
export const notesSchema = (staging: string): string => `${stagingSchema(staging, { kind: 'table' })}_notes`;

/** How far loading came. */
export const reachedIn = (staging: string): Sql => ident(notesSchema(staging), 'reached');

/** The notes on the target: made where they are missing. Another user's are used as they are. */
export function ledger(state: TargetState): Sql[] {
  if (state.ledger.there) return [];
  const schema = state.schemas.includes(ledgerSchema)
    ? []
    : [sql`create schema if not exists assay_promotions`];
  return [
    ...schema,
    sql`create table if not exists assay_promotions.promotion (
      id text primary key, at timestamptz not null default clock_timestamp(), by_user text not null default current_user,
      status text not null default 'standing' check (status in ('standing', 'rolled back')), receipt jsonb not null)`,
    sql`create table if not exists assay_promotions.change (
      promotion text not null references assay_promotions.promotion on delete cascade, kind text not null, schema_name text not null,
      table_name text not null, replaced boolean not null, kept boolean not null, checksums jsonb not null, columns text not null,
      primary key (promotion, schema_name, table_name))`,
    sql`alter table assay_promotions.change add column if not exists place int not null default 0, add column if not exists released jsonb,
      add column if not exists about jsonb`,
  ];
}

/** What an object is there; a collection is a table in a schema of its own. */
export type KindThere = FormThere | 'collection';

export const kindThere = ({ kind, form }: Pick<PromotedObject, 'kind' | 'form'>): KindThere =>
  kind === 'collection' ? kind : form;

/** What a promotion noted of a table. */
export interface Noted {
  readonly promotion: string;
  readonly at: string;
  readonly kind: KindThere;
  readonly to: string;
  readonly name: string;
  readonly replaced: boolean;
  /** Whether what it replaced is still kept. */
  readonly kept: boolean;
  /** As it was promoted: checksums by column; a view has none. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly about: About;
  readonly columns: string;
  /** What is made of others has a higher one than they. */
  readonly place: number;
  /** Foreign keys that were taken from what it replaced; null where that was not noted yet. */
  readonly released: readonly CarriedPart[] | null;
}

/** What is known of a table beside its columns, which may have any name. */
interface About {
  readonly rows: number;
  /** What was committed when it was; missing where that was not noted yet. */
  readonly at?: string;
  readonly written?: WrittenBy;
  /** Of a view. */
  readonly definition?: string;
  /** All that it was beside its rows; missing where that was not noted yet. */
  readonly structure?: string;
}

/** Before it had a place of its own it stood among the checksums. */
const about = sql`coalesce(to_jsonb(c) -> 'about', jsonb_build_object('rows', (c.checksums ->> 'rows')::float8,
  'definition', c.checksums -> 'definition', 'written', (c.checksums ->> '(written by)')::jsonb))`;
const checksums = sql`case when to_jsonb(c) -> 'about' is null or to_jsonb(c) -> 'about' = 'null' then c.checksums - array['rows', 'definition', '(written by)'] else c.checksums end`;

/** All that stands, newest first. */
export async function standing(session: TargetSession): Promise<readonly Noted[]> {
  if (!(await ledgerThere(session))) return [];
  return session.query<Noted>(sql`
    select c.promotion, p.at::text as at, c.kind, c.schema_name as to, c.table_name as name, c.replaced, c.kept, ${checksums} as checksums, c.columns, ${about} as about,
      coalesce((to_jsonb(c) ->> 'place')::int, 0) as place, nullif(to_jsonb(c) -> 'released', 'null') as released
    from assay_promotions.change c join assay_promotions.promotion p on p.id = c.promotion
    where p.status = 'standing' order by p.at desc, place desc, 4, 5`);
}

/** Whether a promotion happened: its note was committed with it. */
export async function happened(session: TargetSession, id: string): Promise<boolean> {
  if (!(await ledgerThere(session))) return false;
  const rows = await session.query(sql`select 1 as found from assay_promotions.promotion where id = ${id}`);
  return rows.length > 0;
}

/** Whether promotions were ever noted there. */
export async function ledgerThere(session: TargetSession): Promise<boolean> {
  const [known] = await session.query<{ there: boolean }>(
    sql`select exists (select from pg_tables where schemaname = ${ledgerSchema} and tablename = 'change') as there`,
  );
  return known?.there === true;
}

const words: Readonly<Record<KindThere, Sql>> = {
  table: sql`table`,
  collection: sql`table`,
  view: sql`view`,
  'materialized view': sql`materialized view`,
};

/** What SQL calls it. */
export const wordOf = (kind: KindThere): Sql => words[kind];

/** Whether it has no rows of its own, but what its SELECT gives. */
export const isMade = ({ form }: Pick<PromotedObject, 'form'>): boolean => form !== 'table';

/** Tells one definition of a view from another. */
export const definitionOf = (schema: string, name: string): Sql =>
  sql`md5(pg_get_viewdef(to_regclass(format('%I.%I', ${schema}::text, ${name}::text))))`;

/** Notes a promotion; part of the transaction that it notes. */
export function note(
  receipt: Receipt,
  objects: readonly PromotedObject[],
  state: TargetState,
  keyOf: (object: PromotedObject) => string,
  written: ReadonlyMap<PromotedObject, WrittenBy>,
): Sql[] {
  const order = inMakingOrder(objects);
  const tables = objects.map((object, at) => {
    const { serverRows = 0, columns = [], stands } = receipt.tables[at] ?? {};
    const compared = Object.fromEntries(columns.map(({ name, serverChecksum }) => [name, serverChecksum]));
    const sums = JSON.stringify(isMade(object) ? {} : (stands?.byColumn ?? compared));
    const about = JSON.stringify({ rows: stands?.rows ?? serverRows, written: written.get(object) });
    const structure = ownStructureOf(object);
    const later = isMade(object)
      ? sql`jsonb_build_object('structure', ${structure}, 'definition', ${definitionOf(object.to, object.name)})`
      : sql`jsonb_build_object('structure', ${structure}, 'at', ${promotedAt})`;
    const list = columnsOnTarget(object)
      .map(({ name, type }) => `${name} ${type}`)
      .join(', ');
    const existing = state.existing.get(keyOf(object));
    const replaced = existing !== undefined;
    const released = JSON.stringify(existing ? heldOutside(existing, objects, state) : []);
    return sql`insert into assay_promotions.change (promotion, kind, schema_name, table_name, replaced, kept, checksums, columns, place, released, about)
      values (${receipt.id}, ${kindThere(object)}, ${object.to}, ${object.name}, ${replaced}, ${replaced}, ${sums}::jsonb, ${list},
        ${order.indexOf(object)}, ${released}::jsonb, ${about}::jsonb || ${later})`;
  });
  return [
    sql`insert into assay_promotions.promotion (id, receipt) values (${receipt.id}, ${JSON.stringify(receipt)}::jsonb)`,
    ...tables,
  ];
}

/** Receipts of what stands and of these promotions, as they were committed with what they tell. */
export async function notedReceipts(
  session: TargetSession,
  ids: readonly string[],
): Promise<readonly Receipt[]> {
  if (!(await ledgerThere(session))) return [];
  const rows = await session.query<{ receipt: Receipt }>(sql`
    select receipt from assay_promotions.promotion
    where status = 'standing' or id = any(string_to_array(${ids.join()}, ',')) order by at`);
  return rows.map(({ receipt }) => receipt);
}

/** Notes that a promotion was undone; part of the transaction that does it. */
export const noteUndone = (receipt: Receipt): Sql =>
  sql`update assay_promotions.promotion set status = 'rolled back', receipt = ${JSON.stringify(receipt)}::jsonb where id = ${receipt.id}`;

/** The receipt there with what was found out after it was committed. */
export const noteTold = (receipt: Receipt): Sql =>
  sql`update assay_promotions.promotion set receipt = ${JSON.stringify(receipt)}::jsonb where id = ${receipt.id}`;
