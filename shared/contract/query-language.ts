import { z } from 'zod';
import { call } from '../wire.ts';

/** One thing that may be written at a place. */
export interface Offer {
  readonly label: string;
  /** What is written in its stead, where that differs from the label. */
  readonly insert?: string;
  readonly kind:
    | 'column'
    | 'table'
    | 'view'
    | 'with'
    | 'schema'
    | 'relation'
    | 'function'
    | 'join'
    | 'type'
    | 'parameter'
    | 'keyword';
  /** A word at its right: type and table of a column, arguments of a function. */
  readonly detail?: string;
}

/** What may be written at a place, the likeliest first, and the part of the text that it takes the place of. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
  /** More than these fit; asked for again with every letter. */
  readonly more: boolean;
}

/** How a function is called, and where among its arguments one is. */
export interface Signatures {
  readonly signatures: readonly {
    readonly label: string;
    /** Where each argument stands in the label. */
    readonly parameters: readonly (readonly [from: number, to: number])[];
    readonly result: string;
  }[];
  readonly signature: number;
  readonly parameter: number;
}

/** What the name at a place is. */
export interface Hover {
  readonly from: number;
  readonly to: number;
  /** As SQL: `orders.total numeric(12,2)`. */
  readonly title: string;
  readonly says: string;
}

/** Something wrong in a text that was not run. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly hint?: string;
}

const place = z.object({ text: z.string().max(2_000_000), at: z.number().int().min(0) });

/** What the editor asks while a person writes. Nothing of it runs the text. */
export const queryLanguage = {
  complete: call(place).returns<Completion>(),
  signatures: call(place).returns<Signatures | null>(),
  hover: call(place).returns<Hover | null>(),
  /** What PostgreSQL's parser has against the text and, where the database is not busy, its planner. */
  faults: call(z.object({ text: z.string().max(2_000_000) })).returns<readonly Fault[]>(),
};
