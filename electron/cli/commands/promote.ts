import { resolve } from 'node:path';
import { problem } from '../../../shared/problem.ts';
import { type CommandCall, defineCommand, type Outcome } from '../define-command.ts';
import { compared, cutOffAs } from '../promote-words.ts';
import { gated, planned, probed } from '../shown-plan.ts';
import { proven, received, rollingBack } from '../shown-receipt.ts';
import { writeReport } from '../write-report.ts';

interface Options {
  readonly probe?: boolean;
  readonly diff?: string;
  readonly saveSql?: string;
  readonly withoutVectors?: boolean;
  readonly acceptDrift?: boolean;
  readonly plan?: boolean;
  readonly apply?: boolean;
  readonly verify?: boolean;
  readonly rollback?: boolean;
  readonly status?: boolean;
  readonly cleanUp?: boolean;
  readonly receipt?: string;
  readonly key?: string;
  readonly plainVersions?: string;
  readonly tables?: string;
  readonly collections?: string;
  readonly views?: string;
  readonly queries?: string;
  readonly acceptDestructive?: boolean;
  readonly acceptFailing?: boolean;
}

export default defineCommand<Options>({
  usage: 'promote <target>',
  summary:
    'promotes tables, collections and views to a target of assay.yaml; shows the plan unless told otherwise',
  json: `--plan: { target, server, changes: [{ object, kind, action, destructive, rows, bytes, says, counts, lost }], gates, drift, undecided, plain, estimate, sql, fingerprint }
  --diff: { targets, same, objects: [{ object, kind, same, columns, sides: [{ since, rows }] }] }
  --probe: { target, server, major, supported, database, user, superuser, encrypted, extensions, connections, missing, grants }
  --apply, --verify, --rollback: { target, server, status, tables: [{ table, rows, serverRows, checksumsEqual, checksEqual, columns, checks, differences, neighbours }],
    accepted?, notes, by, signature, receipt }
  --rollback --plan: { receipt, undone, tables: [{ table, kind, rows, earlier, aside, since }] }
  --status, --clean-up: [{ interrupted: { id, action, target, objects, stage, startedAt }, happened, undone, staged }]
  --receipt: { file, receipt, intact, own, key, says }`,
  order: 82,
  configure: (command) =>
    command
      .option('--probe', 'look at what the target is, and what rights are missing')
      .option(
        '--diff <target>',
        'compare what was promoted there with what was promoted to this other target',
      )
      .option('--plan', 'show what would change (the default)')
      .option('--apply', 'do it, compare both sides, and write the receipt')
      .option('--verify', 'compare what is there with what is here')
      .option(
        '--rollback',
        'put back what the last promotion replaced; with --plan: only say what that would do',
      )
      .option('--status', 'tell what became of a promotion that was cut off')
      .option('--clean-up', 'the same, and drop what it had loaded there')
      .option('--receipt <file>', 'tell whether a receipt is as it was signed, and by whom')
      .option('--key <sha256>', 'with --receipt: also trust this key of another workspace')
      .option('--tables <names>', 'only these tables, separated by commas')
      .option('--collections <names>', 'only these collections, separated by commas')
      .option('--views <names>', 'only these views, with what they read')
      .option('--queries <names>', 'these queries as views, with what they read')
      .option('--save-sql <file>', 'with --plan: write what would be run to a file')
      .option('--without-vectors', 'leave out what has vectors where the target has no pgvector')
      .option('--accept-destructive', 'rows on the target may be replaced')
      .option('--accept-drift', 'what was changed on the target since may be replaced')
      .option('--accept-failing', 'promote although checks fail or could not be evaluated')
      .option(
        '--plain-versions <what>',
        'drop or keep versions there that hold as it was what is masked or left out now',
      )
      .addHelpText(
        'after',
        '\nThe password comes from PGPASSWORD or ~/.pgpass, never from a file of the workspace.\n',
      ),
  async run(call) {
    const actions = (
      ['probe', 'diff', 'plan', 'apply', 'verify', 'rollback', 'status', 'cleanUp', 'receipt'] as const
    ).filter((action) => call.options[action]);
    if (call.options.plan && call.options.rollback && actions.length === 2) return run.rollbackPlan(call);
    if (actions.length > 1) {
      throw problem('bad_input', `--${wordOf(actions[0])} and --${wordOf(actions[1])} do not go together.`, {
        hint: 'Choose one.',
      });
    }
    return run[actions[0] ?? 'plan'](call);
  },
});

