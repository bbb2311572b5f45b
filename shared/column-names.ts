import { problem } from './problem.ts';

/** Bytes of a name that PostgreSQL keeps. */
export const longestName = 63;
const encoder = new TextEncoder();
const bytes = (text: string) => encoder.encode(text).length;

/** Refuses two columns of one name, which no table can have. */
export function refuseDoubles(columns: readonly string[]): void {
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice === undefined) return;
  throw problem('bad_input', `Two columns are called "${twice}".`, {
    hint: 'Give one of them another name.',
  });
}

/**
 * The names, where a later one of the same name gets a number that nobody else has: for what cannot hold a name twice.
 * `fold` says which names are the same.
 */
export function distinctNames(
  names: readonly string[],
  fold: (name: string) => string = (name) => name,
): string[] {
  const taken = new Set(names.map(fold));
  const seen = new Set<string>();
  return names.map((name) => {
    let free = name;
    if (seen.has(fold(name)))
      for (let number = 2; taken.has(fold(free)); number++) free = `${name}_${number}`;
    taken.add(fold(free));
    seen.add(fold(free));
    return free;
  });
}

/** `name` with `suffix`, and a number where that is taken too; within PostgreSQL's 63 bytes. */
export function suffixedName(name: string, suffix: string, taken: ReadonlySet<string>): string {
  for (let attempt = 1; ; attempt++) {
    const end = attempt === 1 ? suffix : `${suffix}${attempt}`;
    const candidate = cutName(name, longestName - bytes(end)) + end;
    if (!taken.has(candidate)) return candidate;
  }
}

/** As much of a name as PostgreSQL keeps, in whole characters. */
export function cutName(name: string, room = longestName): string {
  // Most names are short, and the others may be megabytes.
  if (name.length <= room && bytes(name) <= room) return name;
  let kept = '';
  let size = 0;
  for (const character of name) {
    size += bytes(character);
    if (size > room) break;
    kept += character;
  }
  return kept;
}
