type Row = readonly string[];

const isObject = (cell: string) => /^\{.*\}$/s.test(cell.trim());

/** True for a record of objects as JSON writes them: ids, as tools for surveys keep them below the names. */
export function areObjects(row: Row): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  return filled.length > 1 && filled.every(isObject);
}

/** A question, or five words and more. */
export const isSentence = (cell = ''): boolean => /\?$|(\S+\s+){4}\S/.test(cell.trim());

/** Names as programs number them: Q1, q12_3, VAR001. */
const isNumbered = (name: string) => /^[A-Za-z]{1,8}[_.]?\d+(?:[_.]\w+)*$/.test(name.trim());

/** True for records that say in sentences what the names above them mean, as the questions of a survey. */
export function areLabels(row: Row, names: Row): boolean {
  const named = names.every((name) => name.trim() !== '' && !isSentence(name));
  return named && new Set(names).size === names.length && row.some(isSentence);
}

/**
 * True for such a record over rows of values: sentences stand where values do, or names are numbered. `valued`: columns whose
 * rows hold values.
 */
export function areLabelsOver(row: Row, names: Row, valued: readonly number[]): boolean {
  if (!areLabels(row, names)) return false;
  const sentences = valued.filter((at) => isSentence(row[at])).length;
  return sentences * 2 > valued.length || names.filter(isNumbered).length * 2 >= names.length;
}

const type =
  /^(text|string|str|char|character|int\d*|integer|bigint|smallint|long|number|numeric|decimal|float\d*|double( precision)?|real|bool(ean)?|date|time|datetime\d*|timestamp\w*|uuid|jsonb?|object|category|factor|varchar|nvarchar)(\s*\(\s*\d+(\s*,\s*\d+)?\s*\))?$/i;

/** True for a record of nothing but types. */
export const areTypes = (row: Row): boolean => row.length > 1 && row.every((cell) => type.test(cell.trim()));
