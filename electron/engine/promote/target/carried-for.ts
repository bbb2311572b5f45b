import { columnsOnTarget } from '../objects/mode.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { Carried, CarriedColumn, CarriedPart } from './carried.ts';

/** What of the old table the new one can have: the row address and columns that are gone take theirs with them. */
export function carriedFor(object: PromotedObject, carried: Carried): Carried {
  const has = (name: string) => columnsOnTarget(object).some((column) => column.name === name);
  const fits = (part: CarriedPart) => part.columns.every(has) && fitsPartitions(object, part);
  const columns = carried.columns.filter(({ name }) => has(name));
  return {
    ...carried,
    columns: object.partition ? columns.map(unnumbered) : columns,
    constraints: carried.constraints.filter(fits),
    indexes: carried.indexes.filter(fits),
    triggers: carried.triggers.filter(fits),
    grants: carried.grants.filter(({ column }) => column === null || has(column)),
  };
}

/** What is unique in a table that is divided holds the column by which it is. */
const fitsPartitions = ({ partition }: PromotedObject, { kind, definition, columns }: CarriedPart): boolean =>
  !partition ||
  columns.includes(partition.by) ||
  !(/^[pux]$/.test(kind) || /^create unique /i.test(definition));

/** Before version 17 a table that is divided has no identity; a default takes numbers there as well. */
const unnumbered = (column: CarriedColumn): CarriedColumn =>
  column.identity === '' ? column : { ...column, identity: '', sequence: null };

/** In words, what goes with columns that the new table does not have; nothing about the row address of a workspace. */
export function lostOf(object: PromotedObject, carried: Carried): readonly string[] {
  const kept = carriedFor(object, carried);
  const gone = (all: readonly CarriedPart[], left: readonly CarriedPart[], what: string) =>
    all
      .filter((part) => !left.includes(part) && !part.columns.includes('_row'))
      .map(({ name }) => `${what} ${name}`);
  return [
    ...carried.columns
      .filter(({ name }) => !kept.columns.some((column) => column.name === name) && name !== '_row')
      .map(({ name, type }) => `column ${name} ${type}`),
    ...(object.partition
      ? carried.columns
          .filter(({ identity }) => identity !== '')
          .map(({ name }) => `the numbering of ${name}`)
      : []),
    ...kept.columns.filter(({ generated }) => generated).map(({ name }) => `the expression of ${name}`),
    ...gone(carried.constraints, kept.constraints, 'constraint'),
    ...gone(carried.indexes, kept.indexes, 'index'),
    ...gone(carried.triggers, kept.triggers, 'trigger'),
  ];
}
