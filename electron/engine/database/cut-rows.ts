import { tableFromIPC, tableToIPC } from 'apache-arrow';

/** The first rows of Arrow IPC stream bytes. */
export const firstRows = (bytes: Uint8Array, count: number): Uint8Array =>
  tableToIPC(tableFromIPC(bytes).slice(0, count), 'stream');
