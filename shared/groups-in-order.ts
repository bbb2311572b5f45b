import { names, type Sql, sql } from './sql.ts';

/** Groups of a select, put in order when they are made: else PostgreSQL sorts all rows to have them in order. */
export const groupsInOrder = (select: Sql, by: readonly string[]): Sql => sql`select *
from (
${select}
group by ${names(by)}
offset 0
) as groups
order by ${names(by)}`;
