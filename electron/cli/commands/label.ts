import type { Engine } from '../../../shared/contract/index.ts';
import type { LabelPrediction } from '../../../shared/contract/search.ts';
import { count, counted, percent } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

interface Options {
  readonly collection?: string;
  readonly least?: string;
  readonly write?: string;
  readonly replace?: boolean;
}

function leastOf(written: string): number {
  const least = written.trim() === '' ? Number.NaN : Number(written);
  if (least >= 0 && least <= 2) return least;
  throw problem('bad_input', `--least is "${written}".`, { hint: 'Give a number from 0 to 2.' });
}

function textOf({ labels, accuracy, usual, measured, predicted, unsure }: LabelPrediction): string {
  const table = textTable(
    ['label', 'examples', 'told by the others', 'would get it'],
    labels.map((one) => [
      one.label,
      count(one.examples),
      one.right === null ? 'only one' : percent(one.right / one.examples),
      count(one.predicted),
    ]),
  );
  const measure =
    accuracy === null
      ? 'Nothing can be measured: no label has two examples that the margin decides.'
      : `${percent(accuracy)} of ${counted(measured, 'example')} get their own label from the others (the most frequent label alone: ${percent(usual)}).`;
  return `${table}${measure}\n${counted(predicted, 'row')} would get a label, ${count(unsure)} would stay without.\n`;
}

/** Of a table with private columns no text is told; labels that are private have numbers. */
export async function shownPrediction(
  told: LabelPrediction,
  checks: Pick<Engine['checks'], 'hidden'>,
): Promise<LabelPrediction> {
  const hidden = await checks.hidden({ table: told.table });
  if (hidden.length === 0) return told;
  const isHidden = hidden.includes(told.column);
  const numbers = new Map(told.labels.map(({ label }, at) => [label, `label ${at + 1}`]));
  const shown = (label: string) => (isHidden ? (numbers.get(label) ?? 'label') : label);
  return {
    ...told,
    labels: told.labels.map((one) => ({ ...one, label: shown(one.label) })),
    leastSure: told.leastSure.map((one) => ({
      ...one,
      content: '',
      label: shown(one.label),
      second: shown(one.second),
    })),
  };
}

export default defineCommand<Options>({
  usage: 'label <column>',
  summary: "labels a collection's rows by those that have a label, and measures how well that goes",
  json: `{ table, column, labels: [{ label, examples, right, predicted }], accuracy, usual, measured, predicted, unsure,
    leastSure: [{ row, content, label, second, margin }], written }
  accuracy: the share of examples that get their own label from the others (leave-one-out). usual: what the most frequent
  label alone would reach. Of a table with private columns no content is told, and a private column's labels are numbers. written: rows written by --write, else null.`,
  order: 74,
  configure: (command) =>
    command
      .option('--collection <name>', 'whose vectors; default: the only collection')
      .option('--least <margin>', 'the least margin over the second label, 0 to 2; below it a row gets none')
      .option(
        '--write <column>',
        'write the labels, those that are there and those predicted, into this column',
      )
      .option('--replace', 'the column may be there already'),
  async run({ args, options, engine, long }) {
    const { collection, write } = options;
    const asked = {
      ...(collection === undefined ? {} : { collection }),
      ...(options.least === undefined ? {} : { least: leastOf(options.least) }),
      column: args[0] ?? '',
    };
    const { search, checks } = await engine();
    const told = await shownPrediction(await search.predictLabels(asked, long), checks);
    const written =
      write === undefined
        ? null
        : (await search.writePredicted({ ...asked, into: write, replace: options.replace === true }, long))
            .rows;
    const wrote = written === null ? '' : `${counted(written, 'row')} written to ${write}.\n`;
    return { json: { ...told, written }, text: `${textOf(told)}${wrote}` };
  },
});
