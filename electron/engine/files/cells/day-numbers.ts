import { type Sql, sql } from '../../../../shared/sql.ts';

/** How `20240131` is read. */
export const dayNumberFormat = '%Y%m%d';

const least = 19_000_101;
const most = 21_001_231;

/** True for eight digits that are a day between 1900 and 2100. */
export const isDayNumber = (cell: Sql): Sql =>
  sql`(length(${cell}) = 8 and regexp_full_match(${cell}, '(19|20|21)[0-9]{6}') and ${cell} <= '21001231'
    and try_strptime(${cell}, ${dayNumberFormat}) is not null)`;

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The same of a number. */
export function isDay(value: number): boolean {
  if (value < least || value > most) return false;
  const month = Math.floor(value / 100) % 100;
  const day = value % 100;
  if (month < 1 || month > 12 || day < 1 || day > (monthDays[month - 1] as number)) return false;
  const year = Math.floor(value / 10_000);
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

const ids =
  /(^|[^a-z])(id|ids|no|nr|num|number|code|key|ref|sku|ean|isbn|account|konto|invoice|order)([^a-z]|$)|[a-z](Id|No|Nr|Key)$/i;
const days = /date|datum|(^|[^a-z])(day|tag|fecha|data|dt|dob|jour)([^a-z]|$)|(_at|_on|At|On)$/i;
const enough = 5;

/** True where the name of a column and the number of its values speak for days, not for numbers that name something. */
export const readsLikeDays = (name: string, values: number): boolean =>
  days.test(name) || (values >= enough && !ids.test(name));
