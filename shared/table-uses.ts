import type { ParamShape } from './params.ts';

/** The parameters that name a table, with the tables they name; written SQL is not looked into. */
export const tableUses = (
  shape: ParamShape,
  params: Readonly<Record<string, unknown>> = {},
): { readonly param: string; readonly table: string }[] =>
  Object.entries(shape).flatMap(([param, field]) => {
    const table = params[param];
    return (field.is === 'table' || field.names === 'table') && typeof table === 'string' && table !== ''
      ? [{ param, table }]
      : [];
  });
