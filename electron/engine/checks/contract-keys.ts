import { isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import { editDistance } from '../../../shared/edit-distance.ts';
import { mapsIn, propertiesOf } from './contract-document.ts';
import type { ShapeFault } from './contract-faults.ts';
import { operators } from './library-metric.ts';
import { isUnknownFormat } from './logical-type-rules.ts';

const everywhere = [
  ...['id', 'name', 'description', 'tags', 'customProperties', 'authoritativeDefinitions'],
  ...['relationships', 'quality', 'businessName', 'physicalName', 'physicalType', 'logicalType'],
];

/** The keys that the standard gives to each part of a contract, and those of ours beside them. */
const known = {
  object: [...everywhere, 'properties', 'dataGranularityDescription'],
  property: [
    ...everywhere,
    ...[
      'primaryKey',
      'primaryKeyPosition',
      'required',
      'unique',
      'logicalTypeOptions',
      'items',
      'properties',
    ],
    ...['partitioned', 'partitionKeyPosition', 'classification', 'encryptedName', 'criticalDataElement'],
    ...['transformSourceObjects', 'transformLogic', 'transformDescription', 'examples', 'private'],
  ],
  rule: [
    ...['id', 'name', 'description', 'tags', 'customProperties', 'authoritativeDefinitions', 'type'],
    ...['metric', 'rule', 'arguments', 'unit', 'dimension', 'method', 'businessImpact', 'severity', 'query'],
    ...['dialect', 'engine', 'implementation', 'schedule', 'scheduler', 'validValues', 'owner', 'notes'],
    ...operators,
  ],
  options: [
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ...['minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems'],
    ...['minProperties', 'maxProperties', 'required', 'timezone', 'defaultTimezone'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What the standard says of values by these, and Assay does not evaluate. */
const unevaluated: Readonly<Record<keyof typeof known, readonly string[]>> = {
  object: [],
  property: ['items', 'properties'],
  rule: [],
  options: [
    ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required'],
    ...['timezone', 'defaultTimezone'],
  ],
};

/** What a contract promises and Assay does not evaluate. */
interface Unevaluated {
  readonly node: Node;
  readonly says: string;
}

/** Keys that are most likely written wrong: what they say would be passed over. */
export const misspeltKeys = (object: YAMLMap): (ShapeFault & { readonly meant: string })[] =>
  partsOf(object).flatMap(([part, node]) =>
    keysOf(node).flatMap(({ key, at }) => {
      // What begins with x- is somebody's own, as in OpenAPI.
      const meant = isKnown(part, key) || key.startsWith('x-') ? undefined : nearestOf(key, known[part]);
      return meant === undefined
        ? []
        : [
            {
              meant,
              node: at,
              fault: `the key "${key}" is not known, so that nothing of it is read; "${meant}" may be meant.`,
            },
          ];
    }),
  );

/** True where a key by which columns are private may be written wrong: which of them are is not known. */
export const hidesPrivate = (object: YAMLMap): boolean =>
  misspeltKeys(object).some(({ meant }) =>
    ['classification', 'private', 'customProperties', 'tags', 'properties', 'name', 'physicalName'].includes(
      meant,
    ),
  );

/** What may promise something about values, and is not evaluated here. */
export const unevaluatedPromises = (object: YAMLMap): Unevaluated[] => [
  ...unevaluatedKeys(object),
  ...propertiesOf(object).flatMap((property): Unevaluated[] => {
    const node = property.getIn(['logicalTypeOptions', 'format'], true);
    const [format, type] = [
      isScalar(node) ? node.value : undefined,
      String(property.get('logicalType') ?? ''),
    ];
    return isScalar(node) && typeof format === 'string' && isUnknownFormat(format, type)
      ? [{ node, says: `the format "${format}" is not evaluated: Assay does not know it.` }]
      : [];
  }),
];

const unevaluatedKeys = (object: YAMLMap): Unevaluated[] =>
  partsOf(object).flatMap(([part, node]) =>
    keysOf(node).flatMap(({ key, at }) => {
      const isStandard = (unevaluated[part] as readonly string[]).includes(key);
      const isOther = !isKnown(part, key) && !key.startsWith('x-') && part !== 'rule' && part !== 'object';
      if (!isStandard && (!isOther || nearestOf(key, known[part]) !== undefined)) return [];
      const whose = isStandard ? 'Assay does not evaluate it' : 'the standard does not know it';
      return [{ node: at, says: `"${key}" is not evaluated: ${whose}.` }];
    }),
  );

const isKnown = (part: keyof typeof known, key: string) => (known[part] as readonly string[]).includes(key);

type Part = readonly [keyof typeof known, YAMLMap];

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
