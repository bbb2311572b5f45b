import { distinctNames } from '../../../../../shared/column-names.ts';
import type { ColumnTally } from '../columnar/column-tally.ts';
import { mapText } from '../columnar/map-text.ts';
import { plainValues } from './plain-values.ts';
import { isDecimal, isMap, listOf, type SchemaNode } from './schema-node.ts';

/** How a column's stored values come to PostgreSQL; null stands for no value. */
export interface ExactValues {
  readonly type: string;
  text(value: unknown): string | null;
}

type Write = (value: unknown) => string;

/** How the values of a column come to PostgreSQL with nothing lost; null where it holds a kind that DuckDB alone reads. */
export function exactValues(node: SchemaNode, tally: ColumnTally): ExactValues | null {
  if (node.element.repetition_type === 'REPEATED') return null;
  const plain = node.children.length === 0 ? plainValues(node, tally) : null;
  if (plain) return { type: plain.type, text: orNothing(plain.write) };
  const list = listOf(node);
  const element = list && list.element.children.length === 0 ? plainValues(list.element, tally) : null;
  if (list && element && isDecimal(list.element))
    return { type: `${element.type}[]`, text: orNothing(listText(list.wrapped, quoted(element.write))) };
  const write = node.children.length > 0 ? jsonText(node, tally) : null;
  return write && { type: 'jsonb', text: orNothing(write) };
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;
const orNothing = (write: Write) => (value: unknown) => (isNothing(value) ? null : write(value));
const orNull =
  (write: Write): Write =>
  (value) =>
    isNothing(value) ? 'null' : write(value);
const quoted =
  (write: Write): Write =>
  (value) =>
    JSON.stringify(write(value));
const member = (value: unknown, at: number): unknown => (value as Record<number, unknown>)[at];

/** How a part is written as JSON; null where it holds a kind that DuckDB alone reads. */
function jsonText(node: SchemaNode, tally: ColumnTally): Write | null {
  if (node.children.length === 0) {
    const plain = plainValues(node, tally);
    return plain && orNull((value) => inJson(plain.write(value), plain.bare));
  }
  const list = listOf(node);
  if (list) {
    const write =
      list.element.children.length === 0 || list.wrapped
        ? jsonText(list.element, tally)
        : group(list.element, tally);
    return write && orNull(listText(list.wrapped, write));
  }
  if (isMap(node)) return map(node, tally);
  return group(node, tally);
}

/** Numbers that JSON has no like of, such as NaN, are texts there. */
const inJson = (text: string, bare: boolean): string =>
  bare && /^(-?\d|true$|false$)/.test(text) ? text : JSON.stringify(text);

const listText =
  (wrapped: boolean, write: Write): Write =>
  (value) =>
    `[${Array.from(member(value, 0) as ArrayLike<unknown>, (item) => orNull(write)(wrapped ? member(item, 0) : item)).join(',')}]`;

function group({ children }: SchemaNode, tally: ColumnTally): Write | null {
  if (children.some(({ element }) => element.repetition_type === 'REPEATED')) return null;
  const names = distinctNames(children.map(({ element }) => element.name)).map((name) =>
    JSON.stringify(name),
  );
  const writes = children.map((child) => jsonText(child, tally));
  if (!writes.every((write) => write !== null)) return null;
  return orNull(
    (value) => `{${writes.map((write, at) => `${names[at]}:${write(member(value, at))}`).join(',')}}`,
  );
}

function map({ children }: SchemaNode, tally: ColumnTally): Write | null {
  const [entries] = children;
  const [key, held] = entries?.children ?? [];
  const keys = key && key.children.length === 0 ? plainValues(key, tally) : null;
  const write = held && jsonText(held, tally);
  if (!keys || !write || entries?.element.repetition_type !== 'REPEATED') return null;
  return orNull((value) => {
    const found = Array.from(
      member(value, 0) as ArrayLike<unknown>,
      (entry) =>
        [isNothing(member(entry, 0)) ? '' : keys.write(member(entry, 0)), write(member(entry, 1))] as const,
    );
    return mapText(found, tally);
  });
}
