import { join } from 'node:path';
import type { Guess } from '../../../../shared/contract/files.ts';
import type { LeftOut } from '../../../../shared/contract/formats.ts';
import { problem } from '../../../../shared/problem.ts';
import { CellSorter } from '../binary/sort-cells.ts';
import { type Sniffed, sniffDialect } from '../dialect/sniff.ts';
import { type EncodingGuess, guessEncoding, isWestern } from '../encoding/guess-encoding.ts';
import { hasUtf8Lines } from '../encoding/line-decoder.ts';
import { openText, type Text } from '../encoding/text.ts';
import { joinNames } from '../header/header-names.ts';
import { leftOutOf } from '../records/left-out.ts';
import { locateRecords } from '../records/locate.ts';
import { offerFooter } from '../records/offer-footer.ts';
import type { Layout } from '../records/record-kinds.ts';
import { splitRecord } from '../records/split-record.ts';
import { type Survey, surveyFile } from '../records/survey.ts';
import { plainReading, type Reading, readCsv, tidyFile } from '../records/tidy.ts';
import { writingOf } from '../records/writing.ts';
import type { Source } from '../source/source.ts';
import { respelled } from '../spelling/respelled-text.ts';
import { defineFormat, type ReadRequest, type ReadTable, type Surroundings } from '../table/define-format.ts';
import type { Counts } from '../table/file-table.ts';
import { refuseTooWide } from '../types/columns.ts';

export default defineFormat({
  title: 'Delimited text',
  // Any text may be delimited: whatever no other format claims.
  recognises: () => 0.1,
  read: (source, request, around) => readDelimited(source, request, around),
});

/** The text of a file and how it is written; `late`: what records far into the file tell of its encoding. */
async function openSniffed(
  source: Source,
  { dialect = {}, upTo, allText }: ReadRequest,
  { signal, scratch, ahead }: Surroundings,
  late: EncodingGuess | undefined,
) {
  const { encoding } = dialect;
  const copy = join(scratch, 'decoded.csv');
  const opened = await openText(source, { encoding, late, copy, signal, ...(upTo ? { upTo } : {}) });
  const to = join(scratch, 'respelled.csv');
  const { text, spelling } = await respelled(opened, { said: dialect, allText, to, signal });
  const sniffed = ahead?.delimited?.sniffed ?? (await sniffDialect(text, dialect, { signal, spelling }));
  return { text, sniffed };
}

async function readDelimited(
  source: Source,
  request: ReadRequest,
  around: Surroundings,
  late?: EncodingGuess,
): Promise<ReadTable> {
  const { signal, scratch, onBad } = around;
  const { text, sniffed } = await openSniffed(source, request, around, late);
  refuseTooWide(sniffed.width, source.name);
  const asked = layoutOf(text, sniffed, request);
  const onBytes = (done: number) =>
    around.progress?.({
      title: `Reading ${source.name}`,
      done,
      total: Math.min(text.bytes, text.upTo),
      unit: 'bytes',
    });
  const passenger = around.passenger ?? new CellSorter(sniffed.marks, sniffed.width);
  const survey = await surveyFile(asked, { signal, onBytes, passenger });
  const other = text.ascii && survey.foreign.length > 0 ? await guessLate(source, survey) : undefined;
  if (other) return readDelimited(source, request, { ...around, ...anew }, other);
  const { layout } = survey;
  const counted = passenger.counted();
  const complete = asked.upTo === Number.POSITIVE_INFINITY;
  if (complete) refuseBlank(survey, source);
  const offer = complete ? await offerFooter(survey, sniffed.marks) : undefined;
  const ending = { complete, offer, leftOut: await leftOutOf(survey, knownOf(sniffed)) };
  const tableOf = (reading: Reading) => asTable(sniffed, survey, reading, ending);
  const slowly = async () => {
    const to = join(scratch, 'sound.csv');
    const reading = await tidyFile(layout, sniffed.marks, survey, { to, signal, onBad });
    return { ...tableOf(reading), counted };
  };
  const all = counted?.counts.size === layout.width;
  const reading = plainReading(layout, sniffed.marks, survey);
  if (around.glance && all) return { ...tableOf(reading), counted: { misfits: [], ...counted }, slowly };
  // Where all is known of the cells, the rows need not be read once more.
  const known = all && counted.misfits !== undefined;
  if (!complete || (!survey.plain && !known)) return slowly();
  return { ...tableOf(reading), counted, slowly };
}

