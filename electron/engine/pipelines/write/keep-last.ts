import { ident, join, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { stagedColumns } from './merge-stage.ts';
import { finishStage, type Staged } from './staged.ts';

/**
 * Of several staged rows of a key leaves the last, in the place of the first: what stays is then what it would be, had
 * they come in runs of their own.
 */
export async function keepLast(session: Session, made: Staged): Promise<Staged> {
  const { stage, into } = made;
  if (!('key' in into) || !into.last) return made;
  const name = ident('assay', stage);
  const key = join(into.key.map((column) => ident(column)));
  const { twice } = await session.one<{ twice: boolean }>(
    sql`select exists (select from ${name} group by ${key} having count(*) > 1) as twice`,
  );
  if (!twice) return made;
  const cells = join((await stagedColumns(session, stage)).map((column) => sql`s.${ident(column.name)}`));
  const kept = ident('assay', `${stage}_last`);
  await session.run(sql`create table ${kept} as
    select row_number() over (order by k.first) as _row, ${cells}
    from ${name} as s join (select min(_row) as first, max(_row) as last from ${name} group by ${key}) as k on k.last = s._row`);
  await session.run(sql`drop table ${name}`);
  await session.run(sql`alter table ${kept} rename to ${ident(stage)}`);
  return { ...made, rows: await finishStage(session, stage) };
}
