import type { OpenNote } from '../../../../../shared/contract/formats.ts';
import { usualEncodings } from '../../../../../shared/encodings.ts';
import { counted } from '../../../../../shared/number-words.ts';
import { unsure } from '../../../../../shared/told-guesses.ts';
import { isUtf8Name } from '../../encoding/decode.ts';
import type { Text } from '../../encoding/text.ts';
import type { ReadTable } from '../../table/define-format.ts';
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
  readonly text: Pick<Text, 'encoding' | 'found'>;
}

/** What became of its values that is told. */
export interface JsonOutcome {
  /** Lists and objects in which NaN or Infinity became a text. */
  readonly notFiniteInside: number;
}

const written: Readonly<Record<Sequence, string>> = {
  lines: 'JSON lines: an object on every line',
  values: 'JSON objects one after another',
  array: 'One JSON list; its elements are the rows',
};

/** What is said of a JSON file, and what can be chosen of it. */
export function jsonFormat(
  { sequence, flat, lists, within, text }: JsonReading,
  { notFiniteInside }: JsonOutcome,
): ReadTable['format'] {
  const nested = flat ? 'nested objects become a column for each member' : 'nested objects are kept as JSON';
  const open = [
    ...encodingNotes(text),
    ...(within ? [] : listNotes(lists)),
    ...notFiniteNotes(notFiniteInside),
  ];
  return {
    confidence: text.found.chosen || isUtf8Name(text.encoding) ? 1 : text.found.confidence,
    evidence: `${within ? insideWords(within.path) : written[sequence]}; ${nested}${within ? '' : proposal(lists)}${isUtf8Name(text.encoding) ? '' : `; ${text.found.evidence}`}`,
    ...(open.length > 0 ? { open } : {}),
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
      encodingSetting(text.encoding),
    ],
  };
}

const listNotes = ([list]: readonly string[]): readonly OpenNote[] =>
  list === undefined
    ? []
    : [
        {
          says: `the object is one row; the list “${list}” in it may be what holds the rows`,
          option: `--rows '${list}' loads its elements`,
        },
      ];

/** JSON is UTF-8: what is not was guessed, and somebody has to look at it. */
const encodingNotes = ({ encoding, found }: JsonReading['text']): readonly OpenNote[] =>
  found.chosen || isUtf8Name(encoding) || found.confidence > unsure
    ? []
    : [
        {
          says: `encoding, ${Math.round(found.confidence * 100)} % sure: ${found.evidence}`,
          option: '--encoding says otherwise',
        },
      ];

const notFiniteNotes = (cells: number): readonly OpenNote[] =>
  cells === 0
    ? []
    : [
        {
          says: `NaN or Infinity stands inside ${counted(cells, 'list or object', 'lists or objects')}: JSON has no such number, so it is kept there as a text`,
        },
      ];

const encodingSetting = (encoding: string) => ({
  key: 'encoding',
  label: 'Encoding',
  help: 'How the characters of the file are written as bytes. JSON should be UTF-8.',
  value: encoding,
  options: usualEncodings.map((value) => ({ value, label: value })),
  free: true,
});

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
