import type { SniffedDialect } from '../../shared/contract/files.ts';
import type { LeftOut } from '../../shared/contract/formats.ts';
import type { ImportedColumn, ImportedTable } from '../../shared/contract/import.ts';
import { leftOutWords } from '../../shared/left-out-words.ts';
import { count, counted } from '../../shared/number-words.ts';
import { toldGuesses } from '../../shared/told-guesses.ts';

/** What somebody should know of an import who did not look at its preview: what is open, and how to say otherwise. */
export function importNotes({
  format,
  open = [],
  leftOut = [],
  dialect,
  columns,
}: ImportedTable): readonly string[] {
  const sniffed = dialect as SniffedDialect | null;
  return [
    ...open.map(({ says, option }) => (option === undefined ? says : `${says}; ${option}`)),
    ...dialectNotes(sniffed),
    ...leftOutNotes(leftOut, format.kind),
    ...columns.flatMap(columnNotes),
  ];
}

/** The option that reads what was left out as rows. */
const asRows: Readonly<Record<LeftOut['kind'], string>> = {
  preamble: '--skip-lines 0 reads from the first line on',
  header: '--header-lines 1 reads what follows the first as rows',
  comment: "--comment '' reads them as rows",
  repeated: '--keep-repeats reads them as rows',
  footer: '--footer-lines 0 reads them as rows',
  otherTable: 'import that file by itself with --skip-lines to load it',
};

const leftOutNotes = (leftOut: readonly LeftOut[], kind: string): readonly string[] =>
  leftOut.map((one) => {
    const inSheet = kind === 'excel' && one.kind === 'preamble';
    return `${leftOutWords(one)}; ${inSheet ? '--range A1 reads from the first row on' : asRows[one.kind]}`;
  });

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
  const doubts = (dialect ? toldGuesses(dialect) : []).flatMap(([part, guess]) => {
    const option = options[part];
    if (!option) return [];
    return [
      `${part}, ${Math.round(guess.confidence * 100)} % sure: ${guess.evidence}; ${option} ${part === 'footerLines' ? 'leaves it out' : 'says otherwise'}`,
    ];
  });
  return [...tables, ...doubts];
}

function columnNotes(column: ImportedColumn): readonly string[] {
  const {
    name,
    type,
    nulled = 0,
    readAsNull = [],
    nullMarkers = [],
    readings = [],
    offers = [],
    zerosLost = 0,
  } = column;
  const read = readAsNull.map(({ marker, cells }) => `${marker} (${counted(cells, 'cell')})`).join(', ');
  const asked = readings.map(({ format, says }) => `--read '${name}=${format}' for ${says}`).join(', ');
  return [
    ...(nulled > 0
      ? [`${name}: ${counted(nulled, 'cell')} that ${nulled === 1 ? 'does' : 'do'} not fit became null`]
      : []),
    ...(read
      ? [
          `${name}: proposed and read as no value, because no ${type} is written so: ${read}; --null '${name}=' keeps it`,
        ]
      : []),
    ...(zerosLost > 0
      ? [
          `${name}: ${counted(zerosLost, 'cell')} such as 0007 lost a leading zero or plus, because the type is ${type}`,
        ]
      : []),
    ...offers
      .filter((offer) => offer.type !== type)
      .map((offer) => `${name}: ${offer.evidence}; --type '${name}=${offer.type}' makes it that`),
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
