import { type Advice, type IndexKind, indexKind, type Recall } from '../../../shared/contract/search.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

interface Options {
  readonly collection?: string;
  readonly set?: string;
  readonly advise?: boolean;
  readonly where?: string;
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

function kindOf(written: string): IndexKind | null {
  if (written === 'auto') return null;
  const { data } = indexKind.safeParse(written);
  if (data) return data;
  throw problem('bad_input', `There is no index "${written}".`, {
    hint: `Kinds: auto, ${indexKind.options.join(', ')}.`,
  });
}

const recallText = ({ kind, recall, nearest, sample, p50, p95, exactP50 }: Recall) =>
  `${kind}: recall@${nearest} ${recall.toFixed(3)} over ${sample} questions; ${ms(p50)} (95 of 100 within ${ms(p95)}), exact ${ms(exactP50)}\n`;

const adviceText = ({ kinds, advised, why, measured, documents }: Advice) =>
  `${textTable(
    ['index', 'recall', 'p50', 'p95', 'build', 'MB'],
    kinds.map((one) => [
      one.kind,
      one.recall.toFixed(3),
      ms(one.p50),
      ms(one.p95),
      `${(one.buildMs / 1000).toFixed(1)} s`,
      (one.bytes / 1e6).toFixed(1),
    ]),
  )}Advised: ${advised}. ${why} Measured on ${measured} of ${documents} documents.\n`;

export default defineCommand<Options>({
  usage: 'index',
  summary: "measures what a collection's index finds, advises one, or makes another",
  json: `{ index, recall: { kind, sample, nearest, recall, p50, p95, exactP50, exactP95 }, advice }
  recall: the share of the true nearest that a search finds. index: the one made by --set, else null. advice: by --advise, else null.`,
  order: 72,
  configure: (command) =>
    command
      .option('--collection <name>', 'which; default: the only collection')
      .option('--where <sql>', 'measure under this filter')
      .option('--advise', 'measure every kind on up to 10,000 documents')
      .option('--set <kind>', `make this index: auto, ${indexKind.options.join(', ')}`),
  async run({ options, engine, long }) {
    const { collection, where } = options;
    const of = collection === undefined ? {} : { collection };
    const kind = options.set === undefined ? undefined : kindOf(options.set);
    const { search } = await engine();
    const index = kind === undefined ? null : await search.setIndex({ ...of, kind }, long);
    const advice = options.advise ? await search.advise(of, long) : null;
    const recall = await search.recall({ ...of, ...(where === undefined ? {} : { where }) }, long);
    const made = index ? `Made: ${index.kind}, in ${(index.ms / 1000).toFixed(1)} s.\n` : '';
    return {
      json: { index, recall, advice },
      text: `${made}${advice ? adviceText(advice) : ''}${recallText(recall)}`,
    };
  },
});
