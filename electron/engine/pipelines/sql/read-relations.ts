import { parseTree } from '../../query/parser.ts';

export { loadParser, parseTree } from '../../query/parser.ts';

/** What a query reads: names of schema public or none, and those of other schemas. */
export interface Relations {
  readonly own: ReadonlySet<string>;
  readonly foreign: ReadonlySet<string>;
  /** Those of `own` whose schema is written. */
  readonly qualified: ReadonlySet<string>;
  /** What WITH calls something. */
  readonly named: ReadonlySet<string>;
}

/** Every relation that a query or a formula names; names of WITH count too where they are also those of tables. */
export function relationsIn(written: string): Relations {
  const own = new Set<string>();
  const foreign = new Set<string>();
  const qualified = new Set<string>();
  const named = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [kind, inner] of Object.entries(node)) {
      if (kind === 'CommonTableExpr') named.add((inner as { ctename: string }).ctename);
      if (kind === 'RangeVar') note(inner as { schemaname?: string; relname?: string });
      visit(inner);
    }
  };
  const note = ({ schemaname, relname = '' }: { schemaname?: string; relname?: string }) => {
    (schemaname === undefined || schemaname === 'public' ? own : foreign).add(relname);
    if (schemaname === 'public') qualified.add(relname);
  };
  visit(parseTree(written) ?? parseTree(`select ${written}`));
  return { own, foreign, qualified, named };
}

/** True where a formula looks at other rows by a window, as `sum(amount) over ()` does. */
export const hasWindow = (written: string): boolean =>
  JSON.stringify(parseTree(written) ?? parseTree(`select ${written}`) ?? '').includes('"over":');
