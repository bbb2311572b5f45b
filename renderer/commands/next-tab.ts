import { defineCommand } from '../palette/command.ts';
import { stepTab } from '../workspace/tabs.ts';

/** Looks at the next tab. */
export default defineCommand({
  id: 'tabs.next',
  title: 'Next tab',
  group: 'Tabs',
  shortcut: 'Mod+PageDown',
  run: () => stepTab(1),
});
