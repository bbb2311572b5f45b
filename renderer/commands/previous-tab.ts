import { defineCommand } from '../palette/command.ts';
import { stepTab } from '../workspace/tabs.ts';

/** Looks at the previous tab. */
export default defineCommand({
  id: 'tabs.previous',
  title: 'Previous tab',
  group: 'Tabs',
  shortcut: 'Mod+PageUp',
  run: () => stepTab(-1),
});
