import { create } from 'zustand';

/** Whether it is asked which other rows are to be checked, and which pipeline's were meant. */
export interface RowsDialogState {
  readonly open: { readonly pipeline?: string } | undefined;
}

/** Which rows are asked for. */
export const useRowsDialog = create<RowsDialogState>(() => ({ open: undefined }));

/** Asks for a query or a step whose rows are to be checked. */
export const askRows = (pipeline?: string) =>
  useRowsDialog.setState({ open: pipeline === undefined ? {} : { pipeline } });

/** Puts the dialog away. */
export const closeRowsDialog = () => useRowsDialog.setState({ open: undefined });
