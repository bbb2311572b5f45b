import type { Surroundings } from '../pipelines/plan/plan-pipeline.ts';
import { parseTree } from '../pipelines/sql/read-relations.ts';

/** Functions that run SQL, or read tables, that is said to them as text. */
const reader =
  '(?:(?:query|table|schema|database|cursor)_to_xml\\w*|ts_stat|ts_rewrite|dblink\\w*|crosstab\\w*|connectby|pg_read_\\w+)';
const readers = new RegExp(`^${reader}$`, 'i');
const calls = new RegExp(`\\b${reader}\\W*\\(`, 'i');

/** True where a text calls a function that runs SQL which is a value. */
export const runsWrittenSql = (text: string): boolean => calls.test(text);

/**
 * True where nobody can tell from its text what a query reads: it runs SQL that is a value, calls a function of the
 * workspace's own, or reads what is neither table nor view of it.
 */
export function isUnsure(written: string, { tables, views, traits }: Surroundings): boolean {
  const tree = parseTree(written);
  if (tree === undefined) return true;
  const found = namesIn(tree);
  if (found.called.some((name) => readers.test(name) || traits.isOwn(name))) return true;
  return found.relations.some(
    ({ schema, name }) =>
      !isKnown(schema, name, tables.has(name) || views.has(name) || found.named.has(name)),
  );
}

/** What the database says of itself tells no values, but for its statistics. */
const isKnown = (schema: string | undefined, name: string, there: boolean): boolean =>
  schema === undefined || schema === 'public'
    ? there || /^pg_(?!stat)/.test(name)
    : schema === 'information_schema' || (schema === 'pg_catalog' && /^pg_(?!stat)/.test(name));

interface Names {
  readonly called: string[];
  readonly relations: { readonly schema: string | undefined; readonly name: string }[];
  readonly named: Set<string>;
}

type Visited = Readonly<Record<string, unknown>>;

function namesIn(tree: unknown): Names {
  const found: Names = { called: [], relations: [], named: new Set() };
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [kind, inner] of Object.entries(node)) {
      note(kind, inner as Visited, found);
      visit(inner);
    }
  };
  visit(tree);
  return found;
}

function note(kind: string, node: Visited, { called, relations, named }: Names): void {
  if (kind === 'FuncCall') {
    const last = (node['funcname'] as { String?: { sval?: string } }[] | undefined)?.at(-1);
    called.push(last?.String?.sval ?? '');
  }
  if (kind === 'RangeVar')
    relations.push({ schema: node['schemaname'] as string | undefined, name: String(node['relname'] ?? '') });
  if (kind === 'CommonTableExpr') named.add(String(node['ctename'] ?? ''));
}
