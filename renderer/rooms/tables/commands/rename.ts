import { Pencil } from 'lucide-react';
import type { WrittenUse } from '../../../../shared/contract/pipelines.ts';
import { counted } from '../../../../shared/number-words.ts';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm, prompt } from '../../../ui/ask.tsx';
import { rekeyTab } from '../../../workspace/tabs.ts';

/** Gives a table another name, and offers to say it in SQL that people wrote. */
export default defineCommand({
  id: 'tables.rename',
  title: 'Rename table…',
  group: 'Tables',
  icon: Pencil,
  on: 'table',
  shortcut: 'F2',
  run: async ({ target }) => {
    if (!target) return;
    const to = await prompt({
      title: `Rename ${target.key}`,
      says: 'Steps and rules that name it are changed too.',
      label: 'Name',
      initial: target.key,
      action: 'Rename',
    });
    if (!to || to === target.key) return;
    const uses = await engine.pipelines.writtenUses({ table: target.key });
    const follows = uses.length === 0 ? 'other' : await askToFollow(target.key, to, uses);
    if (follows === false) return;
    await engine.tables.rename({ table: target.key, to });
    if (follows === true) await engine.pipelines.followTable({ table: target.key, to });
    rekeyTab({ kind: 'table', key: target.key }, { key: to, title: to });
  },
});

const shown = 6;

const askToFollow = (table: string, to: string, uses: readonly WrittenUse[]) =>
  confirm({
    title: `Say “${to}” in written SQL too?`,
    says: `“${table}” is named in SQL that would no longer find it: ${listOf(uses)}.`,
    action: `Rename and follow in ${counted(uses.length, 'place')}`,
    other: 'Rename only',
  });

function listOf(uses: readonly WrittenUse[]): string {
  const words = uses.map(({ kind, name, step }) =>
    kind === 'pipeline' ? `step ${step} of ${name}` : kind === 'query' ? `query ${name}` : `rules in ${name}`,
  );
  const rest = words.length - shown;
  return rest > 0 ? `${words.slice(0, shown).join(', ')} and ${rest} more` : words.join(', ');
}
