import type { QueryPreview } from '../../../shared/contract/query.ts';
import { type Problem, type ProblemError, problem, toProblem } from '../../../shared/problem.ts';
import { ident, sql, toText } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import type { Values } from './bind-parameters.ts';
import { partUnderCursor, type QueryPart } from './language/part-under-cursor.ts';
import { loadParser, parseTree } from './parser.ts';
import { runQuery } from './run-query.ts';

/** A table of more rows is read in part. */
const sampledFrom = 200_000;
const sampleRows = 100_000;

interface Asked {
  readonly text: string;
  readonly at: number;
  readonly values: Values;
  readonly limit: number;
}

/** Runs the name of WITH or the subselect that the cursor is in, on a sample of large tables. */
export async function previewPart(
  database: Database,
  { text, at, values, limit }: Asked,
  signal: AbortSignal,
): Promise<QueryPreview | null> {
  const part = partUnderCursor(text, at);
  if (!part) return null;
  const sampled = await largeTables(database, part);
  const request = { text: onSamples(part.text, sampled), limit, values, writing: 'no' } as const;
  const { results } = await runQuery(database, request, signal).catch((thrown: unknown) => {
    throw alone(toProblem(thrown));
  });
  const [result] = results;
  if (!result) return null;
  return { title: part.title, from: part.from, to: part.to, result, sampled };
}

/** A name that is not known, of a table or a column. */
const unknownNames = new Set(['42P01', '42703']);

/** A part fails where it stands alone: places in it are none of the whole text, and what is around it is not there. */
function alone(failure: Problem): ProblemError {
  const { code, message, hint, at: { sqlstate } = {} } = failure;
  const around = 'A part that reads columns of the query around it cannot be previewed alone.';
  const byItself = 'The part under the cursor was run by itself: mend it there, or put the cursor elsewhere.';
  return problem(code, message, {
    hint: hint ?? (unknownNames.has(sqlstate ?? '') ? around : byItself),
    ...(sqlstate ? { at: { sqlstate } } : {}),
  });
}

type Sampled = QueryPreview['sampled'];

async function largeTables(session: Session, { text }: QueryPart): Promise<Sampled> {
  await loadParser();
  const named = tablesNamed(parseTree(text));
  if (named.size === 0) return [];
  const found = await session.query<{ name: string; rows: number }>(
    sql`select name, row_count as rows from assay.tables where row_count > ${sampledFrom}`,
  );
  return found
    .filter(({ name }) => named.has(name))
    .map(({ name, rows }) => ({ table: name, rows: sampleRows, of: Number(rows) }));
}

/** Tables named without a schema, which a name of WITH can stand in for. */
function tablesNamed(tree: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [kind, inner] of Object.entries(node)) {
      const { relname, schemaname } = (inner ?? {}) as { relname?: string; schemaname?: string };
      if (kind === 'RangeVar' && relname !== undefined && schemaname === undefined) names.add(relname);
      visit(inner);
    }
  };
  visit(tree);
  return names;
}

/** A name of WITH hides the table of that name, so each stands for a sample of its own table. */
function onSamples(text: string, sampled: Sampled): string {
  if (sampled.length === 0) return text;
  const names = sampled.map(({ table, rows, of }) =>
    toText(sql`${ident(table)} as (
  select * from ${ident('public', table)} tablesample system (${Number(((100 * rows) / of).toFixed(4))}) repeatable (1))`),
  );
  const recursive = /^\s*with\s+recursive\b/i.test(text);
  const [, rest = text] = /^\s*with\s+(?:recursive\s+)?([\s\S]*)$/i.exec(text) ?? [];
  const own = rest === text ? `\n${text}` : `,\n${rest}`;
  return `with ${recursive ? 'recursive ' : ''}${names.join(',\n')}${own}`;
}
