import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';
import { isPlace, mapsIn, nameOf, propertiesOf } from './contract-document.ts';
import { nearestWord } from './nearest-name.ts';

/** What stands in a contract and would be passed over, because it is not of the shape that the standard gives it. */
export interface ShapeFault {
  readonly node: Node;
  readonly fault: string;
}

/** The kinds of quality rules in the standard. */
const types = ['text', 'library', 'sql', 'custom'];

/** Every such fault of a schema object. */
export function shapeFaults(object: YAMLMap): ShapeFault[] {
  const properties = propertiesOf(object);
  return [
    ...(nameOf(object) === '' ? [{ node: object as Node, fault: 'this object has no name.' }] : []),
    ...listFaults(object, 'properties', 'properties, each with a name'),
    ...properties
      .filter((one) => nameOf(one) === '')
      .map((node) => ({ node, fault: 'this property has no name.' })),
    ...[object, ...properties].flatMap((holder) => [
      ...listFaults(holder, 'quality', 'rules'),
      ...listFaults(holder, 'customProperties', 'a property and its value each'),
      ...listFaults(holder, 'relationships', 'relationships'),
      ...mapsIn(holder.get('quality', true)).flatMap(ruleFaults),
      ...mapsIn(holder.get('relationships', true)).flatMap(relationFaults),
    ]),
  ];
}

/** True where it cannot be told which properties an object has, and so which of them are private. */
export const hidesProperties = (object: YAMLMap): boolean =>
  [object, ...propertiesOf(object)].some(
    (holder) =>
      listFaults(holder, 'customProperties', '').length > 0 ||
      (holder === object && listFaults(holder, 'properties', '').length > 0),
  ) || propertiesOf(object).some((one) => nameOf(one) === '');

function listFaults(holder: YAMLMap, key: string, of: string): ShapeFault[] {
  const node = holder.get(key, true) as Node | null | undefined;
  if (node === undefined || node === null || (node as { value?: unknown }).value === null) return [];
  if (!isSeq(node)) return [{ node, fault: `"${key}" is no list of ${of}, so that nothing of it is read.` }];
  return node.items.flatMap((item) =>
    isMap(item)
      ? []
      : [{ node: (item ?? node) as Node, fault: `this entry of "${key}" is not read: it has no keys.` }],
  );
}

function ruleFaults(node: YAMLMap): ShapeFault[] {
  const type = node.get('type');
  if (type !== undefined && !types.includes(String(type))) {
    const near = nearestWord(String(type), types);
    const meant = near === undefined ? `it has to be ${types.join(', ')}` : `"${near}" may be meant`;
    return [{ node, fault: `this rule is not run: its type "${type}" is not known; ${meant}.` }];
  }
  const lacking = lackOf(node, String(type ?? 'library'));
  return lacking === undefined ? [] : [{ node, fault: `this rule is not run: ${lacking}.` }];
}

function lackOf(node: YAMLMap, type: string): string | undefined {
  if (type === 'library' && !node.has('metric') && !node.has('rule')) return 'it names no metric';
  if (type === 'sql' && !node.has('query')) return 'it has no query';
  return type === 'custom' && !node.has('engine') ? 'it names no engine' : undefined;
}

function relationFaults(node: YAMLMap): ShapeFault[] {
  if (!/^(foreignKey)?$/.test(String(node.get('type') ?? ''))) return [];
  const to = (node.toJSON() as { readonly to?: unknown }).to;
  const places = [to].flat();
  if (to !== undefined && places.every((one) => typeof one === 'string' && isPlace(one))) return [];
  return [{ node, fault: 'this relationship is not run: it has to go "to" a TABLE.COLUMN.' }];
}
