import type { ValueOffer } from '../../../../shared/contract/tables.ts';
import { sql } from '../../../../shared/sql.ts';
import { wholeTable } from '../../../../shared/view/view.ts';
import type { Copies } from '../../columns/copies.ts';
import { columnsNamed } from '../../database/known-table.ts';
import type { ColumnAsker } from './ask-column.ts';
import { type Asked, shortened } from './profile-column.ts';
import { sampledRows } from './profile-table.ts';
import type { Reading } from './readings.ts';

/** What of a column is looked for. */
export interface WantedValues {
  readonly table: string;
  readonly column: string;
  readonly search: string;
  readonly limit: number;
}

/** The most frequent values that hold some text, whatever its case; of a large table that has no copy yet a sample's. */
export async function valueOffers(
  { copies, asker }: { readonly copies: Copies; readonly asker: ColumnAsker },
  { table: name, column: wanted, search, limit }: WantedValues,
  signal: AbortSignal,
): Promise<readonly ValueOffer[]> {
  const looked = await copies.look(name);
  const [column] = columnsNamed(looked.table, [wanted]);
  if (!column) return [];
  const share = looked.copy ? 1 : Math.min(1, sampledRows / Math.max(looked.table.rows, 1));
  const title = `Reading values of ${name}`;
  return asker.ask({ looked, view: wholeTable, column, title, signal, share }, (asked, reading) =>
    offersOf(asked, reading, search.toLowerCase(), limit),
  );
}

async function offersOf(asked: Asked, { value, written, shown }: Reading, search: string, limit: number) {
  const found = search === '' ? sql`true` : sql`strpos(lower(t), ${search}) > 0`;
  const rows = await asked.rows(sql`
    select t, cast(n as varchar) from (
      select ${shortened(written(sql`v`))} as t, n from (
        select v, count(*) as n from (select ${value} as v from ${asked.from}${asked.where}) as c
        where v is not null group by v) as g) as o
    where ${found} order by o.n desc, o.t limit ${limit}`);
  return rows.map(([text, n]) => ({ value: shown(text ?? ''), count: Number(n) }));
}
