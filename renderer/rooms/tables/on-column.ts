import { currentGrid } from '../../grid/current-grid.ts';
import { type Command, defineCommand } from '../../palette/command.ts';
import { type TableHandle, tableOf } from './table-handle.ts';

/** A command on the column in focus of the table that is seen. */
export const onColumn = (
  command: Omit<Command, 'group' | 'enabled' | 'run'>,
  act: (table: TableHandle, column: string) => void,
): Command =>
  defineCommand({
    ...command,
    group: 'Columns',
    enabled: ({ tab }) => tableOf(tab?.id) !== undefined && currentGrid()?.focus !== undefined,
    run: ({ tab }) => {
      const table = tableOf(tab?.id);
      const column = currentGrid()?.focus?.column.name;
      if (table && column !== undefined) act(table, column);
    },
  });
