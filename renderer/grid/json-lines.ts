/** A string may be cut off in the middle. */
const tokens = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** What stands deeper is no further from the edge: thousands of levels would be millions of spaces. */
const deepest = 40;
/** More than so many characters would stop the window. */
const longest = 200_000;

/** What is shown of a cell: JSON in lines; of what is very long the beginning. */
export function cellLines(text: string, type: string): { readonly shown: string; readonly whole: boolean } {
  const beginning = text.slice(0, longest);
  const shown = /^jsonb?$/.test(type) ? jsonLines(beginning) : beginning;
  return { shown: shown.slice(0, longest), whole: text.length <= longest && shown.length <= longest };
}

/** JSON with a line for each of its values, and every token as it was: numbers of any length, keys that come twice. */
export function jsonLines(text: string): string {
  const found = text.match(tokens) ?? [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, deepest))}`;
  return found
    .map((token, at) => {
      if (token === ',') return token + line();
      if (token === ':') return ': ';
      if (token === '{' || token === '[') {
        depth++;
        return /[}\]]/.test(found[at + 1]?.charAt(0) ?? '') ? token : token + line();
      }
      if (token !== '}' && token !== ']') return token;
      depth--;
      return /^[{[]$/.test(found[at - 1] ?? '') ? token : line() + token;
    })
    .join('');
}
