import { ident, toText } from '../../../shared/sql.ts';
import { lexUnfinished, type SqlToken, splitStatements } from '../../../shared/sql-lexer.ts';
import { parseTree } from './parser.ts';

/** Places of one statement where a table of schema public stands, and what else is called as it is. */
interface Found {
  /** Where it is read or written, by bytes; true where its columns are reached by that name, and could be by an alias. */
  readonly ranges: { readonly at: number; readonly schema: boolean; readonly bare: boolean }[];
  /** Where a column is reached by its name. */
  readonly columns: { readonly at: number; readonly schema: boolean }[];
  /** True where something else has the name too: an alias, or a column or a whole row. */
  shared: boolean;
  /** True where WITH calls something so. */
  hidden: boolean;
}

/** SQL in which a table of schema public is called otherwise; what cannot be read stays as it is. The parser has to be ready. */
export function renamedInSql(written: string, from: string, to: string): string {
  if (!written.toLowerCase().includes(from.toLowerCase())) return written;
  try {
    return splitStatements(written).reduceRight(
      (rest, { text, start, stop }) =>
        rest.slice(0, start) + renamedStatement(text, from, to) + rest.slice(stop),
      written,
    );
  } catch {
    return written;
  }
}

function renamedStatement(written: string, from: string, to: string): string {
  const readable = withoutPlaces(written);
  const whole = parseTree(readable);
  const before = whole ? '' : 'select ';
  const tree = whole ?? parseTree(before + readable);
  if (!tree) return written;
  const found = findIn(tree, from);
  const tokens = lexUnfinished(written).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const name = nameOf(to);
  const at = (bytes: number) =>
    Buffer.from(before + readable)
      .subarray(0, bytes)
      .toString().length - before.length;
  const edits = [
    ...found.ranges
      .filter(({ schema }) => schema || !found.hidden)
      .map((range) => ({
        token: tokenAt(tokens, at(range.at), range.schema),
        words: range.bare && found.shared ? `${name} as ${nameOf(from)}` : name,
      })),
    ...found.columns
      .filter(({ schema }) => schema || !(found.hidden || found.shared))
      .map((column) => ({ token: tokenAt(tokens, at(column.at), column.schema), words: name })),
  ];
  return edits
    .sort((a, b) => (b.token?.start ?? 0) - (a.token?.start ?? 0))
    .reduce(
      (text, { token, words }) =>
        token ? text.slice(0, token.start) + words + text.slice(token.stop) : text,
      written,
    );
}

/** As long as before, with something that the parser reads in the places of parameters: `:name` and `{{name}}`. */
const withoutPlaces = (written: string): string =>
  written
    .replaceAll(/\{\{\s*[A-Za-z_]\w*\s*\}\}/g, (place) => 'null'.padEnd(place.length))
    .replaceAll(/(?<![:\w\]]):[A-Za-z_]\w*/g, (place) => '$1'.padEnd(place.length));

const tokenAt = (tokens: readonly SqlToken[], at: number, schema: boolean): SqlToken | undefined => {
  const first = tokens.findIndex(({ start }) => start === at);
  return first < 0 ? undefined : tokens[first + (schema ? 2 : 0)];
};

function nameOf(name: string): string {
  const plain = /^[a-z_][a-z0-9_]*$/.test(name) && parseTree(`select ${name}.x from ${name}`) !== undefined;
  return plain ? name : toText(ident(name));
}

function findIn(tree: unknown, table: string): Found {
  const found: Found = { ranges: [], columns: [], shared: false, hidden: false };
  const visit = (node: unknown, within: string): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, within);
    else if (typeof node === 'object' && node !== null)
      for (const [kind, inner] of Object.entries(node)) {
        note({ kind, within }, inner as Node, table, found);
        visit(inner, kind);
      }
  };
  visit(tree, '');
  return found;
}

interface Node {
  readonly relname?: string;
  readonly schemaname?: string;
  readonly location?: number;
  readonly alias?: { readonly aliasname?: string };
  readonly aliasname?: string;
  readonly ctename?: string;
  readonly fields?: readonly { readonly String?: { readonly sval?: string } }[];
}

/** Statements that change rows of a table, which can be called otherwise there. */
const changing: ReadonlySet<string> = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

/** `kind` is what a node is, or the part that it has in the one that it stands within. */
function note(
  { kind, within }: { readonly kind: string; readonly within: string },
  node: Node,
  table: string,
  found: Found,
): void {
  if (kind === 'alias' && node.aliasname === table) found.shared = true;
  if (kind === 'CommonTableExpr' && node.ctename === table) found.hidden = true;
  if (kind === 'RangeVar' || (kind === 'relation' && within !== 'CreateStmt')) {
    const at = node.location ?? 0;
    const schema = node.schemaname !== undefined;
    const isOwn = node.relname === table && (!schema || node.schemaname === 'public');
    const aliased = kind === 'RangeVar' || changing.has(within);
    if (isOwn && within === 'lockedRels') found.columns.push({ at, schema });
    else if (isOwn) found.ranges.push({ at, schema, bare: aliased && node.alias === undefined });
  }
  if (kind === 'ColumnRef') noteColumn(node, table, found);
}

function noteColumn({ fields = [], location: at = 0 }: Node, table: string, found: Found): void {
  const [first, second, third] = fields.map(({ String: text }) => text?.sval ?? '');
  if (first === table && second === undefined) found.shared = true;
  else if (first === table) found.columns.push({ at, schema: false });
  if (first === 'public' && second === table && third !== undefined) found.columns.push({ at, schema: true });
}
