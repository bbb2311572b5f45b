import type { ColumnarTable } from '../detect/columnar.ts';
import { dependenciesOf } from '../detect/dependencies.ts';
import { fixers } from './all-fixers.ts';
import type { Fix, Fixer } from './fixer.ts';

/** A cell that is doubted, and how likely it is wrong. */
export interface Doubt {
  /** Place of the row in what was read, from 0. */
  readonly row: number;
  readonly column: string;
  readonly score: number;
}

/** Longer texts were cut when they were read: nothing can be said of the whole. */
const longest = 399;

/** Confidences below this are no proposals. */
const least = 0.3;

/**
 * The likeliest fix of each doubted cell that there is one for. Fixers who agree make each other surer; a second value
 * that is nearly as likely makes the first less sure.
 */
export function proposeFixes(
  table: ColumnarTable,
  doubts: readonly Doubt[],
  allowed: ReadonlyMap<string, readonly string[]> = new Map(),
  asked: ReadonlyMap<string, Fixer> = fixers,
): Fix[] {
  let known: ReturnType<typeof dependenciesOf> | undefined;
  const dependencies = () => {
    known ??= dependenciesOf(table);
    return known;
  };
  const doubted = table.columns.flatMap((column) => {
    const places = doubts.flatMap((one) => (one.column === column.name ? [one.row] : []));
    const whole = places.filter((row) => (column.values[column.codes[row] ?? -1]?.length ?? 0) <= longest);
    return whole.length > 0 ? [{ column, places: whole }] : [];
  });
  const evidence = { table, doubted, dependencies, allowed };
  const cells = new Map<string, Fix[]>();
  for (const fix of [...asked.values()].flatMap((fixer) => fixer.fix(evidence))) {
    const key = keyOf(fix);
    const others = cells.get(key);
    if (others) others.push(fix);
    else cells.set(key, [fix]);
  }
  return doubts.flatMap((doubt) => {
    const best = likeliest(cells.get(keyOf(doubt)) ?? []);
    const confidence = Math.round(1000 * (best?.confidence ?? 0) * doubt.score) / 1000;
    return best && confidence >= least ? [{ ...best, confidence }] : [];
  });
}

const keyOf = ({ row, column }: Pick<Fix, 'row' | 'column'>) => `${row} ${column}`;

function likeliest(fixes: readonly Fix[]): Fix | undefined {
  const values = new Map<string | null, Fix[]>();
  for (const fix of fixes) values.set(fix.to, [...(values.get(fix.to) ?? []), fix]);
  const agreed = [...values.values()].map(agreement).toSorted((a, b) => b.confidence - a.confidence);
  const [best, second] = agreed;
  if (!best) return undefined;
  const rival = second ? second.confidence / (best.confidence + second.confidence) : 0;
  return { ...best, confidence: best.confidence * (1 - rival) };
}

/** Fixes to one and the same value, as one. */
function agreement(fixes: readonly Fix[]): Fix {
  const [first, ...rest] = fixes.toSorted((a, b) => b.confidence - a.confidence);
  const confidence = 1 - fixes.reduce((wrong, one) => wrong * (1 - one.confidence), 1);
  const by = fixes.find((one) => one.by !== undefined)?.by;
  const reason = [first, ...rest].map((one) => one?.reason).join('; ');
  return { ...(first as Fix), confidence, reason, ...(by === undefined ? {} : { by }) };
}
