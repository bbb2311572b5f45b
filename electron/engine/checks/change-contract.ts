import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isSeq, type YAMLMap } from 'yaml';
import type { CheckedRows } from '../../../shared/contract/checked-rows.ts';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import type { CheckClass } from '../../../shared/define-check.ts';
import { onlyWarns } from '../../../shared/never-fails.ts';
import { checks } from '../../../shared/registry.ts';
import { putInto } from '../workspace/put-into.ts';
import {
  dropIfEmpty,
  isStandard,
  nameOf,
  type OwnEntry,
  ownEntries,
  propertiesOf,
  rowsProperty,
  schemaObjects,
  seqAt,
  setCustomProperty,
} from './contract-document.ts';
import { operators } from './library-metric.ts';
import { readEntry, unsaid } from './read-contract.ts';

const plainContract = (table: string, of?: CheckedRows) => ({
  apiVersion: 'v3.1.0',
  kind: 'DataContract',
  id: table,
  name: table,
  version: '1.0.0',
  status: 'active',
  schema: [
    of
      ? { name: table, physicalType: 'query', customProperties: [{ property: rowsProperty, value: of }] }
      : { name: table, physicalType: 'table' },
  ],
});

/** The standard's dimension of each class. */
const dimensions: Readonly<Record<CheckClass, string>> = {
  schema: 'conformity',
  completeness: 'completeness',
  uniqueness: 'uniqueness',
  'referential integrity': 'consistency',
  range: 'conformity',
  'business rule': 'accuracy',
};

/** A contract for a table, or for other rows, that has none yet. */
export const newContract = (table: string, of?: CheckedRows): Document =>
  new Document(plainContract(table, of));

/** True where nothing but what `newContract` writes is left. */
export const isPlain = (document: Document, table: string): boolean =>
  isDeepStrictEqual(document.toJS(), plainContract(table));

/**
 * Makes a table's rules these. Entries that stay keep their place, comments and unknown keys; other engines' rules and
 * entries that could not be read stay as they are. A rule on one column stands at that column, any other at the table.
 */
export function changeRules(
  document: Document,
  table: string,
  before: readonly string[],
  rules: readonly CheckRule[],
): void {
  const object = schemaObjects(document).find((one) => nameOf(one) === table) ?? addObject(document, table);
  const bare = propertiesOf(object).filter(isBare);
  const kept = new Set(rules.map(({ id }) => id));
  const standing = takeChanged(object, table, before, rules);
  const entries = ownEntries(object);
  for (const entry of entries) if (before.includes(entry.id) && !kept.has(entry.id)) take(entry);
  for (const rule of rules) {
    if (!standing.has(rule.id)) {
      const found = entries.find(({ id }) => id === rule.id);
      write(document, object, found, rule);
    }
  }
  dropEmpty(object, bare);
  keepIds(object, entries);
}

/** Entries without an id are called by what they say and by their place: one that would be called otherwise now is given its own. */
function keepIds(object: YAMLMap, entries: readonly OwnEntry[]): void {
  for (const { node, id } of ownEntries(object)) {
    const before = entries.find((entry) => entry.node === node);
    if (before && before.id !== id) node.set('id', before.id);
  }
}

/**
 * Takes what properties say of rules that are gone or changed out of them; the ids of those that stand there as they are.
 * One key may say several rules: taking one lets the others be written as entries.
 */
function takeChanged(
  object: YAMLMap,
  table: string,
  before: readonly string[],
  rules: readonly CheckRule[],
): ReadonlySet<string> {
  const own = () =>
    ownEntries(object).flatMap((entry) => {
      const read =
        rules.find(({ id }) => id === entry.id) ??
        (isStandard(entry.node) ? readEntry(entry, table) : undefined);
      return read && 'kind' in read ? [read] : [];
    });
  const same = (rule: CheckRule) => rules.some((one) => one.id === rule.id && isDeepStrictEqual(one, rule));
  for (const { rule, take: takeOut } of unsaid(object, own())) {
    if (before.includes(rule.id) && !same(rule)) takeOut();
  }
  return new Set(unsaid(object, own()).flatMap(({ rule }) => (same(rule) ? [rule.id] : [])));
}

function addObject(document: Document, table: string): YAMLMap {
  const object = document.createNode({ name: table, physicalType: 'table' }) as YAMLMap;
  seqAt(document.contents as YAMLMap, 'schema').add(object);
  return object;
}

