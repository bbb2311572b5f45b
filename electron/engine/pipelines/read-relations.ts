type Parser = typeof import('libpg-query');

let parser: Parser | undefined;
let loading: Promise<void> | undefined;

/** Makes PostgreSQL's own parser ready; the rest of this file needs it. */
export function loadParser(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  const found = await import('libpg-query');
  await found.loadModule();
  parser = found;
}

/** The syntax tree of one statement as the parser gives it, or nothing where it cannot be read. */
export function parseTree(written: string): unknown {
  try {
    return parser?.parseSync(written);
  } catch {
    return undefined;
  }
}

/** What a query reads: names of schema public or none, and those of other schemas. */
export interface Relations {
  readonly own: ReadonlySet<string>;
  readonly foreign: ReadonlySet<string>;
}

/** Every relation that a query names; names of WITH count too where they are also those of tables. */
export function relationsIn(written: string): Relations {
  const own = new Set<string>();
  const foreign = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [kind, inner] of Object.entries(node)) {
      if (kind === 'RangeVar') note(inner as { schemaname?: string; relname?: string });
      visit(inner);
    }
  };
  const note = ({ schemaname, relname = '' }: { schemaname?: string; relname?: string }) =>
    (schemaname === undefined || schemaname === 'public' ? own : foreign).add(relname);
  visit(parseTree(written));
  return { own, foreign };
}
