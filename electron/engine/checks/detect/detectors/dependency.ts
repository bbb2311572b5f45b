import { defineDetector, type Suspicion } from '../detector.ts';
import { quoted } from '../values-of.ts';

const least = 0.3;

export default defineDetector({
  title: 'In the minority of its group',
  help: 'Where one column nearly decides another, as a postcode its city, a cell that differs from the others of its group is probably wrong: the more columns say so, and the fewer vouch for it, the more.',
  find: ({ table, dependencies }) => {
    const { against } = dependencies();
    return table.columns.flatMap((column) => {
      const found: Suspicion[] = [];
      for (let row = 0; row < table.rows.length; row++) {
        const verdict = against(column.name, row);
        if (verdict.against === 0) continue;
        const score =
          Math.min(1, verdict.strongest * 1.05) * (verdict.against / (verdict.against + verdict.for));
        if (score < least) continue;
        const reason = `rows with the same ${verdict.by} have ${quoted(verdict.expected)}`;
        found.push({ row, column: column.name, score: Math.min(0.98, score), reason });
      }
      return found;
    });
  },
});
