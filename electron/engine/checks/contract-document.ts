import { type Document, isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';

/** One quality rule of ours in a contract: its node, the list it stands in, and the property it stands at. */
export interface OwnEntry {
  readonly node: YAMLMap;
  readonly list: YAMLSeq;
  readonly property: string | null;
}

/** The objects under `schema`, those that are maps. */
export const schemaObjects = (document: Document): YAMLMap[] => mapsIn(document.get('schema', true));

/** The properties of a schema object. */
export const propertiesOf = (object: YAMLMap): YAMLMap[] => mapsIn(object.get('properties', true));

/** Every quality rule of a schema object that Assay runs: those at properties first, in the order of the file. */
export const ownEntries = (object: YAMLMap): OwnEntry[] =>
  entries(object).filter(({ node }) => isOwn(node) || isLibrary(node));

/** True for a rule of the standard's own library. */
export const isLibrary = (node: YAMLMap): boolean =>
  (node.get('type') ?? 'library') === 'library' && (node.has('metric') || node.has('rule'));

/** What findings call an entry: its id, or one made of its name, or of what it measures. */
export function entryId({ node, property }: OwnEntry): string {
  const id = node.get('id');
  if (!isLibrary(node) || (typeof id === 'string' && /^[A-Za-z_][\w-]*$/.test(id))) return String(id);
  const metric = node.get('metric') ?? node.get('rule');
  const words = [id ?? node.get('name') ?? [metric, property].filter(Boolean).join('_')];
  return String(words)
    .replace(/[^\w-]+/g, '_')
    .replace(/^(?=[^A-Za-z_])/, '_');
}

/** How many quality rules of a schema object are for other engines. */
export const countOthers = (object: YAMLMap): number =>
  entries(object).filter(({ node }) => !isOwn(node) && !isLibrary(node) && node.get('type') !== 'text')
    .length;

const isOwn = (node: YAMLMap) => node.get('type') === 'custom' && node.get('engine') === 'assay';

function entries(object: YAMLMap): OwnEntry[] {
  const atProperties = propertiesOf(object).flatMap((property) =>
    listed(property, String(property.get('name'))),
  );
  return [...atProperties, ...listed(object, null)];
}

function listed(holder: YAMLMap, property: string | null): OwnEntry[] {
  const list = holder.get('quality', true);
  if (!isSeq(list)) return [];
  return mapsIn(list).map((node) => ({ node, list, property }));
}

/** The custom property of a schema object that is no table. */
export const rowsProperty = 'assayRows';

/** The value of a custom property of a node, if it has it. */
export function customProperty(node: YAMLMap, name: string): unknown {
  const found = mapsIn(node.get('customProperties', true)).find((one) => one.get('property') === name);
  return (found?.toJSON() as { readonly value?: unknown } | undefined)?.value;
}

const mapsIn = (node: unknown): YAMLMap[] =>
  isSeq(node) ? (node.items.filter((item) => isMap(item)) as YAMLMap[]) : [];
