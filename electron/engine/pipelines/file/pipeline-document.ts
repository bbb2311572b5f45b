import { Document, isMap, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';

const pipelineKeys = ['version', 'name', 'description'];
const pipelineLastKeys = ['steps', 'groups', 'layout'];
const stepKeys = ['id', 'kind', 'title'];
const stepLastKeys = ['inputs', 'ports', 'params'];

/**
 * A pipeline as text: logic first in a stable order, positions last. Of the text there was before, comments and keys
 * that are not ours stay where what they belong to stays.
 */
export function pipelineText(pipeline: Pipeline, before: string | undefined): string {
  const document = before === undefined ? new Document({}) : parseDocument(before);
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
  const top = document.contents as unknown as YAMLMap;
  const { steps, groups, layout, ...rest } = pipeline;
  setAll(document, top, rest);
  top.set('steps', stepNodes(document, top.get('steps', true), steps));
  if (groups && groups.length > 0) setGroups(document, top, groups);
  else top.delete('groups');
  if (Object.keys(layout).length > 0) top.set('layout', layoutNode(document, layout));
  else top.delete('layout');
  order(top, pipelineKeys, pipelineLastKeys);
  return document.toString({ lineWidth: 110 });
}

/** Sets what differs and takes away what is gone, so that untouched nodes keep their comments. */
function setAll(document: Document, map: YAMLMap, values: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) map.delete(key);
    else if (!same(plain(map.get(key)), value)) map.set(key, document.createNode(value));
  }
  for (const key of keysOf(map)) {
    if (!(key in values) && !pipelineLastKeys.includes(key)) map.delete(key);
  }
}

function stepNodes(document: Document, existing: unknown, steps: readonly PipelineStep[]): YAMLSeq {
  const sequence = isSeq(existing) ? existing : (document.createNode([]) as YAMLSeq);
  const known = new Map(sequence.items.filter(isMap).map((node) => [String(node.get('id')), node]));
  sequence.flow = false;
  sequence.items = steps.map((step) => {
    const node = known.get(step.id) ?? (document.createNode({}) as YAMLMap);
    setAll(document, node, withoutEmpty(step));
    const inputs = node.get('inputs', true);
    const ports = node.get('ports', true);
    for (const list of [inputs, ports]) if (isSeq(list)) list.flow = true;
    order(node, stepKeys, stepLastKeys);
    return node;
  });
  return sequence;
}

function setGroups(document: Document, top: YAMLMap, groups: NonNullable<Pipeline['groups']>): void {
  if (!same(plain(top.get('groups')), groups)) top.set('groups', document.createNode(groups));
}

function withoutEmpty({ inputs, ports = [], params, ...rest }: PipelineStep): Record<string, unknown> {
  return {
    ...rest,
    ...(inputs.length > 0 ? { inputs } : {}),
    ...(ports.length > 0 ? { ports } : {}),
    ...(Object.keys(params).length > 0 ? { params } : {}),
  };
}

function layoutNode(document: Document, layout: Pipeline['layout']): YAMLMap {
  const sorted = Object.entries(layout).sort(([a], [b]) => (a < b ? -1 : 1));
  const map = document.createNode(
    Object.fromEntries(sorted.map(([id, [x, y]]) => [id, [Math.round(x), Math.round(y)]])),
  ) as YAMLMap;
  for (const { value } of map.items) if (isSeq(value)) value.flow = true;
  return map;
}

function order(map: YAMLMap, first: readonly string[], last: readonly string[]): void {
  const place = ({ key }: Pair) => {
    const name = String(plain(key));
    if (first.includes(name)) return first.indexOf(name);
    return last.includes(name) ? 1000 + last.indexOf(name) : 500;
  };
  map.items.sort((a, b) => place(a) - place(b));
}

const keysOf = (map: YAMLMap): string[] => map.items.map(({ key }) => String(plain(key)));

const plain = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'toJSON' in node
    ? (node as { toJSON(): unknown }).toJSON()
    : node;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
