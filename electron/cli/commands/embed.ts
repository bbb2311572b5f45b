import type { EmbedResult } from '../../../shared/contract/search.ts';
import { embeddedWords } from '../../../shared/embedded-words.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';

interface Options {
  readonly columns?: string;
  readonly template?: string;
  readonly cut?: string;
  readonly vectors?: string;
  readonly model?: string;
  readonly allowEndpoint?: string;
  readonly tokens?: string;
  readonly overlap?: string;
  readonly collection?: string;
  readonly metadata?: string;
}

const nameList = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const cutBy = ['tokens', 'sentences', 'headings'] as const;

function cutOf({ cut, tokens, overlap }: Options) {
  if (cut === undefined && (tokens ?? overlap) === undefined) return undefined;
  const by = cutBy.find((one) => one === (cut ?? 'tokens'));
  const numbers = [tokens, overlap].map((written) => (written === undefined ? undefined : Number(written)));
  if (!by || numbers.some((value) => value !== undefined && !Number.isInteger(value))) {
    throw problem('bad_input', 'Texts cannot be cut like that.', {
      hint: `--cut is ${cutBy.join(', ')}; --tokens and --overlap are whole numbers.`,
    });
  }
  const [most, lap] = numbers;
  return {
    by,
    ...(most === undefined ? {} : { tokens: most }),
    ...(lap === undefined ? {} : { overlap: lap }),
  };
}

function textOf(
  { collection, embedded, reused, removed, documents, notes, ms }: EmbedResult,
  fromColumn: boolean,
): string {
  const gone = removed > 0 ? `, ${count(removed)} removed` : '';
  return `${collection}: ${counted(documents, 'document')}; ${embeddedWords(embedded, fromColumn)}, ${counted(reused, 'document')} reused${gone}, in ${(ms / 1000).toFixed(1)} s\n${notes.map((note) => `${note}\n`).join('')}`;
}

export default defineCommand<Options>({
  usage: 'embed <table>',
  summary: 'embeds the text of a table for search; what is there already and unchanged is kept',
  json: `{ collection, embedded, reused, removed, documents, notes, ms }
  embedded: distinct texts the model computed, or vectors taken from the column. reused: documents that needed no computing. removed: documents whose rows are gone.`,
  order: 70,
  configure: (command) =>
    command
      .option('--columns <names>', 'the columns with the text, separated by commas')
      .option('--template <text>', "how columns make a text: '{subject}: {body}'")
      .option('--vectors <name>', 'a column that holds vectors already: no model, search by --like')
      .option(
        '--model <id>',
        'a model of the folder models/; default: what the collection has, or the built-in one',
      )
      .option(
        '--allow-endpoint <address>',
        'agrees that texts go there, where the model is at an address; kept for this workspace',
      )
      .option('--cut <by>', `cuts long texts into parts: ${cutBy.join(', ')}`)
      .option('--tokens <n>', 'the most tokens of a part; default 200')
      .option('--overlap <n>', 'tokens of the part before that the next one begins with; default 0')
      .option('--collection <name>', "the collection's name; default: the table's")
      .option('--metadata <names>', 'columns kept beside the text, separated by commas; default: all others')
      .addHelpText('after', '\nStopped runs go on where they were.\n'),
  async run({ args, options, engine, long }) {
    const { search } = await engine();
    const { collection, metadata } = options;
    const cut = cutOf(options);
    const request = {
      table: args[0] ?? '',
      columns: nameList(options.columns ?? ''),
      ...(options.template === undefined ? {} : { template: options.template }),
      ...(cut === undefined ? {} : { cut }),
      ...(options.vectors === undefined ? {} : { vectors: options.vectors }),
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(options.allowEndpoint === undefined ? {} : { allowEndpoint: options.allowEndpoint }),
      ...(collection === undefined ? {} : { collection }),
      ...(metadata === undefined ? {} : { metadata: nameList(metadata) }),
    };
    const result = await search.embed(request, long);
    return { json: result, text: textOf(result, options.vectors !== undefined) };
  },
});
