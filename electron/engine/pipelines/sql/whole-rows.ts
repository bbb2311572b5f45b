import { parseTree } from './read-relations.ts';

/**
 * True where an expression takes a row as a whole, as `row(a, b)`, `to_jsonb(input)` and `md5(input::text)` do: then
 * names and order of columns count too, beside what is in them. A text that cannot be read counts as one that may.
 */
export function takesWholeRows(written: string): boolean {
  const tree = parseTree(written);
  if (!tree) return true;
  const relations = relationNames(tree);
  const visit = (node: unknown, parent: string): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    return Object.entries(node).some(([kind, inner]) => {
      if (kind === 'RowExpr') return true;
      if (kind === 'ColumnRef') return isWhole(inner as Reference, parent === 'val', relations);
      return visit(inner, kind);
    });
  };
  return visit(tree, '');
}

interface Reference {
  readonly fields?: readonly { readonly A_Star?: unknown; readonly String?: { readonly sval?: string } }[];
}

/** A star is a list of columns where it stands as a column of its own, and a row anywhere else. */
function isWhole({ fields = [] }: Reference, isTarget: boolean, relations: ReadonlySet<string>): boolean {
  const last = fields.at(-1);
  if (last?.A_Star !== undefined) return !isTarget;
  return fields.length === 1 && relations.has(last?.String?.sval ?? '');
}

/** What relations are called, by their names or others. */
function relationNames(tree: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      if ((key === 'aliasname' || key === 'relname') && typeof inner === 'string') found.add(inner);
      visit(inner);
    }
  };
  visit(tree);
  return found;
}
