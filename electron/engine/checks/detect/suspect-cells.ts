import type { SuspectCell } from '../../../../shared/contract/checks.ts';
import { detectors } from './all-detectors.ts';
import type { ColumnarTable } from './columnar.ts';
import { dependenciesOf } from './dependencies.ts';
import type { Detector, Evidence } from './detector.ts';

/** Cells that are more likely wrong than not. */
const usualLeast = 0.5;

/** How much a cell that its group agrees with is believed against what else speaks against it. */
const trust = 0.4;

interface Voice {
  readonly score: number;
  readonly reason: string;
}

/**
 * Cells that are probably wrong, the likeliest first. Detectors vote independently: the chance that a cell is right is
 * that all who object are wrong. A cell that others of its row vouch for is believed more.
 */
export function suspectCells(
  table: ColumnarTable,
  asked: ReadonlyMap<string, Detector> = detectors,
  now = new Date(),
  least = usualLeast,
): SuspectCell[] {
  let known: ReturnType<typeof dependenciesOf> | undefined;
  const dependencies = () => {
    known ??= dependenciesOf(table);
    return known;
  };
  const evidence: Evidence = { table, dependencies, now };
  const votes = new Map<string, Voice[]>();
  for (const [, detector] of asked) {
    for (const { row, column, score, reason } of detector.find(evidence)) {
      const key = `${row} ${column}`;
      const voices = votes.get(key);
      if (voices) voices.push({ score, reason });
      else votes.set(key, [{ score, reason }]);
    }
  }
  const cells = [...votes].flatMap(([key, voices]) => {
    const [place = 0, column] = [Number(key.slice(0, key.indexOf(' '))), key.slice(key.indexOf(' ') + 1)];
    const score = together(voices) * believed(known?.against(column, place));
    const reasons = voices.toSorted((a, b) => b.score - a.score).map(({ reason }) => reason);
    const row = table.rows[place] ?? place;
    return score < least ? [] : [{ row, column, score: rounded(score), reason: reasons.join('; ') }];
  });
  return cells.sort((a, b) => b.score - a.score || a.row - b.row || (a.column < b.column ? -1 : 1));
}

const together = (voices: readonly Voice[]) =>
  1 - voices.reduce((right, { score }) => right * (1 - score), 1);

/** Less than 1 where what decides the cell agrees with it. */
function believed(verdict: { readonly for: number; readonly against: number } | undefined): number {
  if (!verdict || verdict.for <= verdict.against) return 1;
  const agreed = Math.min(1, verdict.for / 2) * (1 - verdict.against / verdict.for);
  return 1 - trust * agreed;
}

const rounded = (score: number) => Math.round(score * 1000) / 1000;
