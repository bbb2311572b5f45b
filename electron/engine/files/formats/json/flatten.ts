/** What a value is to JSON. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'json';

/** One cell of a record: the names on the way to it, its kind, and its text. */
export interface Leaf {
  readonly path: readonly string[];
  readonly kind: ValueKind;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The cells of one value of a file: of an object its members, of a list its elements, of anything else itself. */
export function leavesOf(value: unknown, flat: boolean): Leaf[] {
  const leaves: Leaf[] = [];
  const add = (path: readonly string[], member: unknown) => {
    if (flat && isObject(member)) {
      for (const [name, inner] of Object.entries(member)) add([...path, name], inner);
    } else leaves.push({ path, kind: kindOf(member), value: member });
  };
  if (isObject(value)) for (const [name, member] of Object.entries(value)) add([name], member);
  else if (Array.isArray(value))
    for (const [at, member] of value.entries()) add([`column_${at + 1}`], member);
  else add(['value'], value);
  return leaves;
}

/** Numbers are objects of the parser's, because a number of JavaScript's cannot hold every digit. */
function kindOf(value: unknown): ValueKind {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  return isObject(value) || Array.isArray(value) ? 'json' : 'number';
}
