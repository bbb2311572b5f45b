import { create } from 'zustand';
import { openCollection } from './embed-collection.ts';

type Dialog = 'labels' | 'outliers';

/** Which dialog stands over which collection; nothing while none does. */
export const useCollectionDialog = create<{
  readonly open: { readonly dialog: Dialog; readonly collection: string } | undefined;
}>(() => ({ open: undefined }));

/** Opens a collection and a dialog over it. */
export function openCollectionDialog(dialog: Dialog, collection: string) {
  openCollection(collection);
  useCollectionDialog.setState({ open: { dialog, collection } });
}

/** Puts the dialog away. */
export const closeCollectionDialog = () => useCollectionDialog.setState({ open: undefined });
