import { z } from 'zod';
import { byName } from '../by-name.ts';

const day = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?)?$/;

/** Whether a text is a number as a range takes it. */
export const isNumberText = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** Whether a text is a day that there is, with or without a time: 2024-05-31. */
export function isDayText(text: string): boolean {
  const [, year, month, date] = (day.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined || year === 0) return false;
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && date >= 1 && date <= days;
}

const end = z.union([
  z.number(),
  z.string().refine((text) => isNumberText(text) || isDayText(text), 'a number, or a day such as 2024-05-31'),
]);

/** Whether an end is of numbers, or else of days. */
export const isNumberEnd = (given: string | number): boolean =>
  typeof given === 'number' || isNumberText(given);

/** From one number or day to another, both of them in it; a day ends with its last moment. One end may be open. */
export const metadataRange = z
  .strictObject({ from: end.optional(), to: end.optional() })
  .refine(({ from, to }) => from !== undefined || to !== undefined, 'a range has at least one end')
  .refine(
    ({ from, to }) => from === undefined || to === undefined || isNumberEnd(from) === isNumberEnd(to),
    'both ends are numbers, or both are days',
  );

/** A range of numbers or days. */
export type MetadataRange = z.output<typeof metadataRange>;

/** Whether a key is held against a range, and not against a value. */
export const isRange = (value: FilterValue): value is MetadataRange =>
  typeof value === 'object' && value !== null;

/** What must hold of metadata, by key: a value exactly, or a range. */
export const metadataFilter = byName(
  z.union([z.string(), z.number(), z.boolean(), z.null(), metadataRange]),
).default({});

/** What a key is held against. */
export type FilterValue = string | number | boolean | null | MetadataRange;
