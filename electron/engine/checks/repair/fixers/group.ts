import { quoted } from '../../detect/values-of.ts';
import { defineFixer } from '../fixer.ts';

export default defineFixer({
  title: 'As the others of its group',
  help: 'Where one column nearly decides another, as a postcode its city, a cell becomes what the rows of the same group have: the more columns agree on it, the surer.',
  fix: ({ doubted, dependencies }) =>
    doubted.flatMap(({ column, places }) =>
      places.flatMap((row) => {
        const voices = dependencies().instead(column.name, row);
        const all = voices.reduce((sum, { weight }) => sum + weight, 0);
        return voices.slice(0, 2).map(({ value, weight, by }) => ({
          row,
          column: column.name,
          to: value ?? null,
          confidence: Math.min(0.98, (1 - 0.4 ** (2 * weight)) * (weight / all)),
          reason: `rows with the same ${by} have ${quoted(value)}`,
          by,
        }));
      }),
    ),
});
