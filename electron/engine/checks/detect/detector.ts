import type { ColumnarTable } from './columnar.ts';
import type { Dependencies } from './dependencies.ts';

/** A cell that a detector thinks wrong. */
export interface Suspicion {
  /** Place of the row in what was read, from 0. */
  readonly row: number;
  readonly column: string;
  /** How likely it is wrong, as this detector sees it: 0 to 1. */
  readonly score: number;
  /** Why, in words for people. */
  readonly reason: string;
}

/** What a detector has to go by. */
export interface Evidence {
  readonly table: ColumnarTable;
  /** Which columns decide which others; computed when first asked for. */
  readonly dependencies: () => Dependencies;
  /** The moment of looking, for what lies in the future. */
  readonly now: Date;
}

/** One way of finding cells that are probably wrong, without being told what is right. */
export interface Detector {
  readonly title: string;
  readonly help: string;
  readonly find: (evidence: Evidence) => readonly Suspicion[];
}

/** Types a detector. */
export const defineDetector = (detector: Detector): Detector => detector;
