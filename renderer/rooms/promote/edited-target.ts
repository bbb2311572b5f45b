import { create } from 'zustand';
import type { Target } from '../../../shared/contract/workspace.ts';
import { openTab } from '../../workspace/tabs.ts';

/** The target whose dialog is open, `new` for one to come. */
export const useEditedTarget = create<{ readonly edited: Target | 'new' | null }>(() => ({ edited: null }));

/** Opens the dialog of a target, or puts it away. */
export const editTarget = (edited: Target | 'new' | null) => useEditedTarget.setState({ edited });

/** Asks for a new target, in its room. */
export function askForTarget() {
  openTab({ kind: 'promote', key: 'promote', title: 'Promote' });
  editTarget('new');
}
