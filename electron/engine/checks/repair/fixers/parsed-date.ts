import { typeFamily } from '../../../../../shared/column.ts';
import { filledRows } from '../../detect/columnar.ts';
import { countedValues, percent } from '../../detect/values-of.ts';
import { defineFixer, type Fix, fixEach } from '../fixer.ts';

const iso = /^\d{4}-\d{2}-\d{2}$/;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const least = 0.6;

const monthOf = (word: string): number => months.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** A day that there is, as ISO writes it. */
function isoDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1000) return undefined;
  return date.toISOString().slice(0, 10);
}

type Read = { readonly to: string; readonly sure: number } | undefined;

const read = (sure: number, year: string, month: number, day: string): Read => {
  const to = isoDay(Number(year), month, Number(day));
  return to === undefined ? undefined : { to, sure };
};

/** Day and month in either order: only where one of them can be no month, or dots say that the day is first. */
function eitherOrder(first: string, sign: string, second: string, year: string): Read {
  if (sign === '.' || Number(first) > 12) return read(0.93, year, Number(second), first);
  return Number(second) > 12 ? read(0.93, year, Number(first), second) : undefined;
}

function parseDay(text: string): Read {
  const [, y, m, d] = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\s*$/.exec(text) ?? [];
  if (y && m && d) return read(0.96, y, Number(m), d);
  const [, packed, month, day] = /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(text) ?? [];
  if (packed && month && day) return read(0.9, packed, Number(month), day);
  const [, first, sign, second, year] = /^\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\s*$/.exec(text) ?? [];
  if (first && sign && second && year) return eitherOrder(first, sign, second, year);
  const [, named, word, of] = /^\s*(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\s*$/.exec(text) ?? [];
  if (named && word && of) return read(0.96, of, monthOf(word), named);
  const [, before, at, in_] = /^\s*([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})\s*$/.exec(text) ?? [];
  return before && at && in_ ? read(0.96, in_, monthOf(before), at) : undefined;
}

export default defineFixer({
  title: 'The date as the others write it',
  help: 'In a text column whose values are mostly ISO dates, a day written otherwise becomes one, where there is one way only to read it.',
  fix: ({ doubted }) =>
    doubted.flatMap((one): Fix[] => {
      const { column } = one;
      if (typeFamily(column.type) !== 'text') return [];
      const usual = countedValues(column).reduce(
        (sum, { text, count }) => sum + (iso.test(text) ? count : 0),
        0,
      );
      const share = usual / Math.max(1, filledRows(column));
      if (share < least) return [];
      return fixEach(one, (text) => {
        const day = iso.test(text) ? undefined : parseDay(text);
        const reason = `the same day as ${percent(share)} of the column are written`;
        return day && { to: day.to, confidence: day.sure, reason };
      });
    }),
});
