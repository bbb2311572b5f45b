import { loadParser, parseTree } from '../../query/parser.ts';

/** The keys of metadata that a written condition asks for, in its order; one that cannot be read asks for none. */
export async function keysInCondition(condition: string): Promise<readonly string[]> {
  await loadParser();
  const found: string[] = [];
  visit(parseTree(`select ${condition}`), found);
  return [...new Set(found)];
}

function visit(node: unknown, found: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { A_Expr: compared, A_Indirection: reached } = node as Node;
  if (compared && isMetadata(compared.lexpr)) {
    const operator = compared.name?.at(-1)?.String?.sval ?? '';
    found.push(...(readers.get(operator)?.(compared.rexpr) ?? []));
  }
  if (reached && isMetadata(reached.arg))
    found.push(...textOf(reached.indirection?.[0]?.A_Indices?.uidx).slice(0, 1));
  for (const inner of Object.values(node)) visit(inner, found);
}

interface Node {
  readonly A_Expr?: {
    readonly name?: readonly { readonly String?: { readonly sval?: string } }[];
    readonly lexpr?: Node;
    readonly rexpr?: Node;
  };
  readonly A_Indirection?: {
    readonly arg?: Node;
    readonly indirection?: readonly { readonly A_Indices?: { readonly uidx?: Node } }[];
  };
  readonly A_Const?: { readonly sval?: { readonly sval?: string } };
  readonly A_ArrayExpr?: { readonly elements?: readonly Node[] };
  readonly TypeCast?: { readonly arg?: Node };
  readonly ColumnRef?: { readonly fields?: readonly { readonly String?: { readonly sval?: string } }[] };
}

const isMetadata = (node: Node | undefined): boolean =>
  node?.ColumnRef?.fields?.at(-1)?.String?.sval === 'metadata';

const textOf = (node: Node | undefined): string[] => {
  const text = (node?.TypeCast?.arg ?? node)?.A_Const?.sval?.sval;
  return text === undefined ? [] : [text];
};

const textsOf = (node: Node | undefined): string[] => (node?.A_ArrayExpr?.elements ?? []).flatMap(textOf);

/** The first of a path that is written as an array: `{a,b}`. */
const firstOfPath = (node: Node | undefined): string[] => [
  ...textOf(node).flatMap((path) => /^\{\s*"?([^",}]+)/.exec(path)?.[1] ?? []),
  ...textsOf(node).slice(0, 1),
];

function keysOfObject(node: Node | undefined): string[] {
  try {
    return textOf(node).flatMap((text) => Object.keys(JSON.parse(text) as object));
  } catch {
    return [];
  }
}

/** Which keys stand on the right of an operator. */
const readers: ReadonlyMap<string, (right: Node | undefined) => string[]> = new Map([
  ['->', textOf],
  ['->>', textOf],
  ['?', textOf],
  ['?|', textsOf],
  ['?&', textsOf],
  ['#>', firstOfPath],
  ['#>>', firstOfPath],
  ['@>', keysOfObject],
]);
