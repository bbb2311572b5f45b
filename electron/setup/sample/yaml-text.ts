import { Document, isScalar, visit, type YAMLMap, type YAMLSeq } from 'yaml';

const short = (node: YAMLSeq | YAMLMap) => {
  const text = JSON.stringify(node);
  return text.length < 90 && !text.includes('\\n');
};

/** YAML that reads well in a diff: short lists and pairs of plain values on one line, dates in quotes. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { schema: 'yaml-1.1', version: '1.2' });
  visit(document, {
    Seq(_, node) {
      if (node.items.every(isScalar) && short(node)) node.flow = true;
    },
    Pair(_, { key, value: node }) {
      if (isScalar(key) && key.value === 'key') (node as YAMLMap).flow = true;
    },
  });
  return document.toString({ lineWidth: 110, flowCollectionPadding: false });
}