const wordOf = (action = '') => action.replace('cleanUp', 'clean-up');

const chosen = ({ args, options }: CommandCall<Options>) => ({
  target: args[0] ?? '',
  ...(options.withoutVectors ? { withoutVectors: true } : {}),
  ...Object.fromEntries(
    (['tables', 'collections', 'views', 'queries'] as const).flatMap((what) => {
      const named = options[what];
      return named === undefined ? [] : [[what, listOf(named)]];
    }),
  ),
});

function plainVersionsOf({ plainVersions: what }: Options): { plainVersions?: 'drop' | 'keep' } {
  if (what === undefined) return {};
  if (what === 'drop' || what === 'keep') return { plainVersions: what };
  throw problem('bad_input', `--plain-versions is drop or keep, not "${what}".`);
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const run = {
  probe: async (call: CommandCall<Options>) =>
    probed(await (await call.engine()).promote.probe({ target: call.args[0] ?? '' }, call.long)),
  diff: async (call: CommandCall<Options>) => {
    const sides = { target: call.args[0] ?? '', other: call.options.diff ?? '' };
    return compared(await (await call.engine()).promote.diff(sides, call.long));
  },
  plan: async (call: CommandCall<Options>) => {
    const cutOff = await interruptedText(call);
    const plan = await (await call.engine()).promote.plan(chosen(call), call.long);
    if (call.options.saveSql !== undefined) await writeReport(call.options.saveSql, `${plan.sql}\n`);
    const { json, text } = planned(plan);
    return { json, text: `${cutOff}${text}` };
  },
  apply: async (call: CommandCall<Options>): Promise<Outcome> => {
    const engine = await call.engine();
    const { acceptFailing = false, acceptDestructive = false, acceptDrift = false } = call.options;
    const { gates } = await engine.promote.plan(chosen(call), call.long);
    if (gates.length > 0 && !acceptFailing) return gated(gates);
    const accepted = { acceptFailing, acceptDestructive, acceptDrift, ...plainVersionsOf(call.options) };
    return received(await engine.promote.apply({ ...chosen(call), ...accepted }, call.long));
  },
  verify: async (call: CommandCall<Options>) =>
    received(await (await call.engine()).promote.verify(chosen(call), call.long)),
  rollback: async (call: CommandCall<Options>) =>
    received(await (await call.engine()).promote.rollback({ target: call.args[0] ?? '' }, call.long)),
  rollbackPlan: async (call: CommandCall<Options>) =>
    rollingBack(await (await call.engine()).promote.rollbackPlan({ target: call.args[0] ?? '' }, call.long)),
  status: (call: CommandCall<Options>) => aftermath(call, false),
  cleanUp: (call: CommandCall<Options>) => aftermath(call, true),
  receipt: async (call: CommandCall<Options>) =>
    proven(
      await (await call.engine()).promote.proof({ file: resolve(call.options.receipt ?? '') }),
      call.args[0] ?? '',
      call.options.key,
    ),
};

const aftermath = async ({ args, engine, long }: CommandCall<Options>, cleanUp: boolean) =>
  cutOffAs(await (await engine()).promote.aftermath({ target: args[0] ?? '', cleanUp }, long));

/** Said before anything else: who plans again wants to know what became of the last time. */
async function interruptedText({ args, engine, long }: CommandCall<Options>): Promise<string> {
  const { promote } = await engine();
  const target = args[0] ?? '';
  const cutOff = (await promote.interrupted({})).filter((one) => one.target === target);
  if (cutOff.length === 0) return '';
  return `${cutOffAs(await promote.aftermath({ target }, long)).text}\n`;
}
