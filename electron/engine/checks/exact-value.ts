import { isScalar, visit, type YAMLMap } from 'yaml';

/** What a node says, with whole numbers that a double cannot hold as the text that was written. */
export function exactValue(node: YAMLMap): unknown {
  if (!holdsLong(node)) return node.toJSON();
  const copy = node.clone() as YAMLMap;
  visit(copy, {
    Scalar(_key, scalar) {
      if (isLong(scalar)) scalar.value = scalar.source;
    },
  });
  return copy.toJSON();
}

const isLong = (node: unknown): boolean =>
  isScalar(node) && Number.isInteger(node.value) && !Number.isSafeInteger(node.value);

function holdsLong(node: YAMLMap): boolean {
  let found = false;
  visit(node, {
    Scalar(_key, scalar) {
      found ||= isLong(scalar);
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}
