import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isNode, isSeq, type YAMLMap } from 'yaml';

type Path = readonly (string | number)[];
type Members = Readonly<Record<string, unknown>>;

/** Sets a value in a YAML document, only where it differs: what stays the same keeps its comments and its writing. */
export function putInto(document: Document, path: Path, value: unknown): void {
  const present = document.getIn(path, true);
  if (value === undefined) document.deleteIn(path);
  else if (isNode(present) && isDeepStrictEqual(present.toJS(document), plainly(value))) return;
  else if (isMap(present) && isMembers(value)) putMembers(document, path, present, value);
  else if (isSeq(present) && Array.isArray(value)) putItems(document, path, present.items, value);
  else document.setIn(path, document.createNode(plainly(value)));
}

/** As it will be read again: without members that are nothing. */
const plainly = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function putMembers(document: Document, path: Path, present: YAMLMap, value: Members): void {
  for (const key of Object.keys(present.toJS(document) as Members))
    if (value[key] === undefined) document.deleteIn([...path, key]);
  for (const [key, inner] of Object.entries(value))
    if (inner !== undefined) putInto(document, [...path, key], inner);
}

/** Entries that have a name are the same by it, wherever they stand. */
function putItems(
  document: Document,
  path: Path,
  present: readonly unknown[],
  value: readonly unknown[],
): void {
  const nameOf = (one: unknown) => (isMembers(one) ? one['name'] : undefined);
  const same = (one: unknown) => (nameOf(one) === undefined ? undefined : known.get(nameOf(one)));
  const known = new Map(
    present.flatMap((node) => (isMap(node) ? [[nameOf(node.toJS(document)), node] as const] : [])),
  );
  const items = value.map((one) => same(one) ?? document.createNode(plainly(one)));
  (document.getIn(path) as { items: unknown[] }).items = items;
  for (const [at, one] of value.entries()) putInto(document, [...path, at], one);
}
