import type { Field, ParamShape } from '../../../../shared/params.ts';

/** SQL that a person wrote into a parameter. */
export interface Formula {
  /** Where it stands: `condition`, or `columns.0.expression`. */
  readonly param: string;
  readonly written: string;
}

/** Every expression and query among the parameters. */
export function formulasOf(shape: ParamShape, params: Readonly<Record<string, unknown>>): Formula[] {
  return Object.entries(shape).flatMap(([name, field]) => formulasIn(field, params[name], name));
}

function formulasIn(field: Field<unknown>, value: unknown, param: string): Formula[] {
  if ((field.is === 'expression' || field.is === 'query') && typeof value === 'string') {
    if (value.trim() === '') return [];
    return [{ param, written: value.replace(/;\s*$/, '') }];
  }
  const { fields } = field;
  if (!fields || !Array.isArray(value)) return [];
  return value.flatMap((entry, at) =>
    formulasOf(fields, entry).map((formula) => ({ ...formula, param: `${param}.${at}.${formula.param}` })),
  );
}

/** The formula that a position of the whole statement lies in, and the position within it, both from 1. */
export function placeIn(
  formulas: readonly Formula[],
  statement: string,
  position: number,
): { readonly param: string; readonly position: number } | undefined {
  const offset = utf16Offset(statement, position);
  for (const { param, written } of formulas) {
    const start = statement.lastIndexOf(written, offset);
    if (start >= 0 && offset <= start + written.length) return { param, position: offset - start + 1 };
  }
  return undefined;
}

/** PostgreSQL counts characters from 1, JavaScript UTF-16 units from 0. */
const utf16Offset = (text: string, position: number): number =>
  [...text].slice(0, position - 1).join('').length;
