/** A result in one of the formats, and what is to be said of it beside. */
export interface Written {
  readonly content: string | Uint8Array;
  readonly notes?: readonly string[];
}
