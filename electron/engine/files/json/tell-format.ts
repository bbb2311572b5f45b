import type { ReadTable } from '../define-format.ts';
import type { FoundList } from './lists.ts';
import type { Sequence } from './split-values.ts';

/** How a JSON file is read. */
export interface JsonReading {
  readonly sequence: Sequence;
  /** Objects inside objects become columns. */
  readonly flat: boolean;
  /** Lists inside the one object of the file, which may be what holds the rows. */
  readonly lists: readonly string[];
  /** The one of them that was chosen. */
  readonly within?: FoundList | undefined;
}

const written: Readonly<Record<Sequence, string>> = {
  lines: 'JSON lines: an object on every line',
  values: 'JSON objects one after another',
  array: 'One JSON list; its elements are the rows',
};

/** What is said of a JSON file, and what can be chosen of it. */
export function jsonFormat({ sequence, flat, lists, within }: JsonReading): ReadTable['format'] {
  const nested = flat ? 'nested objects become a column for each member' : 'nested objects are kept as JSON';
  return {
    confidence: 1,
    evidence: `${within ? insideWords(within.path) : written[sequence]}; ${nested}${within ? '' : proposal(lists)}`,
    ...(within || lists.length === 0
      ? {}
      : {
          open: [
            {
              says: `the object is one row; the list “${lists[0]}” in it may be what holds the rows`,
              option: `--rows '${lists[0]}' loads its elements`,
            },
          ],
        }),
    settings: [
      ...(lists.length > 0 || within ? [rowsSetting(lists, within?.path)] : []),
      {
        key: 'nested',
        label: 'Nested objects',
        help: 'Objects inside objects become columns such as address.city, or stay one column of JSON. Lists always stay JSON.',
        value: flat ? 'flatten' : 'keep',
        options: [
          { value: 'flatten', label: 'a column each' },
          { value: 'keep', label: 'keep as JSON' },
        ],
      },
    ],
  };
}

const insideWords = (path: string) =>
  `The elements of the list “${path}” are the rows; other members of the object are not loaded`;

const proposal = (lists: readonly string[]) =>
  lists.length === 0 ? '' : `; the list “${lists[0]}” in it may be what holds the rows: choose it under Rows`;

const rowsSetting = (lists: readonly string[], chosen = '') => ({
  key: 'rows',
  label: 'Rows',
  help: 'What the rows are: the object as a whole, or the elements of a list in it.',
  value: chosen,
  options: [
    { value: '', label: 'the object, as one row' },
    ...[...new Set([...lists, ...(chosen ? [chosen] : [])])].map((path) => ({
      value: path,
      label: `elements of ${path}`,
    })),
  ],
});
