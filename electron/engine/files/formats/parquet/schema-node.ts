import type { SchemaElement } from 'hyparquet';

/** A part of a Parquet file's schema, with what stands below it. */
export interface SchemaNode {
  readonly element: SchemaElement;
  readonly children: readonly SchemaNode[];
}

/** A file's columns: its schema says each part before those below it, the file itself first. */
export function schemaNodes(schema: readonly SchemaElement[]): readonly SchemaNode[] {
  let next = 0;
  const read = (): SchemaNode => {
    const element = schema[next++] as SchemaElement;
    return { element, children: Array.from({ length: element.num_children ?? 0 }, read) };
  };
  return read().children;
}

/** How many columns of values a part is stored as. */
export const leavesOf = ({ children }: SchemaNode): number =>
  children.length === 0 ? 1 : children.reduce((sum, child) => sum + leavesOf(child), 0);

/** True for the part itself or one below it. */
export const holds = (node: SchemaNode, test: (part: SchemaNode) => boolean): boolean =>
  test(node) || node.children.some((child) => holds(child, test));

const annotated = ({ element }: SchemaNode, name: 'LIST' | 'MAP' | 'DECIMAL'): boolean =>
  element.converted_type === name || element.logical_type?.type === name;

export const isDecimal = (node: SchemaNode): boolean => annotated(node, 'DECIMAL');

export const isMap = (node: SchemaNode): boolean =>
  annotated(node, 'MAP') || node.element.converted_type === 'MAP_KEY_VALUE';

/** The repeated part of a list, and the element in it, which older writers left out. */
export function listOf(node: SchemaNode): { readonly element: SchemaNode; readonly wrapped: boolean } | null {
  const [repeated] = node.children;
  if (!annotated(node, 'LIST') || !repeated || repeated.element.repetition_type !== 'REPEATED') return null;
  const [only] = repeated.children;
  const { name } = repeated.element;
  const wrapped = repeated.children.length === 1 && name !== 'array' && name !== `${node.element.name}_tuple`;
  return wrapped && only ? { element: only, wrapped } : { element: repeated, wrapped: false };
}
