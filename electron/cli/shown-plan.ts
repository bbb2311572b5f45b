import type { Plan, Probe } from '../../shared/contract/promote.ts';
import { driftExamples, driftInWords } from '../../shared/drift-words.ts';
import type { Outcome } from './define-command.ts';
import { textTable } from './output.ts';
import { expected } from './promote-words.ts';

/** A plan as text: what happens to each object, what stops it, and what it takes. */
export function planned(plan: Plan): Outcome {
  const changes = plan.changes.map(({ object, kind, action, destructive, rows, says }) => [
    destructive ? `${action} !` : action,
    kind,
    object,
    String(rows),
    says,
  ]);
  const stopped = listed('These checks stop it unless --accept-failing is given', plan.gates);
  const drifted = plan.drift.map((one) =>
    [`  ${one.table}: ${driftInWords(one)}\n`, ...driftExamples(one).map((row) => `    ${row}\n`)].join(''),
  );
  const drift =
    drifted.length === 0
      ? ''
      : `\nChanged on the target since, and kept unless --accept-drift is given:\n${drifted.join('')}`;
  const undecided = plan.undecided.map(({ table, column }) => `  ${table}.${column}\n`);
  const hidden =
    undecided.length === 0
      ? ''
      : `\nPrivate, or made of what is: it stops until assay.yaml says keep, mask or drop of each:\n${undecided.join('')}`;
  const plain =
    plan.plain.length === 0
      ? ''
      : `\nReadable in older versions there; it stops unless --plain-versions says drop or keep:\n${plan.plain.map(({ says }) => `  ${says}\n`).join('')}`;
  const text = `${plan.target}: ${plan.server}\n\n${textTable(['action', 'kind', 'object', 'rows', 'what happens'], changes)}${stopped}${hidden}${plain}${drift}`;
  return { json: plan, text: `${text}${expected(plan.estimate)}` };
}

/** What a target is, and the rights that are missing there. */
export function probed(probe: Probe): Outcome {
  const { connections, extensions, missing, grants } = probe;
  const facts = [
    ['server', `${probe.server}${probe.supported ? '' : ' (not supported)'}`],
    ['user', `${probe.user}${probe.superuser ? ', superuser' : ''} in ${probe.database}`],
    ['connection', probe.encrypted ? 'encrypted' : 'not encrypted'],
    ['connections', `${connections.free} free of ${connections.max}`],
    [
      'extensions',
      extensions.map(({ name, version }) => `${name} ${version ?? 'not created'}`).join(', ') || 'none',
    ],
  ];
  const lacking =
    missing.length === 0
      ? '\nNothing is missing.\n'
      : `\nMissing:\n${missing.map((says) => `  ${says}\n`).join('')}${grants && `\nThe database’s owner can run:\n${grants}\n`}`;
  return { json: probe, text: `${textTable(['', ''], facts)}${lacking}` };
}

/** Checks under a heading; nothing where there are none. */
export const listed = (says: string, gates: Plan['gates']): string =>
  gates.length === 0
    ? ''
    : `\n${says}:\n${gates.map((gate) => `  ${gate.verdict}: ${gate.table}.${gate.check}: ${gate.says}\n`).join('')}`;

/** The data failed, not the request: exit code 1. */
export function gated(gates: Plan['gates']): Outcome {
  const message = `${gates.length === 1 ? '1 check stops' : `${gates.length} checks stop`} the promotion.`;
  const hint = 'Mend the rows, or give --accept-failing.';
  const list = gates.map(({ table, check, says }) => `  ${table}.${check}: ${says}`).join('\n');
  return {
    json: { problem: { code: 'bad_input', message, hint }, gates },
    text: `${message}\n${list}\n${hint}\n`,
    exit: 1,
  };
}
