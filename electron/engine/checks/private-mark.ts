import { isMap, isSeq, type YAMLMap } from 'yaml';

/**
 * Words by which a classification, a tag or a custom property says that values are shown to nobody. The standard leaves
 * the words open; these are the ones that its examples and other tools use.
 */
const words: ReadonlySet<string> = new Set([
  ...['private', 'confidential', 'restricted', 'sensitive', 'personal', 'secret'],
  ...['pii', 'phi', 'pci', 'spi', 'nonpublic'],
]);

/** Custom properties whose value is a classification, by their letters. */
const classifying = /^(data)?(classification|sensitivity)(level)?$/;

/** True where a property of a contract is marked as private: by `private`, its classification, a tag or a custom property. */
export function isMarkedPrivate(property: YAMLMap): boolean {
  return (
    isYes(property.get('private')) ||
    saysPrivate(textOf(property.get('classification', true))) ||
    itemsOf(property.get('tags', true)).some((tag) => saysPrivate(textOf(tag))) ||
    itemsOf(property.get('customProperties', true)).some((one) => isMap(one) && isMarking(one))
  );
}

function isMarking(custom: YAMLMap): boolean {
  const name = String(custom.get('property') ?? '');
  const value = custom.get('value', true);
  if (classifying.test(name.toLowerCase().replace(/[^a-z]/g, ''))) return saysPrivate(textOf(value));
  const yes = isYes(custom.get('value')) || saysPrivate(textOf(value));
  return yes && saysPrivate(name.replace(/^(is|has|contains)(?=[A-Z_-])/, ''));
}

const isYes = (value: unknown): boolean => /^\s*(true|yes|y|on|1)\s*$/i.test(String(value));

/** `highlyConfidential`, `PII / personal` and the like; `non-sensitive` and `not personal` say the contrary. */
function saysPrivate(text: string): boolean {
  const said = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(non|not)[\s_-]*public\b/g, 'nonpublic')
    .split(/[^a-z]+/);
  return said.some((word, at) => words.has(word) && !['non', 'not', 'no'].includes(said[at - 1] ?? ''));
}

const itemsOf = (list: unknown): readonly unknown[] => (isSeq(list) ? list.items : []);

const textOf = (node: unknown): string => {
  const plain = (node as { toJSON?: () => unknown } | undefined)?.toJSON?.() ?? node;
  return plain === undefined || plain === null ? '' : [plain].flat().map(String).join(' ');
};
