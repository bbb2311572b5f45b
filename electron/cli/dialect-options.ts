import type { Command } from 'commander';
import { type Dialect, type DialectOverride, dialect } from '../../shared/contract/files.ts';
import { problem } from '../../shared/problem.ts';

/** What can be said of how a delimited file is written. */
export interface DialectOptions {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly encoding?: string;
  readonly header: boolean;
  readonly skipLines?: string;
  readonly escape?: string;
  readonly comment?: string;
  readonly decimal?: string;
  readonly spelling?: string;
  readonly headerLines?: string;
  readonly footerLines?: string;
  readonly keepRepeats?: boolean;
}

const spelling = dialect.shape.spelling.unwrap();
const spellings = spelling.options.join(', ');

/** How a delimited file is written, instead of what is found out. */
export const dialectOptions = (command: Command): Command =>
  command
    .option('--delimiter <characters>', 'instead of the one found; \\t for a tab')
    .option('--quote <character>', 'instead of the one found; empty for none')
    .option('--encoding <name>', 'instead of the one found: utf-8, utf-16le, latin-1 …')
    .option(
      '--escape <character>',
      'what stands before a quote inside quotes; the quote itself where it is doubled',
    )
    .option('--skip-lines <count>', 'lines before the header or the first row')
    .option('--header-lines <count>', 'records that name the columns')
    .option('--footer-lines <count>', 'records at the end that are no rows')
    .option('--keep-repeats', 'records that repeat the header are rows')
    .option('--comment <characters>', 'what a line begins with that is a remark; empty for none')
    .option('--decimal <mark>', 'what stands before decimals: . or ,')
    .option('--spelling <how>', `how cells are told apart, instead of what is found out: ${spellings}`)
    .option('--no-header', 'the first line is a row');

/** How a file is written, as far as it was said. */
export function dialectOf(options: DialectOptions): DialectOverride {
  const { delimiter, quote, encoding, header, skipLines, escape: escaping, comment, decimal } = options;
  if (delimiter === '')
    throw problem('bad_input', '--delimiter is empty.', {
      hint: 'Give the characters between two cells, for example ";".',
    });
  return {
    ...(escaping === undefined ? {} : { escape: escaping }),
    ...(comment === undefined ? {} : { comment }),
    ...(decimal === undefined ? {} : { decimal: decimal === ',' ? ',' : '.' }),
    ...(options.spelling === undefined ? {} : { spelling: spellingOf(options.spelling) }),
    ...(options.keepRepeats ? { keepRepeats: true } : {}),
    ...(options.headerLines === undefined
      ? {}
      : { headerLines: countOf('--header-lines', options.headerLines) }),
    ...(options.footerLines === undefined
      ? {}
      : { footerLines: countOf('--footer-lines', options.footerLines) }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\\t' ? '\t' : delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(skipLines === undefined ? {} : { skipLines: countOf('--skip-lines', skipLines) }),
    ...(header ? {} : { header }),
  };
}

function spellingOf(written: string): Dialect['spelling'] {
  const known = spelling.safeParse(written);
  if (known.success) return known.data;
  throw problem('bad_input', `--spelling ${written} is not known.`, {
    hint: `Use one of: ${spellings}.`,
  });
}

function countOf(option: string, written: string): number {
  if (/^\d{1,9}$/.test(written)) return Number(written);
  throw problem('bad_input', `${option} is "${written}".`, { hint: 'Give a whole number, 0 or more.' });
}
