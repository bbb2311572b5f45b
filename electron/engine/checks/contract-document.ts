import { Document, isMap, isSeq, type YAMLMap, YAMLSeq } from 'yaml';

/** One quality rule in a contract that Assay runs: what findings call it, its node, the list it stands in, and the property it stands at. */
export interface OwnEntry {
  readonly id: string;
  readonly node: YAMLMap;
  readonly list: YAMLSeq;
  readonly property: string | null;
  /** What the columns of its object are called in the database, by their names in the contract. */
  readonly columns: ReadonlyMap<string, string>;
}

/** What a table or a column is called in the database: its physical name, without the schema before it, or its name. */
export function nameOf(node: YAMLMap): string {
  const [name, physical] = [node.get('name'), node.get('physicalName')];
  if (typeof physical !== 'string' || physical.trim() === '') return String(name ?? '');
  return physical.replace(/^([^.]+\.)+/, '');
}

/** The objects under `schema`, those that are maps. */
export const schemaObjects = (document: Document): YAMLMap[] => mapsIn(document.get('schema', true));

/** The properties of a schema object. */
export const propertiesOf = (object: YAMLMap): YAMLMap[] => mapsIn(object.get('properties', true));

/** Every quality rule of a schema object that Assay runs: those at properties first, in the order of the file. */
export function ownEntries(object: YAMLMap): OwnEntry[] {
  const own = entries(object).filter(({ node }) => isOwn(node) || isStandard(node));
  const taken = own.flatMap((entry) => givenId(entry) ?? []);
  return own.map((entry) => {
    const given = givenId(entry);
    if (given !== undefined) return { ...entry, id: given };
    const id = freeId(madeId(entry), taken);
    taken.push(id);
    return { ...entry, id };
  });
}

/** True for a rule of the standard's own library. */
export const isLibrary = (node: YAMLMap): boolean =>
  (node.get('type') ?? 'library') === 'library' && (node.has('metric') || node.has('rule'));

/** True for a SELECT of one value, with what it has to be, that is for no other database than PostgreSQL. */
export const isSqlEntry = (node: YAMLMap): boolean =>
  node.get('type') === 'sql' &&
  node.has('query') &&
  /^(postgres\w*|ansi|sql)?$/i.test(String(node.get('dialect') ?? ''));

/** True for a rule as the standard writes it, and not Assay. */
export const isStandard = (node: YAMLMap): boolean => isLibrary(node) || isSqlEntry(node);

type Entry = Omit<OwnEntry, 'id'>;

function givenId({ node }: Entry): string | undefined {
  const id = node.get('id');
  return !isStandard(node) || (typeof id === 'string' && /^[A-Za-z_][\w-]*$/.test(id))
    ? String(id)
    : undefined;
}

/** What findings call an entry without an id of its own: by its name, or by what it measures. */
function madeId({ node, property }: Entry): string {
  const metric = node.get('metric') ?? node.get('rule') ?? 'sql';
  return String(node.get('id') ?? node.get('name') ?? [metric, property].filter(Boolean).join('_'));
}

/** An id out of any words, that is not taken. */
export function freeId(words: string, taken: readonly string[]): string {
  const id = words.replace(/[^\w-]+/g, '_').replace(/^(?=[^A-Za-z_])/, '_');
  const free = (at: number): string => {
    const one = at === 1 ? id : `${id}_${at}`;
    return taken.includes(one) ? free(at + 1) : one;
  };
  return free(1);
}

/** How many quality rules of a schema object are for other engines. */
export const countOthers = (object: YAMLMap): number =>
  entries(object).filter(({ node }) => !isOwn(node) && !isStandard(node) && node.get('type') !== 'text')
    .length;

const isOwn = (node: YAMLMap) => node.get('type') === 'custom' && /^assay$/i.test(String(node.get('engine')));

function entries(object: YAMLMap): Entry[] {
  const properties = propertiesOf(object);
  const columns = new Map(properties.map((one) => [String(one.get('name') ?? ''), nameOf(one)]));
  const listed = (holder: YAMLMap, property: string | null): Entry[] => {
    const list = holder.get('quality', true);
    return isSeq(list) ? mapsIn(list).map((node) => ({ node, list, property, columns })) : [];
  };
  return [...properties.flatMap((one) => listed(one, nameOf(one))), ...listed(object, null)];
}

/** The custom property of a schema object that is no table. */
export const rowsProperty = 'assayRows';

/** The value of a custom property of a node, if it has it. */
export function customProperty(node: YAMLMap, name: string): unknown {
  const found = mapsIn(node.get('customProperties', true)).find((one) => one.get('property') === name);
  return (found?.toJSON() as { readonly value?: unknown } | undefined)?.value;
}

/** Gives a node a custom property, or with undefined takes it away; those of others stay. */
export function setCustomProperty(
  node: YAMLMap,
  property: string,
  value: string | boolean | undefined,
): void {
  if (customProperty(node, property) === value) return;
  const list = seqAt(node, 'customProperties');
  list.items = list.items.filter((item) => !(isMap(item) && item.get('property') === property));
  if (value !== undefined) list.add(new Document({ property, value }).contents);
  dropIfEmpty(node, 'customProperties');
}

/** The list at a key, which is made where there is none. */
export function seqAt(holder: YAMLMap, key: string): YAMLSeq {
  const present = holder.get(key, true);
  if (isSeq(present)) return present;
  const made = new YAMLSeq();
  holder.set(key, made);
  return made;
}

/** Leaves no empty list behind. */
export function dropIfEmpty(holder: YAMLMap, key: string): void {
  const list = holder.get(key, true);
  if (isSeq(list) && list.items.length === 0) holder.delete(key);
}

/** Those entries of a list that have keys. */
export const mapsIn = (node: unknown): YAMLMap[] =>
  isSeq(node) ? (node.items.filter((item) => isMap(item)) as YAMLMap[]) : [];

/** A column of a table. */
export interface Place {
  readonly table: string;
  readonly column: string;
}

/** What a reference means: `customers.id`, `public.customers.id`, or `/schema/customers/properties/id`. */
export function placeOf(written: string): Place {
  const [path = ''] = written.split('#').toReversed();
  const long = /^\/?(?:schema\/)?([^/]+)\/properties\/(.+)$/.exec(path);
  if (long) return { table: long[1] ?? '', column: long[2] ?? '' };
  const short = path.replace(/^public\.(?=[^.]+\.)/, '');
  const at = short.indexOf('.');
  return { table: short.slice(0, Math.max(0, at)), column: short.slice(at + 1) };
}

/** True where a reference names both a table and a column. */
export function isPlace(written: string): boolean {
  const { table, column } = placeOf(written);
  return table !== '' && column !== '';
}
