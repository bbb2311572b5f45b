import { create } from 'zustand';
import { openTab } from '../../workspace/tabs.ts';

/** The table the dialog starts with; nothing while it is closed. */
interface NewCollectionState {
  readonly open: { readonly table?: string } | undefined;
}

/** Whether a new collection is asked for. */
export const useNewCollection = create<NewCollectionState>(() => ({ open: undefined }));

/** Asks for a new collection, of a table where one is meant. */
export function askForCollection(table?: string) {
  openTab({ kind: 'search', key: 'search', title: 'Search' });
  useNewCollection.setState({ open: table === undefined ? {} : { table } });
}

/** Puts the dialog away. */
export const closeNewCollection = () => useNewCollection.setState({ open: undefined });
