import { confirm } from '../ui/ask.tsx';
import { dropTab, saveTab, useTabs } from './tabs.ts';

/** Closes a tab; asks first where something in it is unsaved. */
export async function closeTab(id: string): Promise<boolean> {
  const tab = useTabs.getState().tabs.find((candidate) => candidate.id === id);
  if (tab?.unsaved) {
    const how = await confirm({
      title: `Save ${tab.title}?`,
      says: 'What you changed is not saved.',
      action: 'Save',
      other: 'Close without saving',
    });
    if (how === false) return false;
    if (how === true) await saveTab(id);
  }
  dropTab(id);
  return true;
}

/** Closes every tab that fits, one question after the other. */
export async function closeTabs(fits: (id: string) => boolean) {
  for (const { id } of useTabs.getState().tabs) {
    if (fits(id) && !(await closeTab(id))) return;
  }
}
