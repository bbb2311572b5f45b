import { defineCommand } from '../palette/command.ts';
import { closeTabs } from '../workspace/close-tab.ts';
import { useTabs } from '../workspace/tabs.ts';

/** Closes every tab but the seen one. */
export default defineCommand({
  id: 'tabs.closeOthers',
  title: 'Close other tabs',
  group: 'Tabs',
  enabled: () => useTabs.getState().tabs.length > 1,
  run: ({ tab }) => closeTabs((id) => id !== tab?.id),
});
