import type { PromotedObject } from '../objects/objects.ts';
import type { CarriedPart } from './carried.ts';
import type { Existing } from './existing.ts';
import { keyOf, type TargetState } from './target-state.ts';

/** The table on the other side of a carried foreign key, where it is promoted as well. */
export const otherOf = (
  { kind, other }: CarriedPart,
  objects: readonly PromotedObject[],
  { existing }: TargetState,
): PromotedObject | undefined =>
  kind === 'f'
    ? objects.find((object) => object.form === 'table' && existing.get(keyOf(object))?.oid === other)
    : undefined;

/** The foreign keys of an old table to tables that do not go aside with it. */
export const heldOutside = (
  { foreign }: Pick<Existing, 'foreign'>,
  objects: readonly PromotedObject[],
  state: TargetState,
): readonly CarriedPart[] => foreign.filter((part) => !otherOf(part, objects, state));
