import type { SniffedDialect } from '../../shared/contract/files.ts';
import type { ImportedColumn, ImportedTable } from '../../shared/contract/import.ts';
import { count, counted } from '../../shared/number-words.ts';

/** Guesses below are told: somebody has to look at them. */
const unsure = 0.6;

/** What somebody should know of an import who did not look at its preview: what is open, and how to say otherwise. */
export function importNotes({ dialect, columns }: ImportedTable): readonly string[] {
  return [...dialectNotes(dialect as SniffedDialect | null), ...columns.flatMap(columnNotes)];
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
};

function dialectNotes(dialect: SniffedDialect | null): readonly string[] {
  const tables = (dialect?.otherTables ?? []).map(
    ({ line, columns, records }) =>
      `from line ${count(line)} on the file holds another table, ${count(records)} records of ${count(columns)} columns; --skip-lines ${line - 1} loads that one instead`,
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

function columnNotes(column: ImportedColumn): readonly string[] {
  const { name, type, nulled = 0, readAsNull = [], nullMarkers = [], readings = [] } = column;
  const read = readAsNull.map(({ marker, cells }) => `${marker} (${counted(cells, 'cell')})`).join(', ');
  const asked = readings.map(({ format, says }) => `--read '${name}=${format}' for ${says}`).join(', ');
  return [
    ...(nulled > 0 ? [`${name}: ${count(nulled)} cells that do not fit became null`] : []),
    ...(read
      ? [`${name}: read as no value, because no ${type} is written so: ${read}; --null '${name}=' keeps it`]
      : []),
    ...nullMarkers.map(
      ({ marker, evidence }) => `${name}: ${evidence}; --null '${name}=${marker}' reads it as no value`,
    ),
    ...(asked ? [`${name}: stayed text, because it can be read in several ways: ${asked}`] : []),
  ];
}
