import { filledRows } from '../columnar.ts';
import { defineDetector } from '../detector.ts';
import { countedValues, everyRow, percent, quoted } from '../values-of.ts';

/** Patterns that so much of the rows have are what the column is like. */
const usualShare = 0.05;
const leastCovered = 0.9;
const rarest = 0.025;
/** How quickly a shape counts for less where the usual ones do not cover all. */
const certain = 12;

/** The shape of a text: runs of digits, of letters and of spaces, and all other signs as they are. */
export const shapeOf = (text: string): string =>
  text
    .replace(/\p{N}+/gu, '9')
    .replace(/\p{L}+/gu, 'a')
    .replace(/\s+/g, ' ');

export default defineDetector({
  title: 'A rare shape',
  help: 'Where nearly all texts of a column have one of a few shapes, as digits and a percent sign, a text of another shape is probably wrong.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const filled = filledRows(column);
      if (filled < 20 || column.values.length < 2) return [];
      const shaped = countedValues(column).map((value) => ({ ...value, shape: shapeOf(value.text) }));
      const rows = new Map<string, number>();
      for (const { shape, count } of shaped) rows.set(shape, (rows.get(shape) ?? 0) + count);
      const usual = [...rows].filter(([, count]) => count >= filled * usualShare);
      const covered = usual.reduce((sum, [, count]) => sum + count, 0) / filled;
      if (covered < leastCovered) return [];
      const [most = ''] = usual.toSorted((a, b) => b[1] - a[1])[0] ?? [];
      const rare = shaped.filter(({ shape }) => (rows.get(shape) ?? 0) <= filled * rarest);
      return everyRow(
        column,
        new Map(
          rare.map(({ place, shape }) => {
            const share = (rows.get(shape) ?? 0) / filled;
            const score = 0.95 * covered ** certain * (1 - (share / rarest) * 0.35);
            return [
              place,
              {
                score,
                reason: `shaped like ${quoted(shape)}; ${percent(covered)} are of a usual shape, most like ${quoted(most)}`,
              },
            ];
          }),
        ),
      );
    }),
});
