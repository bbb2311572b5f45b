import { type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** Settings under which the text of a value does not depend on how a server is set up. */
export const plainTexts: readonly Sql[] = [
  sql`set standard_conforming_strings = on`,
  sql`set timezone = 'UTC'`,
  sql`set datestyle = 'ISO, MDY'`,
  sql`set intervalstyle = 'postgres'`,
  sql`set bytea_output = 'hex'`,
  sql`set extra_float_digits = 1`,
  sql`set quote_all_identifiers = off`,
];

/** Brings them about in this workspace, for as long as its connection is kept. */
export const writePlainly = (session: Pick<Session, 'script'>): Promise<void> =>
  session.script(plainTexts.map(toText).join(';\n'));
