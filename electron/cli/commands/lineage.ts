import type { ColumnLineage, LineageEnd } from '../../../shared/contract/pipelines.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';
import { shortCell, textTable } from '../output.ts';

const lines = (ends: readonly LineageEnd[]): string[][] =>
  ends.map(({ kind, name, column, edge, through }) => [
    edge,
    kind,
    shortCell(`${name}.${column}`),
    wayOf(through),
  ]);

/** The columns on the way; of a long way those at its ends, and how many are between them. */
function wayOf(through: readonly string[]): string {
  const between = through.length - 2;
  const shown = between > 1 ? [through[0], `${between} more`, through.at(-1)] : through;
  return shown.map((name = '') => shortCell(name)).join(' → ');
}

function textOf({ relation, column, sources, uses }: ColumnLineage): string {
  const part = (title: string, ends: readonly LineageEnd[], none: string) =>
    ends.length === 0
      ? `${title}: ${none}\n`
      : `${title}\n${textTable(['edge', 'kind', 'column', 'through'], lines(ends))}\n`;
  return `${relation}.${column}\n\n${part('Comes from', sources, 'nothing before it')}\n${part('Goes into', uses, 'nothing')}`;
}

export default defineCommand({
  usage: 'lineage <column>',
  summary: 'tells where TABLE.COLUMN (or PIPELINE/STEP.COLUMN) comes from, and what is made of it',
  json: `{ relation, column, sources: [{ kind, name, column, edge, through }], uses: [the same] }
  kind: file, table, step, view, query, check, collection or promotion; name of a step: PIPELINE/STEP, its other outputs after
  a point; of a promotion: the target. edge: value where it was computed from it, influence where it only decided (filter, join,
  group, order). through: the columns on the way.`,
  order: 52,
  async run({ args: [written = ''], engine }) {
    const at = written.lastIndexOf('.');
    if (at < 1)
      throw problem('bad_input', `"${written}" is not TABLE.COLUMN.`, { hint: 'Write orders.amount, say.' });
    const { pipelines } = await engine();
    const found = await pipelines.lineage({ relation: written.slice(0, at), column: written.slice(at + 1) });
    return { json: found, text: textOf(found) };
  },
});
