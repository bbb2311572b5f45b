import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';
import { PipelineFiles } from '../pipelines/pipeline-files.ts';
import { detectTable } from './detect/detect-table.ts';
import { earlierFindings, latestFindings, retireOthers } from './findings.ts';
import { repairTable } from './repair/repair-table.ts';
import { writeCorrections } from './repair/write-corrections.ts';
import { listRules, saveRules } from './rule-files.ts';
import { runRules } from './run-rules.ts';
import { runTable } from './run-table.ts';
import { keepRejected, readRejected } from './suggest/rejected.ts';
import { suggestRules } from './suggest/suggest-rules.ts';

/** Rules on tables, written down in checks/, and what they found. */
export function checksRoom({ workspace, database, emit }: Context): Room<'checks'> {
  const dir = workspace.path('checks');
  const changed = () => {
    emit({ event: 'changed', room: 'checks' });
    emit({ event: 'changed', room: 'tables' });
  };
  workspace.onFolderChange('checks', changed);
  return {
    list: () => listRules(dir),
    async save({ table, rules }) {
      const saved = await saveRules(dir, table, rules);
      if (saved.problems.length === 0) await retireOthers(database, table, saved.rules);
      changed();
      return saved;
    },
    async run(chosen, context) {
      try {
        return await runRules(database, await listRules(dir), chosen, context);
      } finally {
        changed();
      }
    },
    async attempt({ table, rule }, { signal }) {
      const [draft] = await runTable({ database, signal }, table, [rule], () => {});
      return { ...(draft as NonNullable<typeof draft>), id: 0, at: new Date().toISOString() };
    },
    repair: async (request, context) => repairTable(database, request, await readRejected(dir), context),
    async correct({ table, corrections, pipeline }) {
      const files = new PipelineFiles(workspace.path('pipelines'));
      const written = await writeCorrections(files, table, corrections, pipeline);
      emit({ event: 'changed', room: 'pipelines' });
      return written;
    },
    detect: ({ table, least }, context) => detectTable(database, table, least, context),
    suggest: async ({ tables }, context) =>
      suggestRules(
        { database, rules: await listRules(dir), rejected: await readRejected(dir) },
        tables,
        context,
      ),
    async reject({ table, kind, params, undo }) {
      await keepRejected(dir, { table, kind, params }, undo ?? false);
      changed();
      return null;
    },
    latest: ({ table }) => latestFindings(database, table),
    history: ({ table, check, limit }) => earlierFindings(database, table, check, limit),
  };
}
