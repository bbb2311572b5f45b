import { createHash } from 'node:crypto';
import { named } from '../../../../shared/by-name.ts';
import { userColumns } from '../../../../shared/column.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, sql, toText } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { bare, type GoingSettings, type PromotedObject, schemaOn } from './objects.ts';
import { refuseOwnTypes } from './own-types.ts';
import type { ViewHere } from './read-views.ts';

/** A view as it goes: its SELECT, and how many rows that gives here. */
export async function viewObject(
  database: Database,
  view: ViewHere,
  { schema, tables }: GoingSettings,
  all: boolean,
): Promise<PromotedObject> {
  const { name, form, by, reads, here, there } = view;
  const stays = view.stays ?? droppedUnder(view, tables);
  if (stays !== undefined && !all) {
    throw problem('bad_input', `The view "${name}" cannot go: ${stays}.`, {
      hint: 'Leave it out, define it otherwise, or save what it shows as a table.',
    });
  }
  const from = sql`${here} as ${ident(name)}`;
  const columns = userColumns(await database.describe(sql`select * from ${from}`));
  const { rows } = await database.one<{ rows: number }>(sql`select count(*)::float8 as rows from ${from}`);
  refuseOwnTypes(name, columns);
  const version = createHash('sha256').update(toText(there)).digest('hex');
  return {
    ...{
      kind: 'view',
      form,
      schema: 'public',
      to: schemaOn(schema, 'view'),
      name,
      key: '_row',
      columns,
      from,
      rows,
    },
    ...bare,
    version,
    source: name,
    stays,
    bytes: 0,
    made: { by, reads, rows: () => there },
  };
}

/** Why a view cannot be there: a column that it needs is left out. */
function droppedUnder({ uses }: ViewHere, tables: GoingSettings['tables'] = {}): string | undefined {
  const dropped = Object.entries(tables).flatMap(([table, { private: decided = {} }]) =>
    Object.keys(decided).flatMap((column) =>
      named(decided, column) === 'drop' ? [`${table}.${column}`] : [],
    ),
  );
  const missing = dropped.find((column) => uses.includes(`public.${column}`));
  return missing === undefined ? undefined : `it reads ${missing}, which is left out there`;
}
