import type { Plan, Receipt } from '../../../shared/contract/promote.ts';
import { problem } from '../../../shared/problem.ts';
import { type CommandCall, defineCommand, type Outcome } from '../define-command.ts';
import { textTable } from '../output.ts';

interface Options {
  readonly plan?: boolean;
  readonly apply?: boolean;
  readonly verify?: boolean;
  readonly rollback?: boolean;
  readonly tables?: string;
  readonly collections?: string;
  readonly acceptDestructive?: boolean;
  readonly acceptFailing?: boolean;
}

export default defineCommand<Options>({
  usage: 'promote <target>',
  summary: 'promotes tables and collections to a target of assay.yaml; shows the plan unless told otherwise',
  json: `--plan: { target, server, changes: [{ object, kind, action, destructive, rows, says }], gates, sql, fingerprint }
  --apply, --verify, --rollback: { target, server, status, tables: [{ table, rows, serverRows, checksumsEqual, checksEqual, columns, checks }], accepted?, receipt }`,
  order: 82,
  configure: (command) =>
    command
      .option('--plan', 'show what would change (the default)')
      .option('--apply', 'do it, compare both sides, and write the receipt')
      .option('--verify', 'compare what is there with what is here')
      .option('--rollback', 'put back what the last promotion replaced')
      .option('--tables <names>', 'only these tables, separated by commas')
      .option('--collections <names>', 'only these collections, separated by commas')
      .option('--accept-destructive', 'rows on the target may be replaced')
      .option('--accept-failing', 'promote although checks fail')
      .addHelpText(
        'after',
        '\nThe password comes from PGPASSWORD or ~/.pgpass, never from a file of the workspace.\n',
      ),
  async run(call) {
    const actions = (['plan', 'apply', 'verify', 'rollback'] as const).filter(
      (action) => call.options[action],
    );
    if (actions.length > 1) {
      throw problem('bad_input', `--${actions[0]} and --${actions[1]} do not go together.`, {
        hint: 'Choose one.',
      });
    }
    return run[actions[0] ?? 'plan'](call);
  },
});

const chosen = ({ args, options }: CommandCall<Options>) => ({
  target: args[0] ?? '',
  ...(options.tables === undefined ? {} : { tables: listOf(options.tables) }),
  ...(options.collections === undefined ? {} : { collections: listOf(options.collections) }),
});

const listOf = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const run = {
  plan: async (call: CommandCall<Options>) =>
    planned(await (await call.engine()).promote.plan(chosen(call), call.long)),
  apply: async (call: CommandCall<Options>): Promise<Outcome> => {
    const engine = await call.engine();
    const { acceptFailing = false, acceptDestructive = false } = call.options;
    const { gates } = await engine.promote.plan(chosen(call), call.long);
    if (gates.length > 0 && !acceptFailing) return gated(gates);
    return received(
      await engine.promote.apply({ ...chosen(call), acceptFailing, acceptDestructive }, call.long),
    );
  },
  verify: async (call: CommandCall<Options>) =>
    received(await (await call.engine()).promote.verify(chosen(call), call.long)),
  rollback: async (call: CommandCall<Options>) =>
    received(await (await call.engine()).promote.rollback({ target: call.args[0] ?? '' }, call.long)),
};

function planned(plan: Plan): Outcome {
  const changes = plan.changes.map(({ object, kind, action, destructive, rows, says }) => [
    destructive ? `${action} !` : action,
    kind,
    object,
    String(rows),
    says,
  ]);
  const stopped = listed('These checks stop it unless --accept-failing is given', plan.gates);
  const text = `${plan.target}: ${plan.server}\n\n${textTable(['action', 'kind', 'object', 'rows', 'what happens'], changes)}${stopped}`;
  return { json: plan, text };
}

const listed = (says: string, gates: Plan['gates']): string =>
  gates.length === 0
    ? ''
    : `\n${says}:\n${gates.map((gate) => `  ${gate.verdict}: ${gate.table}.${gate.check}: ${gate.says}\n`).join('')}`;

/** The data failed, not the request: exit code 1. */
function gated(gates: Plan['gates']): Outcome {
  const message = `${gates.length} checks stop the promotion.`;
  const hint = 'Mend the rows, or give --accept-failing.';
  const list = gates.map(({ table, check, says }) => `  ${table}.${check}: ${says}`).join('\n');
  return {
    json: { problem: { code: 'bad_input', message, hint }, gates },
    text: `${message}\n${list}\n${hint}\n`,
    exit: 1,
  };
}

function received(receipt: Receipt): Outcome {
  const rows = receipt.tables.map(({ table, rows, serverRows, checksumsEqual, checksEqual }) => [
    table,
    String(rows),
    String(serverRows),
    checksumsEqual ? 'equal' : 'DIFFERENT',
    checksEqual === null ? '–' : checksEqual ? 'equal' : 'DIFFERENT',
  ]);
  const kept = receipt.receipt ? `Receipt: ${receipt.receipt}\n` : '';
  const table = textTable(['table', 'rows', 'on target', 'checksums', 'checks'], rows);
  const accepted = listed('Promoted although these checks fail', receipt.accepted ?? []);
  const text = `${receipt.target}: ${receipt.server}\n\n${table}${accepted}\nStatus: ${receipt.status}\n${kept}`;
  return { json: receipt, text, exit: receipt.status === 'differs' ? 1 : 0 };
}
