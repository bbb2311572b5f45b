import { type Sql, sql } from '../../../shared/sql.ts';

/** Settings under which the text of a value does not depend on how a server is set up. */
export const plainTexts: readonly Sql[] = [
  sql`set timezone = 'UTC'`,
  sql`set datestyle = 'ISO, MDY'`,
  sql`set intervalstyle = 'postgres'`,
  sql`set bytea_output = 'hex'`,
  sql`set extra_float_digits = 1`,
];
