import type { SniffedDialect } from '../../shared/contract/files.ts';
import type { ImportedColumn, ImportedTable } from '../../shared/contract/import.ts';
import { count, counted } from '../../shared/number-words.ts';

/** Guesses below are told: somebody has to look at them. */
const unsure = 0.6;

/** What somebody should know of an import who did not look at its preview: what is open, and how to say otherwise. */
export function importNotes({ account, open = [], dialect, columns }: ImportedTable): readonly string[] {
  const sniffed = dialect as SniffedDialect | null;
  return [
    ...open,
    ...dialectNotes(sniffed),
    ...commentNotes(sniffed, account),
    ...footerNotes(sniffed, account),
    ...columns.flatMap(columnNotes),
  ];
}

function commentNotes(
  dialect: SniffedDialect | null,
  { skippedBy: { comment = 0 } }: ImportedTable['account'],
): readonly string[] {
  if (comment === 0 || dialect?.guesses?.comment?.chosen) return [];
  return [
    `${counted(comment, 'line')} beginning with ${dialect?.comment} ${comment === 1 ? 'is a remark' : 'are remarks'} and not loaded; --comment '' reads them as rows`,
  ];
}

const options: Readonly<Record<string, string>> = {
  encoding: '--encoding',
  delimiter: '--delimiter',
  quote: '--quote',
  escape: '--escape',
  header: '--no-header or --header-lines',
  skipLines: '--skip-lines',
  comment: '--comment',
  footerLines: '--footer-lines 1',
  spelling: '--spelling plain or another',
};

function dialectNotes(dialect: SniffedDialect | null): readonly string[] {
  const tables = (dialect?.otherTables ?? []).map(
    ({ line, columns, records, loaded }) =>
      `from line ${count(line)} on the file holds another table, ${count(records)} records of ${count(columns)} columns${loaded ? ', which are loaded as rows of this one' : ''}; --skip-lines ${line - 1} loads that one instead`,
  );
  const doubts = Object.entries(dialect?.guesses ?? {}).flatMap(([part, guess]) => {
    const option = options[part];
    if (!guess || !option || guess.chosen || guess.confidence > unsure) return [];
    return [
      `${part}, ${Math.round(guess.confidence * 100)} % sure: ${guess.evidence}; ${option} ${part === 'footerLines' ? 'leaves it out' : 'says otherwise'}`,
    ];
  });
  return [...tables, ...doubts];
}

function footerNotes(
  dialect: SniffedDialect | null,
  { skippedBy: { footer = 0 } }: ImportedTable['account'],
): readonly string[] {
  const { footer: texts = [] } = dialect ?? {};
  if (texts.length === 0) return [];
  const shown = texts.map((text) => `“${text}”`).join(', ');
  return [
    `${counted(footer, 'record')} behind the rows ${footer === 1 ? 'is' : 'are'} not loaded: ${shown}${footer > texts.length ? ' …' : ''}; --footer-lines 0 reads them as rows`,
  ];
}

function columnNotes(column: ImportedColumn): readonly string[] {
  const { name, type, nulled = 0, readAsNull = [], nullMarkers = [], readings = [], zerosLost = 0 } = column;
  const read = readAsNull.map(({ marker, cells }) => `${marker} (${counted(cells, 'cell')})`).join(', ');
  const asked = readings.map(({ format, says }) => `--read '${name}=${format}' for ${says}`).join(', ');
  return [
    ...(nulled > 0 ? [`${name}: ${count(nulled)} cells that do not fit became null`] : []),
    ...(read
      ? [`${name}: read as no value, because no ${type} is written so: ${read}; --null '${name}=' keeps it`]
      : []),
    ...(zerosLost > 0
      ? [
          `${name}: ${counted(zerosLost, 'cell')} such as 0007 lost a leading zero or plus, because the type is ${type}`,
        ]
      : []),
    ...nullMarkers.map(
      ({ marker, evidence }) => `${name}: ${evidence}; --null '${name}=${marker}' reads it as no value`,
    ),
    ...(asked
      ? [
          type === 'text'
            ? `${name}: stayed text, because it can be read in several ways: ${asked}`
            : `${name}: read in one of several ways, between which nothing in the file decides: ${asked}`,
        ]
      : []),
  ];
}
