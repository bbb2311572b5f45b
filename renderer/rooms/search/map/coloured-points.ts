import type { MapPoints } from '../../../../shared/contract/search.ts';

/** Points with what is derived of them once. */
export interface ColouredPoints extends MapPoints {
  /** By place in the legend; grey first. */
  readonly colours: readonly string[];
  /** The place of each id. */
  readonly indexOf: ReadonlyMap<number, number>;
  /** Of all points, in the map's units. */
  readonly width: number;
}

/** How a map is looked at. */
export interface MapLook {
  /** A metadata key; null colours by topic. */
  readonly colour: string | null;
  readonly as: 'points' | 'density';
  /** Whether rows that the table's grid leaves out are grey; so it is unless somebody does not want it. */
  readonly follow?: boolean;
}
