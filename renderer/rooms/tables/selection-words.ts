import { useTabMemory } from '../../workspace/tab-state.ts';

/** What the status bar says of the selection, shared by a table's views. */
export const useSelectionWords = () => useTabMemory<string>('selection', '');
