import { isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import { editDistance } from '../../../shared/edit-distance.ts';
import { mapsIn, propertiesOf } from './contract-document.ts';
import type { ShapeFault } from './contract-faults.ts';
import { operators } from './library-metric.ts';
import { isUnknownFormat, logicalTypeOptions } from './logical-type-rules.ts';

/** Parts of a contract that have keys of their own. */
type Kind = 'object' | 'property' | 'rule' | 'options';

type Keys = Readonly<Record<Kind, readonly string[]>>;

/** What the standard says of values by these, and Assay does not evaluate. */
const unevaluated: Keys = {
  object: [],
  property: ['items', 'properties'],
  rule: [],
  options: [
    ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required'],
    ...['timezone', 'defaultTimezone'],
  ],
};

const described = ['id', 'name', 'description', 'tags', 'customProperties', 'authoritativeDefinitions'];

const everywhere = [
  ...described,
  ...['relationships', 'quality', 'businessName', 'physicalName', 'physicalType', 'logicalType'],
];

/** The keys that the standard gives to each part of a contract, and those of ours beside them. */
const known: Keys = {
  object: [...everywhere, 'properties', 'dataGranularityDescription'],
  property: [
    ...everywhere,
    ...['primaryKey', 'primaryKeyPosition', 'required', 'unique', 'logicalTypeOptions'],
    ...unevaluated.property,
    ...['partitioned', 'partitionKeyPosition', 'classification', 'encryptedName', 'criticalDataElement'],
    ...['transformSourceObjects', 'transformLogic', 'transformDescription', 'examples', 'private'],
  ],
  rule: [
    ...described,
    ...['type', 'metric', 'rule', 'arguments', 'unit', 'dimension', 'method', 'businessImpact', 'severity'],
    ...['query', 'dialect', 'engine', 'implementation', 'schedule', 'scheduler', 'validValues'],
    ...['owner', 'notes'],
    ...operators,
  ],
  options: [...Object.keys(logicalTypeOptions.shape), ...unevaluated.options],
};

/** What a contract promises and Assay does not evaluate. */
interface Unevaluated {
  readonly node: Node;
  readonly says: string;
}

interface Misspelt extends ShapeFault {
  readonly meant: string;
}

/** Keys that are most likely written wrong: what they say would be passed over. */
export const misspeltKeys = (object: YAMLMap): Misspelt[] =>
  partsOf(object).flatMap(([part, node]) =>
    keysOf(node).flatMap(({ key, at }) => {
      const meant = isKnown(part, key) ? undefined : nearestOf(key, known[part]);
      if (meant === undefined) return [];
      const fault = `the key "${key}" is not known, so that nothing of it is read; "${meant}" may be meant.`;
      return [{ meant, node: at, fault }];
    }),
  );

const ofPrivacy = [
  'classification',
  'private',
  'customProperties',
  'tags',
  'properties',
  'name',
  'physicalName',
];

/** True where a key by which columns are private may be written wrong: which of them are is not known. */
export const hidesPrivate = (misspelt: readonly Misspelt[]): boolean =>
  misspelt.some(({ meant }) => ofPrivacy.includes(meant));

/** What may promise something about values, and is not evaluated here. */
export const unevaluatedPromises = (object: YAMLMap): Unevaluated[] => [
  ...unevaluatedKeys(object),
  ...propertiesOf(object).flatMap((property): Unevaluated[] => {
    const node = property.getIn(['logicalTypeOptions', 'format'], true);
    if (!isScalar(node) || typeof node.value !== 'string') return [];
    return isUnknownFormat(node.value, String(property.get('logicalType') ?? ''))
      ? [{ node, says: `the format "${node.value}" is not evaluated: Assay does not know it.` }]
      : [];
  }),
];

const unevaluatedKeys = (object: YAMLMap): Unevaluated[] =>
  partsOf(object).flatMap(([part, node]) =>
    keysOf(node).flatMap(({ key, at }) => {
      const isStandard = unevaluated[part].includes(key);
      const isOther = !isKnown(part, key) && part !== 'rule' && part !== 'object';
      if (!isStandard && (!isOther || nearestOf(key, known[part]) !== undefined)) return [];
      const whose = isStandard ? 'Assay does not evaluate it' : 'the standard does not know it';
      return [{ node: at, says: `"${key}" is not evaluated: ${whose}.` }];
    }),
  );

/** What begins with x- is somebody's own, as in OpenAPI. */
const isKnown = (part: Kind, key: string) => known[part].includes(key) || key.startsWith('x-');

type Part = readonly [Kind, YAMLMap];

function partsOf(object: YAMLMap): readonly Part[] {
  const properties = propertiesOf(object);
  return [
    ['object', object],
    ...properties.map((one): Part => ['property', one]),
    ...properties.flatMap((one): Part[] => {
      const options = one.get('logicalTypeOptions', true);
      return isMap(options) ? [['options', options]] : [];
    }),
    ...[object, ...properties].flatMap((holder) =>
      mapsIn(holder.get('quality', true)).map((one): Part => ['rule', one]),
    ),
  ];
}

const keysOf = (node: YAMLMap) =>
  node.items.flatMap(({ key }) => (isScalar(key) ? [{ key: String(key.value), at: key as Node }] : []));

/** The key that another is but for its capitals, its hyphens, or a letter or two. */
function nearestOf(key: string, words: readonly string[]): string | undefined {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const wanted = bare(key);
  const most = wanted.length < 4 ? 0 : wanted.length < 7 ? 1 : 2;
  return (
    words.find((word) => bare(word) === wanted) ??
    words.find((word) => editDistance(bare(word), wanted, most) <= most)
  );
}
