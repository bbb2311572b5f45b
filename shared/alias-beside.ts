import { ident, type Sql, toText } from './sql.ts';

/** A name for the rows of another table inside a sub-select that does not hide those of the table `row`. */
export const aliasBeside = (row: Sql): Sql => {
  const alias = ident('_other');
  return toText(row) === toText(alias) ? ident('_another') : alias;
};
