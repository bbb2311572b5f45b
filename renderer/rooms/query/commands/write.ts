import { PencilLine, Undo2 } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm } from '../../../ui/ask.tsx';
import { toast } from '../../../ui/toast.tsx';
import { queryOf } from '../runners.ts';

/** Lets a query write, and takes the last write back. */
export default () => [
  defineCommand({
    id: 'query.toggleWriting',
    title: 'Allow or forbid writing',
    group: 'Query',
    icon: PencilLine,
    shortcut: 'Mod+Alt+W',
    enabled: ({ tab }) => tab?.kind === 'query',
    run: ({ tab }) => queryOf(tab?.id)?.toggleWriting(),
  }),
  defineCommand({
    id: 'query.undoWrite',
    title: 'Undo the last write',
    group: 'Query',
    icon: Undo2,
    shortcut: 'Mod+Alt+Z',
    run: async () => {
      const { possible, says, text } = await engine.query.undoState({});
      if (!possible) return toast({ title: says, tone: 'info' });
      const wrote = (text ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 120);
      const yes = await confirm({
        title: 'Undo the last write?',
        says: `${wrote} — ${says}.`,
        action: 'Undo',
      });
      if (yes !== true) return;
      const undone = await engine.query.undo({});
      toast({ title: 'The last write is undone', detail: undone.says });
    },
  }),
];
