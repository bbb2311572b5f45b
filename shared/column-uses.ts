import type { Field, ParamShape } from './params.ts';

/** A column that a parameter names: which parameter, which input, which name. */
export interface ColumnUse {
  readonly param: string;
  readonly input: number;
  readonly column: string;
}

/** Every column that the parameters name, lists included; expressions are not looked into. */
export function columnUses(shape: ParamShape, params: Readonly<Record<string, unknown>>): ColumnUse[] {
  return Object.entries(shape).flatMap(([param, field]) => usesOf(field, params[param], param));
}

function usesOf(field: Field<unknown>, value: unknown, param: string): ColumnUse[] {
  const input = field.input ?? 0;
  if (field.is === 'column' && typeof value === 'string' && value !== '')
    return [{ param, input, column: value }];
  if (field.is === 'columns' && Array.isArray(value)) {
    return value.map((column) => ({ param, input, column: String(column) }));
  }
  if (field.is === 'list' && Array.isArray(value) && field.fields) {
    const { fields } = field;
    return value.flatMap((entry) => columnUses(fields, entry).map((use) => ({ ...use, param })));
  }
  return [];
}
