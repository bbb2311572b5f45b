import type { Outliers } from '../../../shared/contract/search.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';
import { oneLine, textTable } from '../output.ts';

interface Options {
  readonly collection?: string;
  readonly limit?: string;
  readonly write?: string;
  readonly replace?: boolean;
}

function limitOf(written: string): number {
  const limit = Number(written);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw problem('bad_input', `--limit is "${written}".`, { hint: 'Give a whole number from 1 to 1000.' });
}

const textOf = ({ documents, usual, nearest, measured }: Outliers): string =>
  `${textTable(
    ['similarity', 'id', 'content'],
    documents.map(({ similarity, documentId, content }) => [
      similarity.toFixed(4),
      documentId,
      oneLine(content),
    ]),
  )}Mean similarity to the ${nearest} nearest of ${count(measured)}; usual here: ${usual.toFixed(4)}.\n`;

export default defineCommand<Options>({
  usage: 'outliers',
  summary: 'finds the documents of a collection that are least like any others',
  json: `{ documents: [{ documentId, row, part, content, metadata, similarity }], usual, nearest, measured, written }
  similarity: the mean cosine similarity to the nearest others, lowest first. usual: that of the document in the middle.
  written: rows written by --write, else null.`,
  order: 75,
  configure: (command) =>
    command
      .option('--collection <name>', 'which; default: the only collection')
      .option('--limit <n>', 'how many; default 50')
      .option('--write <column>', 'write the similarity of every row into this column')
      .option('--replace', 'the column may be there already'),
  async run({ options, engine, long }) {
    const { collection, limit, write } = options;
    const of = collection === undefined ? {} : { collection };
    const asked = { ...of, ...(limit === undefined ? {} : { limit: limitOf(limit) }) };
    const { search } = await engine();
    const found = await search.outliers(asked, long);
    const written =
      write === undefined
        ? null
        : (await search.writeNearness({ ...of, into: write, replace: options.replace === true }, long)).rows;
    const wrote = written === null ? '' : `${counted(written, 'row')} written to ${write}.\n`;
    return { json: { ...found, written }, text: `${textOf(found)}${wrote}` };
  },
});
