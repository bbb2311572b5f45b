import { join } from 'node:path';
import { refuseTooWide } from '../columns.ts';
import { defineFormat, type ReadRequest, type Surroundings } from '../define-format.ts';
import type { Counts, FileTable } from '../file-table.ts';
import { locateRecords } from '../locate.ts';
import { type Sniffed, sniffDialect } from '../sniff.ts';
import type { Source } from '../source.ts';
import { splitRecord } from '../split-record.ts';
import { type Layout, type Survey, surveyFile } from '../survey.ts';
import { openText, type Text } from '../text.ts';
import { plainReading, type Reading, readCsv, tidyFile } from '../tidy.ts';
import { writingOf } from '../writing.ts';

export default defineFormat({
  title: 'Delimited text',
  extensions: ['csv', 'tsv', 'tab', 'txt', 'psv', 'dat'],
  // Any text may be delimited: whatever no other format claims.
  recognises: () => 0.1,
  read: readDelimited,
});

async function readDelimited(source: Source, request: ReadRequest, around: Surroundings): Promise<FileTable> {
  const { dialect = {}, upTo } = request;
  const { signal, scratch, onBad } = around;
  const copy = join(scratch, 'decoded.csv');
  const text = await openText(source, {
    encoding: dialect.encoding,
    copy,
    signal,
    ...(upTo ? { upTo } : {}),
  });
  const ahead = around.ahead?.delimited;
  const sniffed = ahead?.sniffed ?? (await sniffDialect(text, dialect, signal));
  refuseTooWide(sniffed.width, source.name);
  const layout = layoutOf(text, sniffed, request.allText);
  const onBytes = (done: number) =>
    around.progress?.({
      title: `Reading ${source.name}`,
      done,
      total: Math.min(text.bytes, text.upTo),
      unit: 'bytes',
    });
  if (ahead?.survey.plain) {
    around.onGuess?.(
      tableOf(sniffed, layout, ahead.survey, plainReading(layout, sniffed.marks, ahead.survey)),
    );
  }
  const survey = await surveyFile(layout, { signal, onBytes, passenger: around.passenger });
  const slowly = async () => {
    const to = join(scratch, 'sound.csv');
    const reading = await tidyFile(layout, sniffed.marks, survey, { to, signal, onBad });
    return tableOf(sniffed, layout, survey, reading);
  };
  if (!survey.plain || layout.upTo !== Number.POSITIVE_INFINITY) return slowly();
  return { ...tableOf(sniffed, layout, survey, plainReading(layout, sniffed.marks, survey)), slowly };
}

function layoutOf(text: Text, sniffed: Sniffed, keepBlank: boolean): Layout {
  const { path, mark, upTo } = text;
  const { header, skipLines } = sniffed.dialect;
  const writing = writingOf(sniffed.marks, sniffed.carriageReturn);
  return { path, mark, upTo, writing, skipLines, header, width: sniffed.width, keepBlank };
}

function tableOf(sniffed: Sniffed, layout: Layout, survey: Survey, reading: Reading): FileTable {
  const { dialect } = sniffed;
  const { confidence, evidence } = dialect;
  return {
    format: { kind: 'delimited', title: 'Delimited text', confidence, evidence, settings: [] },
    dialect,
    names: headerNames(survey, sniffed),
    known: [],
    relation: { rows: readCsv(reading), width: reading.width },
    counts: countsOf(survey),
    delimited: { sniffed, survey },
    complete: layout.upTo === Number.POSITIVE_INFINITY,
    locate: (ordinals) => locateRecords(layout, survey, ordinals),
  };
}

function countsOf({ physical, good, bad, header, blank, preamble }: Survey): Counts {
  return { physical, good, bad, skippedBy: { header, blank, preamble } };
}

/** The names in the header, filled up to the width of the rows. */
function headerNames({ headerText, header }: Survey, { marks, width }: Sniffed): string[] {
  const names = header > 0 ? splitRecord(headerText, marks).map(({ text }) => text) : [];
  return Array.from({ length: width }, (_, at) => names[at] ?? '');
}
