import { createHash } from 'node:crypto';
import { type Column, userColumns } from '../../../../shared/column.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, sql, toText } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { bare, type GoingSettings, type PromotedObject, schemaOn } from './objects.ts';
import { ofOwnType } from './own-types.ts';
import type { ViewHere } from './read-views.ts';

/** A view as it goes: its SELECT, and how many rows that gives here. */
export async function viewObject(
  database: Database,
  view: ViewHere,
  { schema, tables }: GoingSettings,
  all: boolean,
): Promise<PromotedObject> {
  const { name, form, by, reads, here, there } = view;
  const from = sql`${here} as ${ident(name)}`;
  const columns = userColumns(await database.describe(sql`select * from ${from}`));
  const stays = view.stays ?? hiddenUnder(view, tables) ?? strangeIn(columns);
  if (stays !== undefined && !all) {
    throw problem('bad_input', `The view "${name}" cannot go: ${stays}.`, {
      hint: 'Leave it out, define it otherwise, or save what it shows as a table.',
    });
  }
  const { rows } = await database.one<{ rows: number }>(sql`select count(*)::float8 as rows from ${from}`);
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

/** Why a view cannot be there as it is here: a column that it needs is left out, or holds masks. */
function hiddenUnder({ uses }: ViewHere, tables: GoingSettings['tables'] = {}): string | undefined {
  const ways = { drop: 'left out', mask: 'masked' } as const;
  for (const [table, { private: decided = {} }] of Object.entries(tables))
    for (const [column, way] of Object.entries(decided))
      if (way !== 'keep' && uses.includes(`public.${table}.${column}`))
        return `it reads ${table}.${column}, which is ${ways[way]} there`;
  return undefined;
}

/** Why else: a row of a table as one value has that table's type, which is another one there. */
function strangeIn(columns: readonly Column[]): string | undefined {
  const strange = ofOwnType(columns);
  return (
    strange &&
    `its column ${strange.name} has the type ${strange.type}, made in this workspace or unknown to promotions`
  );
}
