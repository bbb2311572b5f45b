import type { EmbedResult } from '../../../shared/contract/search.ts';
import { defineCommand } from '../define-command.ts';

interface Options {
  readonly columns: string;
  readonly collection?: string;
  readonly metadata?: string;
}

const nameList = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function textOf({ collection, embedded, reused, removed, documents, ms }: EmbedResult): string {
  const count = (value: number) => value.toLocaleString('en-US');
  const gone = removed > 0 ? `, ${count(removed)} removed` : '';
  return `${collection}: ${count(documents)} documents; ${count(embedded)} texts embedded, ${count(reused)} documents reused${gone}, in ${(ms / 1000).toFixed(1)} s\n`;
}

export default defineCommand<Options>({
  usage: 'embed <table>',
  summary: 'embeds the text of a table for search; what is there already and unchanged is kept',
  json: `{ collection, embedded, reused, removed, documents, ms }
  embedded: distinct texts the model computed. reused: documents that needed no computing. removed: documents whose rows are gone.`,
  order: 70,
  configure: (command) =>
    command
      .requiredOption('--columns <names>', 'the columns with the text, separated by commas')
      .option('--collection <name>', "the collection's name; default: the table's")
      .option('--metadata <names>', 'columns kept beside the text, separated by commas; default: all others')
      .addHelpText('after', '\nStopped runs go on where they were.\n'),
  async run({ args, options, engine, long }) {
    const { search } = await engine();
    const { collection, metadata } = options;
    const request = {
      table: args[0] ?? '',
      columns: nameList(options.columns),
      ...(collection === undefined ? {} : { collection }),
      ...(metadata === undefined ? {} : { metadata: nameList(metadata) }),
    };
    const result = await search.embed(request, long);
    return { json: result, text: textOf(result) };
  },
});
