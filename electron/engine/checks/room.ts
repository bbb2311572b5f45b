import { userColumns } from '../../../shared/column.ts';
import type { CheckRule, TableChecks } from '../../../shared/contract/checks.ts';
import type { Room } from '../../../shared/contract/index.ts';
import { ProblemError, problem } from '../../../shared/problem.ts';
import { checks } from '../../../shared/registry.ts';
import { sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { PipelineFiles } from '../pipelines/file/pipeline-files.ts';
import { QueryHistory } from '../query/query-history.ts';
import { readSettings } from '../workspace/settings.ts';
import { alertState, allowAlerts } from './alerts/alerts.ts';
import { BackgroundRuns } from './background-runs.ts';
import { detectTable } from './detect/detect-table.ts';
import { earlierFindings, latestFindings, retireOthers } from './findings.ts';
import { markIncident, monitorHistory } from './monitors/monitor-history.ts';
import { scoreCards } from './monitors/score-cards.ts';
import { hiddenColumns, privateColumns, unreadableTables, withoutPrivate } from './private-columns.ts';
import { quotesAny, refuseQuoting } from './repair/quoted-columns.ts';
import { repairTable } from './repair/repair-table.ts';
import { correctedName, writeCorrections } from './repair/write-corrections.ts';
import { selectOf } from './rows-of.ts';
import { listRules, saveRules } from './rule-files.ts';
import { rulesAndKnownPrivacy, rulesAndPrivacy } from './rules-and-privacy.ts';
import { type ByItself, runAndTell } from './run-by-itself.ts';
import { SavedRules } from './run-saved-rules.ts';
import { runTable } from './run-table.ts';
import { keepRejected, readRejected } from './suggest/rejected.ts';
import { suggestRules } from './suggest/suggest-rules.ts';

type Calls = Room<'checks'>;

/** Rules on tables, written down in checks/, and what they found. */
export function checksRoom(
  context: Context,
  byItself: ByItself = { runs: new BackgroundRuns(context.emit), failed: () => {}, afterSave: false },
): Calls {
  const { workspace, emit } = context;
  const changed = () => {
    emit({ event: 'changed', room: 'checks' });
    emit({ event: 'changed', room: 'tables' });
  };
  const saved = new SavedRules(context, byItself);
  const rulesChanged = () => {
    changed();
    saved.look();
  };
  workspace.onFolderChange('checks', rulesChanged);
  return {
    ...ruleCalls(context, rulesChanged, byItself),
    ...dataCalls(context, changed),
    ...monitorCalls(context, changed),
  };
}

function ruleCalls(
  context: Context,
  changed: () => void,
  byItself: ByItself,
): Pick<Calls, 'list' | 'save' | 'columns' | 'run' | 'stop' | 'attempt' | 'latest' | 'history'> {
  const { workspace, database, whyStale } = context;
  const { runs, failed } = byItself;
  const dir = workspace.path('checks');
  return {
    list: () => listRules(dir),
    async save({ table, of, rules }) {
      const saved = await saveRules(dir, { table, of }, rules);
      // The file is what counts: writing it does not wait for a check that runs.
      if (saved.problems.length === 0)
        void retireOthers(database, table, saved.rules).then(changed).catch(failed);
      changed();
      return saved;
    },
    run: (chosen, call) => runAndTell(context, chosen, call, byItself),
    async stop({ task }) {
      runs.stop(task);
      return null;
    },
    async columns({ of }) {
      const select = await selectOf(context, of);
      const found = await database.describe(sql`select * from ${select} as q`);
      return userColumns(found);
    },
    async attempt({ table, rule }, { signal }) {
      const known = await rulesAndPrivacy(context);
      const of = known.find((one) => one.table === table)?.of;
      const rows = of && (() => selectOf(context, of));
      const hidden = privateColumns(known, table);
      const [draft] = await runTable({ database, signal, rows, hidden, whyStale }, table, [rule], () => {});
      return { ...(draft as NonNullable<typeof draft>), id: 0, at: new Date().toISOString() };
    },
    async latest({ table }) {
      const known = await rulesAndKnownPrivacy(context);
      return (await latestFindings(database, table)).map((one) => withoutPrivate(one, known));
    },
    async history({ table, check, limit }) {
      const known = await rulesAndKnownPrivacy(context);
      return (await earlierFindings(database, table, check, limit)).map((one) => withoutPrivate(one, known));
    },
  };
}

/** The private columns of a table; where its file cannot be read nobody knows which, and no value is shown. */
async function hiddenIn(context: Context, table: string): Promise<ReadonlySet<string>> {
  const known = await rulesAndPrivacy(context);
  refuseUnreadable(known, table);
  return new Set(await hiddenColumns(context.database, known, table));
}

/** Refuses to show values of a table whose file cannot be read. */
function refuseUnreadable(known: readonly TableChecks[], table: string): void {
  const [unread] = unreadableTables(known.filter((one) => one.table === table));
  if (unread) throw new ProblemError(unread);
}

function dataCalls(
  context: Context,
  changed: () => void,
): Pick<Calls, 'hidden' | 'detect' | 'repair' | 'correct' | 'suggest' | 'reject'> {
  const { workspace, database, emit } = context;
  return {
    hidden: async ({ table }) => hiddenColumns(database, await rulesAndPrivacy(context), table),
    async detect({ table, least }, call) {
      const hidden = await hiddenIn(context, table);
      return detectTable(database, { name: table, least, hidden }, call);
    },
    async repair(request, call) {
      const hidden = await hiddenIn(context, request.table);
      return repairTable(database, { ...request, hidden, rejected: await readRejected(workspace) }, call);
    },
    async correct({ table, corrections, pipeline, withPrivate }) {
      if (!withPrivate) {
        refuseQuoting(corrections, await hiddenIn(context, table), pipeline ?? correctedName(table));
      }
      const files = new PipelineFiles(workspace.path('pipelines'));
      const there = await database.query<{ name: string }>(
        sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace`,
      );
      const names = there.map(({ name }) => name);
      const written = await writeCorrections(files, table, corrections, { into: pipeline, there: names });
      emit({ event: 'changed', room: 'pipelines' });
      return written;
    },
    async suggest({ tables }, call) {
      const rules = await rulesAndPrivacy(context);
      for (const table of tables ?? []) refuseUnreadable(rules, table);
      const rejected = await readRejected(workspace);
      return suggestRules({ database, rules, rejected }, tables, call);
    },
    async reject({ table, kind, params, undo }) {
      const quoting = kind === 'repair' && quotesAny(params, await hiddenIn(context, table));
      await keepRejected(workspace, { table, kind, params }, { undo: undo ?? false, quoting });
      changed();
      return null;
    },
  };
}

function monitorCalls(
  context: Context,
  changed: () => void,
): Pick<Calls, 'monitor' | 'incident' | 'scores' | 'alerts' | 'allowAlerts'> {
  const { workspace, database } = context;
  const dir = workspace.path('checks');
  const ruleOf = async (table: string, check: string) => {
    const own = (await listRules(dir)).find((one) => one.table === table)?.rules;
    const rule = own?.find(({ id }) => id === check);
    if (rule) {
      refusePrivate(rule, await hiddenColumns(database, await rulesAndKnownPrivacy(context), table));
      return rule;
    }
    throw problem('not_found', `There is no rule "${check}" on "${table}".`, { at: { table, check } });
  };
  return {
    async monitor({ table, check }) {
      const rule = await ruleOf(table, check);
      return database.use({ title: `Reading what ${check} remembers` }, (session) =>
        monitorHistory(session, table, rule),
      );
    },
    async incident({ table, check, at, note }) {
      const rule = await ruleOf(table, check);
      const now = await database.transaction({ title: `Marking a value of ${check}` }, async (session) => {
        await markIncident(session, table, rule, { at, note });
        return monitorHistory(session, table, rule);
      });
      changed();
      return now;
    },
    async scores() {
      const { checks } = await readSettings(workspace.dir);
      const queries = await new QueryHistory(workspace.statePath('query-history.jsonl')).list('', 1000);
      const ms = queries.filter(({ outcome }) => outcome === 'done').map((one) => one.ms);
      return database.use({ title: 'Reading the score cards' }, (session) => scoreCards(session, checks, ms));
    },
    alerts: () => alertState(context),
    allowAlerts: async ({ allow }) => {
      const state = await allowAlerts(context, allow);
      changed();
      return state;
    },
  };
}

/** What is remembered of a private column's values is shown to nobody. */
function refusePrivate({ kind, params }: CheckRule, hidden: readonly string[]): void {
  const definition = checks.get(kind);
  const column = definition?.marks(params).find((name) => hidden.includes(name));
  if (column === undefined || definition?.counts?.(params)) return;
  throw problem('bad_input', `What is remembered of "${column}" is not shown: the column is private.`, {
    hint: 'Its verdicts are told. How many values it lacks, or has, may be watched and shown.',
    at: { column },
  });
}
