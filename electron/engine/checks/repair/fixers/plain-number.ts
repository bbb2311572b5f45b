import { typeFamily } from '../../../../../shared/column.ts';
import { filledRows } from '../../detect/columnar.ts';
import { countedValues, percent } from '../../detect/values-of.ts';
import { defineFixer, type Fix, fixEach } from '../fixer.ts';

const plain = /^[-+]?\d+(\.\d+)?$/;
const least = 0.6;

/** A number as people write it: with a currency or unit, spaces, and thousands apart; undefined where it may mean two. */
function plainNumber(text: string): { readonly to: string; readonly sure: number } | undefined {
  const bare = text
    .trim()
    .replace(/^[$€£¥]\s*|\s*[$€£¥%]$|\s+[A-Za-z]{1,4}$/g, '')
    .replace(/[\s'’_]/g, '');
  if (plain.test(bare)) return { to: bare, sure: bare === text.trim() ? 0.95 : 0.9 };
  if (/^[-+]?\d{1,3}(,\d{3})+\.\d+$/.test(bare)) return { to: bare.replaceAll(',', ''), sure: 0.93 };
  if (/^[-+]?\d{1,3}(\.\d{3})+,\d+$/.test(bare)) {
    return { to: bare.replaceAll('.', '').replace(',', '.'), sure: 0.93 };
  }
  return /^[-+]?\d+,(\d{1,2}|\d{4,})$/.test(bare) ? { to: bare.replace(',', '.'), sure: 0.85 } : undefined;
}

export default defineFixer({
  title: 'The number alone',
  help: 'In a text column whose values are mostly numbers, one with a currency, a unit or thousands apart becomes the number alone.',
  fix: ({ doubted }) =>
    doubted.flatMap((one): Fix[] => {
      const { column } = one;
      if (typeFamily(column.type) !== 'text') return [];
      const usual = countedValues(column).reduce(
        (sum, { text, count }) => sum + (plain.test(text) ? count : 0),
        0,
      );
      const share = usual / Math.max(1, filledRows(column));
      if (share < least) return [];
      return fixEach(one, (text) => {
        const number = plain.test(text) ? undefined : plainNumber(text);
        const reason = `the number alone, as ${percent(share)} of the column are`;
        return number && { to: number.to, confidence: number.sure, reason };
      });
    }),
});
