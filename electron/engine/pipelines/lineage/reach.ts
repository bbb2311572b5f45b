/** How a column came about: what its value was computed from, and what else decided over it or its row. */
export interface Reach {
  readonly value: ReadonlySet<string>;
  readonly influence: ReadonlySet<string>;
}

/** Nothing, as a constant has it. */
export const nowhere: Reach = { value: new Set(), influence: new Set() };

/** The name of a column of a relation in a reach. */
export const origin = (relation: string, column: string): string => JSON.stringify([relation, column]);

/** Relation and column of such a name. */
export const originOf = (text: string): readonly [relation: string, column: string] =>
  JSON.parse(text) as [string, string];

const both = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((set) => [...set]));

/** Several reaches that a value was made of together. */
export const together = (reaches: readonly Reach[]): Reach => ({
  value: both(reaches.map(({ value }) => value)),
  influence: both(reaches.map(({ influence }) => influence)),
});

/** What decides over something without being in its value: a condition, an order. */
export const deciding = (reach: Reach): Reach => ({
  value: new Set(),
  influence: both([reach.value, reach.influence]),
});
