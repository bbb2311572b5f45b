import type { EngineEvent, Room } from '../../../shared/contract/index.ts';
import { wholeTable } from '../../../shared/view/view.ts';
import { Copies } from '../columns/copies.ts';
import { CopyAhead } from '../columns/copy-ahead.ts';
import type { Context } from '../context.ts';
import { RowOrders } from '../database/row-order.ts';
import { comparingCalls } from './compare/compare-tables.ts';
import { dependentsOf } from './dependents.ts';
import { dropTable } from './drop-table.ts';
import { exportView } from './export/export-view.ts';
import { exportTable } from './export-csv.ts';
import { listTables } from './list-tables.ts';
import { Looks } from './looks.ts';
import { FindingPages } from './page-finding.ts';
import { Profiles } from './profile/profile-table.ts';
import { valueOffers } from './profile/value-offers.ts';
import { TableRelations } from './relations/table-relations.ts';
import { renameTable } from './rename-table.ts';
import { viewCalls } from './view-calls.ts';
import { ViewPages } from './view-pages.ts';

/** Rooms whose reads depend on what the tables hold. */
export const tableReaders = ['tables', 'import', 'pipelines', 'checks', 'search'] as const;

/** Says that tables changed to everyone who read them. */
export function emitTablesChanged(emit: (event: EngineEvent) => void): void {
  for (const room of tableReaders) emit({ event: 'changed', room });
}

const isChangeOfTables = (event: EngineEvent) => event.event === 'changed' && event.room === 'tables';

/**
 * The tables themselves: what there is, their rows, what their columns hold, and the way out as CSV. Where it hears of loads,
 * tables are copied before anybody looks at them. `beforeRenaming` notes what is known of tables by their names.
 */
export function tablesRoom(
  context: Context,
  listen?: (hear: (event: EngineEvent) => void) => void,
  beforeRenaming: () => Promise<unknown> = async () => {},
): Room<'tables'> {
  const { database, emit } = context;
  const orders = new RowOrders();
  const copies = new Copies(context.workspace, database, orders);
  const ahead = new CopyAhead(database, copies);
  listen?.((event) => isChangeOfTables(event) && ahead.look());
  const views = new ViewPages(database, orders, copies);
  const looks = new Looks(context.workspace.statePath('looks.json'));
  const findings = new FindingPages();
  const profiles = new Profiles(database, copies);
  const relations = new TableRelations(database, copies);
  const changed = () => emitTablesChanged(emit);
  return {
    list: () => listTables(database),
    ...viewCalls(database, copies),
    page: ({ source, offset, limit }, { signal }) =>
      source.of === 'table'
        ? views.page(source.table, source.view ?? wholeTable, { offset, limit }, signal)
        : findings.page(database, source.finding, { offset, limit }, signal),
    arrange: ({ table, view }, call) => views.arrange(table, view, call),
    look: ({ table }) => looks.of(table),
    keepLook: ({ table, look }) => looks.keep(table, look),
    profile: (scope, call) => profiles.of(scope, call),
    values: (wanted, { signal }) => valueOffers({ copies, asker: profiles.asker }, wanted, signal),
    relations: (scope, call) => relations.of(scope, call),
    ...comparingCalls({ database, copies, profiles }),
    dependents: ({ table }) => dependentsOf(context, table),
    async rename({ table, to }) {
      await beforeRenaming();
      const renamed = renameTable(context, table, to).then(() => looks.rename(table, to));
      return renamed.then(() => null).finally(changed);
    },
    async drop({ table, evenIfUsed }) {
      await dropTable(context, table, evenIfUsed);
      changed();
      return null;
    },
    exportView: (asked, call) => exportView(views, copies, asked, call),
    async exportCsv({ tables, ...where }, call) {
      const written = [];
      const names = tables.length > 0 ? tables : (await listTables(database)).map(({ name }) => name);
      for (const name of names) written.push(await exportTable(database, orders, { name, ...where }, call));
      return written;
    },
  };
}
