import type { Position } from '../../shared/place-steps.ts';

/** How a box stands, as its sign and words tell. */
export type BoxState = 'unfilled' | 'new' | 'done' | 'stale' | 'running' | 'failed' | 'broken' | 'waiting';

/** One place of a box that edges lead to. */
export interface BoxPort {
  readonly id: string;
  readonly title: string;
}

/** A box as a canvas draws it. */
export interface GraphBox {
  readonly id: string;
  readonly icon: string;
  readonly title: string;
  /** The setting in one line. */
  readonly summary: string;
  readonly state: BoxState;
  /** The state in words: what is wrong, or why it is stale. */
  readonly says: string;
  /** Set where something is wrong: stands in the box. */
  readonly fault?: string | undefined;
  readonly count: number | null;
  readonly ports: readonly BoxPort[];
  readonly hasOutput: boolean;
  /** It stands for several steps: nothing is put after it or connected to it. */
  readonly folded?: boolean;
  /** Outputs beside that of its rows. */
  readonly outputs: readonly BoxPort[];
  /** Outputs of rows that are left out. */
  readonly rejects: readonly BoxPort[];
  readonly position: Position;
}

/** Boxes that belong together. */
export interface GraphFrame {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly boxes: readonly string[];
}

/** One output of a box. */
export interface BoxOutput {
  readonly box: string;
  readonly output: string;
}

/** One input of a box. */
export interface BoxInput {
  readonly box: string;
  readonly port: string;
}

/** Which part of a canvas is seen, and how large. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** How high the canvas was then, to keep the middle in the middle when it is higher or lower. */
  readonly height: number;
  /** True where a person moved it there; else it follows the place there is. */
  readonly own?: boolean | undefined;
}

/** A line between two boxes. */
export interface GraphEdge {
  readonly id: string;
  readonly from: BoxOutput;
  readonly to: BoxInput;
  readonly count: number | null;
  /** True where it carries rows that were left out. */
  readonly rejects: boolean;
  /** Which output it comes from, where the box has several at its side. */
  readonly of?: string | undefined;
}
