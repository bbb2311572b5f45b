import { create } from 'zustand';
import { openCollection } from './embed-collection.ts';

/** The collection whose rows are labelled; nothing while the dialog is closed. */
export const useLabelRest = create<{ readonly collection: string | undefined }>(() => ({
  collection: undefined,
}));

/** Asks how the rows of a collection's table are to be labelled by those that have a label. */
export function askToLabelRest(collection: string) {
  openCollection(collection);
  useLabelRest.setState({ collection });
}

/** Puts the dialog away. */
export const closeLabelRest = () => useLabelRest.setState({ collection: undefined });
