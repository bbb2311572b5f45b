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

/** What the parser says against a text, and where, in characters from 0. */
export interface SyntaxFault {
  readonly message: string;
  readonly at: number;
}

/** The parser's complaint about one statement, if it has any. */
export function syntaxFault(written: string): SyntaxFault | undefined {
  try {
    parser?.parseSync(written);
    return undefined;
  } catch (thrown) {
    const details = parser?.hasSqlDetails(thrown) ? thrown.sqlDetails : undefined;
    const message = details?.message ?? (thrown instanceof Error ? thrown.message : String(thrown));
    return { message, at: Math.max(0, details?.cursorPosition ?? 0) };
  }
}
