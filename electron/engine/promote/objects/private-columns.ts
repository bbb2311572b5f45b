import { createHash, createHmac } from 'node:crypto';
import { named } from '../../../../shared/by-name.ts';
import type { Column } from '../../../../shared/column.ts';
import type { PrivateColumn } from '../../../../shared/contract/promote.ts';
import type { ColumnDecision } from '../../../../shared/contract/workspace.ts';
import { type ProblemError, problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import { madeOfColumns, rulesAndPrivacy } from '../../checks/rules-and-privacy.ts';
import type { Context } from '../../context.ts';
import { signingKey } from '../receipts/signature.ts';
import { type GoingSettings, makes, type PromotedObject } from './objects.ts';

/** What is needed to decide about columns. */
export interface Deciding {
  /** The private columns of a table, as its file of checks says, and those that are made of private ones. */
  readonly privateOf: (table: string) => readonly string[];
  /** The names of private columns of any table: a view may have one from anywhere. */
  readonly privateAnywhere: ReadonlySet<string>;
  /** Private columns as `schema.table.column`. */
  readonly privatePaths: ReadonlySet<string>;
  /** Goes into every mask: without it nobody finds a value by trying. */
  readonly secret: string;
}

/**
 * Reads which columns are private, and this workspace's secret. What pipelines make of a column that this target gets
 * masked or not at all is as private there, whether a file says that the column is or not.
 */
export async function readDeciding(
  context: Context,
  tables: GoingSettings['tables'] = {},
): Promise<Deciding> {
  const files = await rulesAndPrivacy(context);
  const key = (await signingKey(context.workspace)).export({ type: 'pkcs8', format: 'der' });
  const made = await madeOfColumns(context, notAsTheyAre(tables));
  const said = (table: string) =>
    files
      .filter((file) => file.table === table)
      .flatMap(({ columns }) => columns.filter((column) => column.private).map(({ name }) => name));
  return {
    privateOf: (table) => [
      ...new Set([...said(table), ...made.filter((one) => one.table === table).map(({ column }) => column)]),
    ],
    privateAnywhere: new Set(
      files.flatMap(({ columns }) => columns.filter((column) => column.private).map(({ name }) => name)),
    ),
    privatePaths: new Set(
      files.flatMap(({ table, columns }) =>
        columns.filter((column) => column.private).map(({ name }) => `public.${table}.${name}`),
      ),
    ),
    secret: createHmac('sha256', key).update('masks of columns').digest('hex'),
  };
}

const notAsTheyAre = (tables: NonNullable<GoingSettings['tables']>) =>
  Object.entries(tables).flatMap(([table, { private: decided = {} }]) =>
    Object.keys(decided)
      .filter((column) => named(decided, column) !== 'keep')
      .map((column) => ({ table, column })),
  );

type Decisions = Readonly<Record<string, ColumnDecision>>;

interface Undecided {
  readonly schema: string;
  readonly name: string;
  readonly key: string;
  readonly table: string;
  readonly holds: readonly string[] | undefined;
  readonly columns: readonly Column[];
}

type Decided = Pick<PromotedObject, 'columns' | 'from' | 'hidden' | 'mask' | 'undecided'>;

/** The columns as they go, and from where they are read; a collection goes with all it holds or not at all. */
export function decide(object: Undecided, decisions: Decisions, { privateOf, secret }: Deciding): Decided {
  const { schema, name, key, table, holds, columns } = object;
  const from = ident(schema, name);
  const isPrivate = privateOf(table);
  if (holds) {
    const undecided = holds.filter((column) =>
      named(decisions, column) === undefined
        ? isPrivate.includes(column)
        : named(decisions, column) !== 'keep',
    );
    return { columns, from, hidden: [], undecided };
  }
  refuseUnknown(table, columns, decisions);
  const wayOf = (column: string) => named(decisions, column) ?? 'keep';
  const going = columns.filter((column) => wayOf(column.name) !== 'drop');
  const masks = going.some((column) => wayOf(column.name) === 'mask');
  const sent = going.map((column) =>
    wayOf(column.name) === 'mask' ? mask(column, secret) : ident(column.name),
  );
  return {
    columns: going.map((column) => (wayOf(column.name) === 'mask' ? { ...column, type: 'text' } : column)),
    from: masks ? sql`(select ${join([ident(key), ...sent])} from ${from}) as ${ident(name)}` : from,
    hidden: columns.map((column) => column.name).filter((column) => wayOf(column) !== 'keep'),
    ...(masks ? { mask: (text: string) => maskOfText(text, secret) } : {}),
    undecided: isPrivate.filter(
      (column) => named(decisions, column) === undefined && columns.some((one) => one.name === column),
    ),
  };
}

/** Equal values stay equal, so that what joins here joins there. */
const mask = ({ name }: Column, secret: string): Sql =>
  sql`encode(sha256(convert_to(${secret} || ${ident(name)}::text, 'UTF8')), 'hex') as ${ident(name)}`;

/** The same mask, made without handing the secret to anybody's server. */
const maskOfText = (text: string, secret: string): string =>
  createHash('sha256').update(`${secret}${text}`, 'utf8').digest('hex');

/** The columns that are there masked. */
export const maskedOf = ({
  columns,
  hidden,
}: Pick<PromotedObject, 'columns' | 'hidden'>): readonly string[] =>
  hidden.filter((name) => columns.some((column) => column.name === name));

/** A name that is written wrong must not let a column go as it is. */
function refuseUnknown(table: string, columns: readonly Column[], decisions: Decisions): void {
  const unknown = Object.keys(decisions).find((name) => !columns.some((column) => column.name === name));
  if (unknown === undefined) return;
  throw problem('bad_input', `${table} has no column "${unknown}", about which assay.yaml decides.`, {
    hint: 'Correct its name under `private` of the target, or take it away there.',
    at: { table, column: unknown },
  });
}

/**
 * The columns of an object whose values are shown to nobody, in whatever is said about its rows. A view that uses a
 * private column may show it in any of its own.
 */
export function shyOf(
  { kind, source, columns }: Pick<PromotedObject, 'kind' | 'source' | 'columns'>,
  holds: readonly string[],
  { privateOf, privateAnywhere, privatePaths }: Deciding,
): readonly string[] {
  const all = columns.map(({ name }) => name);
  if (kind === 'view')
    return holds.some((path) => privatePaths.has(path))
      ? all
      : all.filter((name) => privateAnywhere.has(name));
  const own = privateOf(source);
  return kind === 'collection' && holds.some((name) => own.includes(name)) ? all : own;
}

/** Private columns of these objects that nobody has decided about. */
export const undecidedOf = (objects: readonly PromotedObject[]): readonly PrivateColumn[] =>
  objects.flatMap(({ kind, name, source, undecided }) =>
    undecided.map((column) => ({
      table: source,
      column,
      collection: kind === 'collection' ? name : null,
    })),
  );

/** Refuses to send what is private before somebody has said that it goes, and how. */
export function refuseUndecided(target: string, undecided: readonly PrivateColumn[]): void {
  const [first] = undecided;
  if (!first) return;
  const { table, column, collection } = first;
  const more = undecided.length > 1 ? `, and ${undecided.length - 1} more` : '';
  const way = `tables: { ${table}: { private: { ${column}: keep } } }`;
  throw collection === null
    ? problem(
        'bad_input',
        `${table}.${column} is private, or made of what does not go as it is, and nobody has decided whether it goes to "${target}"${more}.`,
        {
          hint: `Say keep, mask or drop in the plan, or in assay.yaml under the target: ${way}.`,
          at: { table, column },
        },
      )
    : problem(
        'bad_input',
        `The collection "${collection}" holds text of ${table}.${column}, which is private and does not go as it is to "${target}"${more}.`,
        {
          hint: `Leave the collection out, or say in assay.yaml under the target: ${way}.`,
          at: { table, column },
        },
      );
}

/** Columns that are masked or left out of what something is made from there. */
export const hiddenBehind = (object: PromotedObject, objects: readonly PromotedObject[]): readonly string[] =>
  objects
    .filter((one) => makes(one, object))
    .flatMap(({ name, hidden }) => hidden.map((column) => `${name}.${column}`));

/** What cannot be made of columns that are not there as they are here, said with their names. */
export function refuseHiddenBehind(
  thrown: unknown,
  object: PromotedObject,
  objects: readonly PromotedObject[],
): never {
  const behind = hiddenBehind(object, objects);
  const { message, at } = (thrown as Partial<ProblemError>).problem ?? {};
  if (behind.length === 0 || at?.sqlstate === undefined) throw thrown;
  throw problem(
    'bad_input',
    `${object.name} cannot be made there: it reads ${behind.join(', ')}, masked or left out there.`,
    {
      hint: `Leave ${object.name} out, let the rows of its table be sent, or send the columns as they are. The server said: ${message}`,
      at: { table: object.name },
      cause: thrown,
    },
  );
}
