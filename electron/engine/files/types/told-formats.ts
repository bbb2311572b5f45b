import { problem } from '../../../../shared/problem.ts';

/** The type of values that are written as a person says: `%m/%d/%Y`, `,` for a decimal comma, `ja|nein`. */
export function typeWritten(format: string): string {
  if (/%[Yy]/.test(format) && /%d/.test(format) && /%[mb]/.test(format))
    return /%[HI]/.test(format) ? 'timestamp without time zone' : 'date';
  if (/%[HI]/.test(format) && /%M/.test(format) && !/%[Yymbd]/.test(format)) return 'time without time zone';
  if (/^[.,]/.test(format)) return 'numeric';
  if (/^[^|%]+\|[^|%]+$/.test(format)) return 'boolean';
  throw problem('bad_input', `“${format}” is no way in which values are written.`, {
    hint: 'Write %m/%d/%Y for days, %I:%M %p for times, "," for decimals behind a comma, or ja|nein for true and false.',
  });
}

/** The types of columns of which only was said how they are written. */
export const typesWritten = (formats: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, typeWritten(format)]));
