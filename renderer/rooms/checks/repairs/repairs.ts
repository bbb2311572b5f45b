import type { Correction, Repair } from '../../../../shared/contract/repairs.ts';

/** One fix with all cells that it puts right. */
export interface FixLine {
  readonly key: string;
  readonly column: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly confidence: number;
  readonly reason: string;
  readonly correction: Correction;
  /** Private columns whose values it would write down. */
  readonly quotes: readonly string[];
  /** The cells that are doubted. */
  readonly cells: number;
  /** The cells that it changes. */
  readonly reach: number;
}

/** The same fix of several cells as one line, as sure as the least sure of them; the surest first. */
export function fixLines(repairs: readonly Repair[]): readonly FixLine[] {
  const lines = new Map<string, FixLine>();
  for (const { row: _row, ...repair } of repairs) {
    const key = JSON.stringify(Object.values(repair.correction));
    const known = lines.get(key);
    const confidence = Math.min(repair.confidence, known?.confidence ?? 1);
    lines.set(key, { ...repair, key, confidence, cells: (known?.cells ?? 0) + 1 });
  }
  return [...lines.values()].sort((a, b) => b.confidence - a.confidence);
}
