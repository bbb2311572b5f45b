import { named } from '../../../shared/by-name.ts';
import type { Misfit, Parameter } from '../../../shared/contract/query.ts';
import { toProblem } from '../../../shared/problem.ts';
import { sql, typeName } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import { parametersOf, type Values } from './bind-parameters.ts';

/** The values that are none of the type which PostgreSQL infers for their parameter, each with its words. */
export const misfitValues = (database: Database, text: string, values: Values): Promise<readonly Misfit[]> =>
  database.use({ title: 'Reading values', reads: true }, async (session) => {
    const misfits: Misfit[] = [];
    for (const { name, type } of await parametersOf(session, text)) {
      const value = named(values, name) ?? null;
      if (value === null || !isTyped({ name, type })) continue;
      try {
        await session.query(sql`select ${value}::${typeName(type)}`);
      } catch (thrown) {
        const { code, message } = toProblem(thrown);
        if (code === 'sql_failed') misfits.push({ name, message });
      }
    }
    return misfits;
  });

const isTyped = ({ type }: Parameter): boolean => {
  try {
    typeName(type);
    return true;
  } catch {
    return false;
  }
};
