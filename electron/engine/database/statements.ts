import { type PGlite, protocol } from '@electric-sql/pglite';
import type { Column } from '../../../shared/column.ts';
import type { StatementResult } from '../../../shared/contract/query.ts';
import { ident, join, sql, subselect, toText, typeName } from '../../../shared/sql.ts';
import { lexSql } from '../../../shared/sql-lexer.ts';
import { arrowFromCopy, arrowFromTexts } from './arrow-rows.ts';
import { builderFor, textBuilder } from './column-builders.ts';
import { copyOut } from './copy-out.ts';
import { firstRows } from './cut-rows.ts';
import type { PlannedStatement, RowsAsArrow } from './worker-contract.ts';

interface FieldOfDescription {
  readonly name: string;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

interface Message {
  readonly name: string;
  readonly fields?: unknown;
  readonly text?: string;
  readonly dataTypeIDs?: readonly number[];
}

const { serialize } = protocol;

/** Plans a statement without running it: its columns. */
export const describe = async (db: PGlite, text: string): Promise<readonly Column[]> =>
  (await planStatement(db, text)).columns;

/** Plans a statement without running it: its columns, and the types of `$1`, `$2` … as PostgreSQL infers them. */
export async function planStatement(db: PGlite, text: string): Promise<PlannedStatement> {
  const messages = await db.runExclusive(async () => {
    try {
      await db.execProtocol(serialize.parse({ text }));
      return (await db.execProtocol(serialize.describe({ type: 'S' }))).messages as readonly Message[];
    } finally {
      await db.execProtocol(serialize.sync());
    }
  });
  const ids = messages.find(({ name }) => name === 'parameterDescription')?.dataTypeIDs ?? [];
  const parameters = await Promise.all(
    ids.map((dataTypeID) => formatType(db, { dataTypeID, dataTypeModifier: -1 })),
  );
  return { columns: await columnsOf(db, messages), parameters };
}

async function columnsOf(db: PGlite, messages: readonly Message[]): Promise<Column[]> {
  const fields = messages.find(({ name }) => name === 'rowDescription')?.fields as
    | readonly FieldOfDescription[]
    | undefined;
  if (!fields) return [];
  return Promise.all(fields.map(async (field) => ({ name: field.name, type: await formatType(db, field) })));
}

const typeNames = new Map<string, string>();

async function formatType(
  db: PGlite,
  { dataTypeID, dataTypeModifier }: Omit<FieldOfDescription, 'name'>,
): Promise<string> {
  const key = `${dataTypeID}:${dataTypeModifier}`;
  const known = typeNames.get(key);
  if (known) return known;
  const { rows } = await db.query<{ type: string }>('select format_type($1, $2) as type', [
    dataTypeID,
    dataTypeModifier,
  ]);
  const type = rows[0]?.type ?? 'text';
  // Only built-in types keep their number when an extension or a type of the user's is dropped and made again.
  if (dataTypeID < 16_384) typeNames.set(key, type);
  return type;
}

/** Runs a SELECT through binary COPY; types that have no binary reader here are cast to text by PostgreSQL. */
export async function selectRows(db: PGlite, text: string, limit?: number): Promise<RowsAsArrow> {
  const columns = await describe(db, text);
  const aliases = columns.map((_, at) => ident(`c${at}`));
  const cells = columns.map(({ type }, at) => {
    const name = aliases[at] as (typeof aliases)[number];
    return builderFor(type) ? name : sql`${name}::${typeName('text')}`;
  });
  const cut = limit === undefined ? sql`` : sql` limit ${limit}`;
  const source = columns.length > 0 ? sql` as q(${join(aliases)})` : sql` as q`;
  const wrapped = toText(sql`select ${join(cells)} from ${subselect(text)}${source}${cut}`);
  const copy = await copyOut(db, `copy (${wrapped}) to stdout (format binary)`);
  const builders = columns.map(({ type }) => (builderFor(type) ?? textBuilder)());
  return { columns, ...arrowFromCopy(copy, columns, builders) };
}

/** Runs one statement of an analyst's own text. */
export async function runWritten(db: PGlite, text: string, limit: number): Promise<StatementResult> {
  const start = performance.now();
  const result = canBeWrapped(text) ? await runSelect(db, text, limit) : await runAsText(db, text, limit);
  return { ...result, ms: performance.now() - start };
}

/** True for a query that may stand as a sub-select: no INTO, no data changed in its WITH. */
function canBeWrapped(text: string): boolean {
  const tokens = lexSql(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const wordAt = (at: number) => {
    const { kind, start, stop } = tokens[at] ?? { kind: 'end' };
    return kind === 'word' ? text.slice(start, stop).toLowerCase() : kind;
  };
  const first = tokens.findIndex(({ kind }) => kind !== 'open');
  return (
    ['select', 'with', 'values', 'table'].includes(wordAt(first)) &&
    !tokens.some((_, at) => changesData(wordAt(at - 1), wordAt(at), wordAt(at + 1)))
  );
}

/** INTO is also in INSERT and MERGE; the words of the others may be names of columns, or stand in FOR UPDATE. */
function changesData(before: string, word: string, after: string): boolean {
  if (word === 'into') return before !== 'as';
  if (before !== 'open' && before !== 'close') return false;
  if (word === 'delete') return after === 'from';
  return word === 'update' && after !== 'close' && after !== 'sign';
}

async function runSelect(db: PGlite, text: string, limit: number): Promise<Omit<StatementResult, 'ms'>> {
  const { rows, columns, bytes } = await selectRows(db, text, limit + 1);
  if (rows <= limit) return { command: 'SELECT', columns, bytes, rows, more: false };
  return { command: 'SELECT', columns, bytes: firstRows(bytes, limit), rows: limit, more: true };
}

async function runAsText(db: PGlite, text: string, limit: number): Promise<Omit<StatementResult, 'ms'>> {
  const { messages } = await db.runExclusive(() => db.execProtocol(serialize.query(text)));
  const found = messages as readonly Message[];
  const described = found.some(({ name }) => name === 'rowDescription');
  const tag = found.find(({ name }) => name === 'commandComplete')?.text ?? '';
  const affected = Number(/\d+$/.exec(tag)?.[0] ?? 0);
  const command = tag.replace(/[\s\d]+$/, '');
  if (!described) return { command, columns: [], rows: affected, more: false };
  const columns = await columnsOf(db, found);
  const rows = found
    .filter(({ name }) => name === 'dataRow')
    .map(({ fields }) => fields as (string | null)[]);
  const shown = rows.slice(0, limit);
  const bytes = arrowFromTexts(
    columns,
    shown,
    columns.map(() => textBuilder()),
  );
  return { command, columns, bytes, rows: shown.length, more: rows.length > limit };
}
