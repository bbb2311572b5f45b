import { lexUnfinished } from '../../shared/sql-lexer.ts';

/** Strings that go on in the next line are one value: their lines are laid out by nobody. */
interface Kept {
  readonly text: string;
  readonly pieces: readonly string[];
}

const mark = (at: number) => `'assay string ${at}'`;

function withoutContinued(text: string): Kept {
  const tokens = lexUnfinished(text);
  const pieces: string[] = [];
  let kept = '';
  let done = 0;
  for (let at = 0; at < tokens.length; at++) {
    const first = tokens[at];
    if (first?.kind !== 'string' || text.charAt(first.start) === '$') continue;
    let last = at;
    for (let next = at + 1; next < tokens.length; next++) {
      const token = tokens[next];
      if (token?.kind === 'space' || token?.kind === 'comment') continue;
      const between = text.slice(tokens[last]?.stop, token?.start);
      if (token?.kind !== 'string' || text.charAt(token.start) !== "'" || !between.includes('\n')) break;
      last = next;
    }
    if (last === at) continue;
    const stop = tokens[last]?.stop ?? first.stop;
    kept += text.slice(done, first.start) + mark(pieces.length);
    pieces.push(text.slice(first.start, stop));
    done = stop;
    at = last;
  }
  return { text: kept + text.slice(done), pieces };
}

/** SQL laid out anew. */
export async function formatted(text: string): Promise<string> {
  const { formatDialect, postgresql } = await import('sql-formatter');
  const { text: given, pieces } = withoutContinued(text);
  const made = formatDialect(given, {
    dialect: postgresql,
    tabWidth: 2,
    keywordCase: 'lower',
    functionCase: 'preserve',
    dataTypeCase: 'lower',
    expressionWidth: 80,
    linesBetweenQueries: 1,
    paramTypes: { named: [':'] },
  });
  return pieces.reduce((whole, piece, at) => whole.replace(mark(at), () => piece), made);
}
