import type { LeftOut } from '../../../../shared/contract/formats.ts';
import { inFile, type Placed } from '../encoding/decoded-places.ts';
import { FirstRecords, mostTold } from './first-records.ts';
import { readRecords } from './read-records.ts';
import type { Survey } from './survey.ts';

const longest = 80;
/** What columns are about, as the questions of a survey, is kept with the import. */
const longestHeader = 2000;

/** What is asked besides the survey: what a person said need not be told. */
export interface Known {
  /** Records above the table that are of other tables, which are told by themselves. */
  readonly above: number;
  readonly skipChosen: boolean;
  readonly headerChosen: boolean;
}

/** What was found to be no rows, by kind, with the first texts of each. */
export async function leftOutOf(survey: Survey, known: Known): Promise<readonly LeftOut[]> {
  const { layout, skipped, header, aside, repeats } = survey;
  const told = async (kind: LeftOut['kind'], records: number, found: readonly Placed[]) =>
    records > 0 && found.length > 0 ? [{ kind, records, texts: await textsOf(found, survey) }] : [];
  const lines = header.slice(1).map(({ text }) => ({ line: 0, raw: text }));
  const footer = layout.footerLines === undefined ? skipped.footer : 0;
  return [
    ...(await told('preamble', known.skipChosen ? 0 : skipped.preamble - known.above, aside.of('preamble'))),
    ...(known.headerChosen || lines.length === 0
      ? []
      : [
          {
            kind: 'header' as const,
            records: lines.length,
            texts: lines.map(({ raw }) => shortened(raw, longestHeader)),
          },
        ]),
    ...(await told('comment', skipped.comment, aside.of('comment'))),
    ...(await told('repeated', repeats, aside.of('repeated'))),
    ...(await told('footer', footer, footer > 0 ? await footerOf(survey) : [])),
  ];
}

async function textsOf(found: readonly Placed[], { layout }: Survey): Promise<string[]> {
  return (await inFile(found, layout.places)).map(({ raw }) => shortened(raw));
}

/** A record's text as it is told. */
export function shortened(raw: string, most = longest): string {
  const text = raw.trim();
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The first records behind the rows that were found to be none of them. */
async function footerOf({ layout, skipped, endLine }: Survey): Promise<readonly Placed[]> {
  if (endLine === undefined) return [];
  const { path, writing, upTo } = layout;
  const aside = new FirstRecords();
  await readRecords({ path, writing, from: { offset: upTo, line: endLine } }, (record) => {
    aside.note('footer', record);
    return aside.of('footer').length < Math.min(mostTold, skipped.footer);
  });
  return aside.of('footer');
}
