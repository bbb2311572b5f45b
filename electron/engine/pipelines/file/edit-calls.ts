import type { Room } from '../../../../shared/contract/index.ts';
import type { Context } from '../../context.ts';
import type { EditLog } from './edit-log.ts';
import { followTable, writtenUses } from './follow-table.ts';

type Calls = Pick<Room<'pipelines'>, 'edits' | 'noteEdit' | 'travelEdits' | 'writtenUses' | 'followTable'>;

/** What was edited, to be undone, and what has to be edited where a table is renamed. */
export const editCalls = ({ workspace, emit }: Context, edits: EditLog): Calls => ({
  edits: ({ name }) => edits.done(name),
  noteEdit: ({ name, change }) => edits.note(name, change),
  travelEdits: ({ name, way }) => edits.travel(name, way),
  writtenUses: ({ table }) => writtenUses(workspace, table),
  async followTable({ table, to }) {
    const followed = await followTable(workspace, table, to);
    for (const room of ['pipelines', 'query', 'checks'] as const) emit({ event: 'changed', room });
    return followed;
  },
});
