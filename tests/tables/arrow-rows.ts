import { tableFromIPC } from 'apache-arrow';

/** The rows of Arrow bytes as arrays of plain values. */
export const cells = (bytes: Uint8Array | undefined): unknown[][] =>
  bytes
    ? tableFromIPC(bytes)
        .toArray()
        .map((row) => Object.values(row.toJSON()))
    : [];