function write(document: Document, object: YAMLMap, found: OwnEntry | undefined, rule: CheckRule): void {
  const place = placeOf(rule);
  if (found && isDeepStrictEqual(readEntry(found, nameOf(object)), rule)) return;
  if (found && isStandard(found.node)) madeOwn(document, found, rule);
  const node =
    found?.node ?? (document.createNode({ type: 'custom', engine: 'assay', id: rule.id }) as YAMLMap);
  fill(document, node, rule);
  if (found && found.property === place) return;
  if (found) take(found);
  const holder = place === null ? object : propertyOf(document, object, place);
  seqAt(holder, 'quality').add(node);
}

/** Makes an entry of the standard one of ours. */
function madeOwn(document: Document, { node }: OwnEntry, rule: CheckRule): void {
  for (const key of ['metric', 'rule', 'arguments', 'unit', 'query', 'dialect', ...operators])
    node.delete(key);
  const own = { type: 'custom', engine: 'assay', id: rule.id };
  for (const [key, value] of Object.entries(own)) put(document, node, key, value);
}

/** The one column that a rule is on, or null for a rule on the table. */
function placeOf({ kind, params }: CheckRule): string | null {
  try {
    const marks = checks.get(kind)?.marks(params) ?? [];
    return marks.length === 1 && marks[0] ? marks[0] : null;
  } catch {
    return null;
  }
}

function fill(document: Document, node: YAMLMap, rule: CheckRule): void {
  const { kind, params, description, warnAbove, failAbove, where, limitsIn, timeLimit } = rule;
  const found = checks.get(kind);
  put(document, node, 'description', description || undefined);
  if (found && !node.has('dimension')) put(document, node, 'dimension', dimensions[found.class]);
  const warns = onlyWarns(rule);
  put(document, node, 'severity', severityOf(node, warns));
  setCustomProperty(node, 'owner', rule.owner || undefined);
  setCustomProperty(node, 'notes', rule.notes || undefined);
  if (!isMap(node.get('implementation', true))) node.set('implementation', document.createNode({}));
  const implementation = node.get('implementation', true) as unknown as YAMLMap;
  put(document, implementation, 'kind', kind);
  put(document, implementation, 'params', params);
  put(document, implementation, 'where', where?.trim() || undefined);
  // Of a severity that only warns, a reader concludes both limits.
  const implied = warns && warnAbove !== undefined;
  put(document, implementation, 'warnAbove', implied && warnAbove === 0 ? undefined : warnAbove);
  put(document, implementation, 'failAbove', implied || failAbove === 0 ? undefined : failAbove);
  put(document, implementation, 'limitsIn', limitsIn === 'rows' ? limitsIn : undefined);
  put(document, implementation, 'timeLimit', timeLimit);
}

/** What a person wrote stays, unless it says the contrary of whether the rule only warns. */
function severityOf(node: YAMLMap, warns: boolean): unknown {
  const now = node.get('severity');
  const mild = now === 'warning' || now === 'info';
  if (warns) return mild ? now : 'warning';
  return now === undefined || mild ? 'error' : now;
}

const put = (document: Document, node: YAMLMap, key: string, value: unknown): void =>
  putInto(document, node, [key], value);

function propertyOf(document: Document, object: YAMLMap, name: string): YAMLMap {
  const found = propertiesOf(object).find((property) => nameOf(property) === name);
  if (found) return found;
  const property = document.createNode({ name }) as YAMLMap;
  seqAt(object, 'properties').add(property);
  return property;
}

function take({ list, node }: OwnEntry): void {
  list.items.splice(list.items.indexOf(node), 1);
}

/** A property that says nothing but its name. */
const isBare = (property: unknown): property is YAMLMap =>
  isMap(property) && property.items.length === 1 && property.has('name');

/** Leaves no empty lists behind, nor properties that held nothing but rules of ours; those that had only a name stay. */
function dropEmpty(object: YAMLMap, bare: readonly YAMLMap[]): void {
  for (const holder of [object, ...propertiesOf(object)]) dropIfEmpty(holder, 'quality');
  const properties = object.get('properties', true);
  if (!isSeq(properties)) return;
  properties.items = properties.items.filter((item) => !isBare(item) || bare.includes(item));
  dropIfEmpty(object, 'properties');
}
