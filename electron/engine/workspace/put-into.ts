import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isNode, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';

type Path = readonly (string | number)[];
type Members = Readonly<Record<string, unknown>>;
type Holder = Document | YAMLMap | YAMLSeq;

/** Sets a value in a YAML document, or in a part of it, only where it differs: what stays the same keeps its comments and its writing. */
export function putInto(document: Document, holder: Holder, path: Path, value: unknown): void {
  const present = holder.getIn(path, true);
  if (value === undefined) holder.deleteIn(path);
  else if (isNode(present) && isDeepStrictEqual(present.toJS(document), plainly(value))) return;
  else if (isMap(present) && isMembers(value)) putMembers(document, present, value);
  else if (isSeq(present) && Array.isArray(value)) putItems(document, present, value);
  else holder.setIn(path, document.createNode(plainly(value)));
}

/** As it will be read again: without members that are nothing. */
const plainly = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function putMembers(document: Document, present: YAMLMap, value: Members): void {
  for (const key of Object.keys(present.toJS(document) as Members))
    if (value[key] === undefined) present.delete(key);
  for (const [key, inner] of Object.entries(value))
    if (inner !== undefined) putInto(document, present, [key], inner);
}

/** Entries are the same by their name, or by their value, wherever they stand. */
function putItems(document: Document, present: YAMLSeq, value: readonly unknown[]): void {
  const known = new Map(
    present.items.flatMap((node) =>
      isMap(node) || isScalar(node) ? [[sameBy(node.toJS(document)), node] as const] : [],
    ),
  );
  known.delete(undefined);
  present.items = value.map((one) => {
    const node = known.get(sameBy(one));
    known.delete(sameBy(one));
    return node ?? document.createNode(plainly(one));
  });
  for (const [at, one] of value.entries()) putInto(document, present, [at], one);
}

function sameBy(one: unknown): string | undefined {
  if (!isMembers(one)) return JSON.stringify(one);
  return one['name'] === undefined ? undefined : `name ${String(one['name'])}`;
}
