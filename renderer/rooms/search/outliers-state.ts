import { create } from 'zustand';
import { openCollection } from './embed-collection.ts';

/** The collection whose outliers are shown; nothing while the dialog is closed. */
export const useOutliers = create<{ readonly collection: string | undefined }>(() => ({
  collection: undefined,
}));

/** Shows the documents of a collection that are least like any others. */
export function showOutliers(collection: string) {
  openCollection(collection);
  useOutliers.setState({ collection });
}

/** Puts the dialog away. */
export const closeOutliers = () => useOutliers.setState({ collection: undefined });
