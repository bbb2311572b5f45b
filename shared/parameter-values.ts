import type { Parameter } from './contract/pipelines.ts';

const shapes: Readonly<Record<Parameter['type'], RegExp>> = {
  text: /^[\s\S]*$/,
  integer: /^[-+]?\d{1,18}$/,
  numeric: /^[-+]?(\d+(\.\d*)?|\.\d+)$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  timestamp: /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/,
};

/** True where a value, as one writes it, is of the type of a parameter. */
export const fitsParameter = ({ type }: Parameter, value: string): boolean => shapes[type].test(value);

/** What a person may write for a parameter of a type, in words. */
export const parameterWords: Readonly<Record<Parameter['type'], string>> = {
  text: 'Text.',
  integer: 'A whole number.',
  numeric: 'A number.',
  boolean: 'True or false.',
  date: 'A date: 2026-01-31.',
  timestamp: 'A date and time: 2026-01-31 12:00.',
};
