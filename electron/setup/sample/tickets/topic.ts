/**
 * What customers write about one matter. Sentences hold choices, `[one|other]`, which may be nested, and slots,
 * `{noun}`, filled from the customer's own order or from a list of words.
 */
export interface Topic {
  readonly name: string;
  readonly weight: number;
  /** Whether a ticket follows an order of the customer's; then it may say {order}, {product}, {amount} … */
  readonly after: 'order' | 'nothing';
  /** Only orders of goods of these categories. */
  readonly categories?: readonly string[];
  /** Only orders of goods that can break. */
  readonly breakable?: true;
  /** How many days after the order it is written: least and most. */
  readonly lag?: readonly [number, number];
  /** Who writes: people of every temper unless said; nobody angry; or no more than the matter itself. */
  readonly temper?: 'all' | 'mild' | 'none';
  readonly priority: readonly (readonly [string, number])[];
  readonly subjects: readonly string[];
  /** The matter itself: stands alone. */
  readonly says: readonly string[];
  /** Follows one of `says`. */
  readonly more: readonly string[];
  /** What the customer wants. */
  readonly asks: readonly string[];
}

export const calm = [
  ['low', 45],
  ['normal', 47],
  ['high', 8],
] as const;

export const usual = [
  ['low', 14],
  ['normal', 56],
  ['high', 25],
  ['urgent', 5],
] as const;

export const pressing = [
  ['low', 4],
  ['normal', 38],
  ['high', 41],
  ['urgent', 17],
] as const;
