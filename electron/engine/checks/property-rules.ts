import { isMap, isSeq, type YAMLMap } from 'yaml';
import { z } from 'zod';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { freeId, nameOf, placeOf, propertiesOf } from './contract-document.ts';
import { declaredColumns } from './declared-columns.ts';
import { type Kind, logicalTypeOptions, optionRules } from './logical-type-rules.ts';

/** A rule that the properties of a contract say without a quality entry, and how it is taken out of them. */
export interface PropertyRule {
  readonly rule: CheckRule;
  readonly node: YAMLMap;
  readonly take: () => unknown;
}

/** What a property says about its values, in the words of the standard. */
const promises = z.looseObject({
  name: z.string().default(''),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  primaryKey: z.boolean().optional(),
  primaryKeyPosition: z.number().optional(),
  logicalType: z.string().optional(),
  logicalTypeOptions: logicalTypeOptions.optional(),
});

/** What a property or an object of several says it refers to: `customers.id`, or `schema/customers/properties/id`. */
const relationship = z.looseObject({
  type: z.string().optional(),
  from: z.union([z.string(), z.array(z.string())]).optional(),
  to: z.union([z.string(), z.array(z.string())]),
});

type Promised = z.output<typeof promises>;

interface Said extends Kind {
  /** What its id is made of. */
  readonly words: string;
  readonly node: YAMLMap;
  readonly take: () => unknown;
}

/** Every rule that the properties of a schema object say: filled in, unique, a key, the options of their logical types, and that they are there. */
export function propertyRules(object: YAMLMap, taken: readonly string[]): PropertyRule[] {
  const read = promisesOf(object).flatMap(({ node, data: says }) => (says ? [{ node, says }] : []));
  const used = [...taken];
  const key = keyOf(read);
  const said = [
    ...read.flatMap(({ node, says }) => [...saidBy(node, says, key?.take), ...referencesOf(node, says.name)]),
    ...(key ? [key] : []),
    ...referencesOf(object, undefined),
  ];
  const idOf = (words: string) => {
    const id = freeId(words, used);
    used.push(id);
    return id;
  };
  const rules = said.map(({ words, node, take, kind, params }) => ({
    rule: { id: idOf(words), kind, params, failAbove: 0 },
    node,
    take,
  }));
  return [...rules, ...declaredColumns(object, idOf)];
}

/** Properties whose promises cannot be read, and why: none of their rules is known. */
export const unreadablePromises = (object: YAMLMap) =>
  promisesOf(object).flatMap(({ node, error }) => (error ? [{ node, error }] : []));

const promisesOf = (object: YAMLMap) =>
  propertiesOf(object).map((node) => ({
    node,
    ...promises.safeParse({ ...node.toJSON(), name: nameOf(node) }),
  }));

function saidBy(node: YAMLMap, says: Promised, dropKey: (() => void) | undefined): Said[] {
  const { name: column, required, unique, primaryKey, logicalTypeOptions: options = {} } = says;
  const said: Said[] = [];
  const add = (words: string, kind: Kind, take: () => unknown) =>
    said.push({ words: `${words}_${column}`, node, take, ...kind });
  if (required || primaryKey) {
    add('required', { kind: 'not_null', params: { column, emptyToo: false } }, () => {
      node.delete('required');
      if (primaryKey) dropKey?.();
    });
  }
  if (unique) {
    add('unique', { kind: 'unique', params: { columns: [column] } }, () => node.delete('unique'));
  }
  for (const [words, keys, kind] of optionRules(column, options)) {
    add(words, kind, () => dropOptions(node, keys));
  }
  return said;
}

function dropOptions(node: YAMLMap, keys: readonly string[]): void {
  const options = node.get('logicalTypeOptions', true);
  if (!isMap(options)) return;
  for (const key of keys) options.delete(key);
  if (options.items.length === 0) node.delete('logicalTypeOptions');
}

/** The primary key, of one or of several properties in the order of their positions. */
function keyOf(read: readonly { readonly node: YAMLMap; readonly says: Promised }[]): Said | undefined {
  const parts = read
    .filter(({ says }) => says.primaryKey)
    .toSorted((a, b) => (a.says.primaryKeyPosition ?? 0) - (b.says.primaryKeyPosition ?? 0));
  const [first] = parts;
  if (!first) return undefined;
  const take = () => {
    for (const { node } of parts) for (const key of ['primaryKey', 'primaryKeyPosition']) node.delete(key);
  };
  const columns = parts.map(({ says }) => says.name);
  return { words: 'primary_key', kind: 'unique', params: { columns }, node: first.node, take };
}

/** Foreign keys that a property, or the object of several properties, says. */
function referencesOf(node: YAMLMap, property: string | undefined): Said[] {
  const list = node.get('relationships', true);
  if (!isSeq(list)) return [];
  return list.items.flatMap((item): Said[] => {
    const parsed = isMap(item) ? relationship.safeParse(item.toJSON()) : undefined;
    if (!parsed?.success || !/^(foreignKey)?$/.test(parsed.data.type ?? '')) return [];
    const to = [parsed.data.to].flat().map(placeOf);
    const columns = [parsed.data.from ?? property ?? []].flat().map((from) => placeOf(from).column);
    const [first] = to;
    if (
      !first ||
      to.some(({ table, column }) => !table || !column) ||
      columns.length !== to.length ||
      to.some(({ table }) => table !== first.table)
    )
      return [];
    const take = () => {
      list.items.splice(list.items.indexOf(item), 1);
      if (list.items.length === 0) node.delete('relationships');
    };
    const params = { columns, table: first.table, references: to.map(({ column }) => column) };
    return [{ words: ['refers', ...columns].join('_'), kind: 'foreign_key', params, node, take }];
  });
}
