import { resolve } from 'node:path';
import { count } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';

interface ExportOptions {
  readonly format?: string;
  readonly split?: string;
  readonly near?: string;
  readonly withPrivate?: boolean;
}

const formats = ['jsonl', 'parquet', 'csv', 'arrow'] as const;
function formatOf(written: string | undefined) {
  const found = formats.find((format) => format === (written ?? 'jsonl'));
  if (found) return found;
  throw problem('bad_input', `There is no format "${written}".`, { hint: `Formats: ${formats.join(', ')}.` });
}

function sharesOf(written = '80:10:10') {
  const given = written.split(':').map(Number);
  const sum = given.reduce((total, part) => total + part, 0);
  const [train, validation, test] = given.map((part) => part / sum);
  const fits = given.length === 3 && given.every((part) => part >= 0) && sum > 0;
  if (fits && train !== undefined && validation !== undefined && test !== undefined)
    return { train, validation, test };
  throw problem('bad_input', `--split is "${written}".`, {
    hint: 'Give three numbers: train, validation and test, for example 80:10:10.',
  });
}

function nearOf(written = '0.95') {
  const near = Number(written);
  if (near >= 0.5 && near <= 1) return near;
  throw problem('bad_input', `--near is "${written}".`, { hint: 'Give a cosine similarity from 0.5 to 1.' });
}

export default defineCommand<ExportOptions>({
  usage: 'export-collection <dir> [collection]',
  summary: 'writes a collection with vectors and sources into a folder, split for training',
  json: '{ file, rows, groups, split: { train, validation, test }, private }; documents that belong together count once in groups; private: columns whose values are in the file although they are private, which is refused without --with-private',
  order: 81,
  configure: (command) =>
    command
      .option('--format <format>', 'jsonl (the default), parquet, csv or arrow')
      .option('--split <t:v:t>', 'shares of train, validation and test; default 80:10:10')
      .option('--near <n>', 'from this cosine similarity on, two documents stay on one side; default 0.95')
      .option('--with-private', 'write the values of private columns, too'),
  async run({ args: [dir, collection], options, engine, long }) {
    if (!dir) throw problem('bad_input', 'No folder was named.', { hint: 'assay export-collection DIR' });
    const request = {
      folder: resolve(dir),
      format: formatOf(options.format),
      shares: sharesOf(options.split),
      near: nearOf(options.near),
      withPrivate: options.withPrivate ?? false,
      ...(collection === undefined ? {} : { collection }),
    };
    const json = await (await engine()).search.exportCollection(request, long);
    const { file, rows, groups, split, private: shy } = json;
    const note = shy.length > 0 ? `Private columns are in it: ${shy.join(', ')}.\n` : '';
    const parts = Object.entries(split).map(([part, n]) => `${part} ${count(n)}`);
    return {
      json,
      text: `${count(rows)} documents in ${count(groups)} groups: ${parts.join(', ')}; in ${file}\n${note}`,
    };
  },
});
