const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** JSON with a line for each of its values, and every token as it was: numbers of any length, keys that come twice. */
export function jsonLines(text: string): string {
  const found = text.match(tokens) ?? [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
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