/** Control characters, and what is left of bytes that are no character. */
const noName = /[^\P{Cc}\s]|\ufffd/u;

/** A file of nothing but blank lines, or of a few bytes that are no text, would become a table that holds nothing. */
function refuseBlank({ layout, good, bad, skipped, header }: Survey, { name, path }: Source): void {
  const delimiter = Buffer.from(layout.writing.delimiter).toString();
  const named = header.some(({ text }) => !noName.test(text.replaceAll(delimiter, '')));
  const names = named ? skipped.header : 0;
  if (good + bad + names + skipped.otherTable > 0) return;
  throw problem('bad_input', `${name} holds neither rows nor names of columns: there is nothing to import.`, {
    hint: 'Look at it in a text editor, or export it again.',
    at: { file: path },
  });
}

/** What went along with the first look at the records does not go along with the second. */
const anew = { ahead: undefined, passenger: undefined };

/** Only records far into the file show how it is encoded; where others of them are UTF-8, it is not that these are in. */
async function guessLate({ path }: Source, { foreign }: Survey): Promise<EncodingGuess | undefined> {
  const guess = guessEncoding(foreign);
  if (isWestern(guess.encoding) && guess.spells) return guess;
  return (await hasUtf8Lines(path)) ? undefined : guess;
}

function layoutOf(text: Text, sniffed: Sniffed, { dialect = {}, allText }: ReadRequest): Layout {
  const { marks, comment, width, headerLines, unlikeFirst } = sniffed;
  return {
    path: text.path,
    places: text.places,
    mark: text.mark,
    upTo: text.upTo,
    writing: writingOf(marks, comment, width),
    skipLines: sniffed.dialect.skipLines,
    headerLines,
    width,
    keepBlank: allText,
    footerLines: dialect.footerLines,
    keepRepeats: dialect.keepRepeats,
    unlikeFirst,
  };
}

interface Ending {
  readonly complete: boolean;
  /** A last row that may be none. */
  readonly offer: Guess | undefined;
  /** What are no rows. */
  readonly leftOut: readonly LeftOut[];
}

const knownOf = ({ tablesAbove, dialect: { guesses = {} } }: Sniffed) => ({
  above: tablesAbove.reduce((sum, { records }) => sum + records, 0),
  skipChosen: guesses.skipLines?.chosen === true,
  headerChosen: guesses.headerLines?.chosen === true,
});

function asTable(sniffed: Sniffed, survey: Survey, reading: Reading, ending: Ending): ReadTable {
  const { complete, offer, leftOut } = ending;
  const { lineEnds: newline } = survey;
  const otherTables = [...sniffed.tablesAbove, ...sniffed.tablesBelow, ...survey.otherTables];
  const guesses = { ...sniffed.dialect.guesses, ...(offer ? { footerLines: offer } : {}) };
  const dialect = {
    ...sniffed.dialect,
    guesses,
    newline,
    ...(otherTables.length > 0 ? { otherTables } : {}),
  };
  const { confidence, evidence } = dialect;
  return {
    format: { confidence, evidence, settings: [], ...(leftOut.length > 0 ? { leftOut } : {}) },
    dialect,
    names: sniffed.names ? [...sniffed.names] : headerNames(survey, sniffed),
    known: [],
    relation: { rows: readCsv(reading), width: reading.width },
    counts: countsOf(survey, sniffed),
    delimited: { sniffed, survey },
    complete,
    locate: (ordinals) => locateRecords(survey.layout, survey, ordinals),
  };
}

function countsOf({ physical, good, bad, skipped }: Survey, { tablesAbove }: Sniffed): Counts {
  const above = tablesAbove.reduce((sum, { records }) => sum + records, 0);
  const { header, blank, preamble: before, ...others } = skipped;
  const preamble = before - above;
  const finer = { ...others, otherTable: others.otherTable + above };
  const found = Object.fromEntries(Object.entries(finer).filter(([, records]) => records > 0));
  return { physical, good, bad, skippedBy: { header, blank, preamble, ...found } };
}

/** The names in the header, filled up to the width of the rows; of several header lines, one below the other. */
function headerNames({ header }: Survey, { marks, width }: Sniffed): string[] {
  const lines = header.map(({ text, mend }) => {
    const names = splitRecord(text, marks, mend).map((cell) => cell.text.replaceAll('\0', '\ufffd'));
    const named = names.filter((name) => name.trim() !== '');
    return names.length > width && named.length === width ? named : names;
  });
  return joinNames(lines, width);
}
