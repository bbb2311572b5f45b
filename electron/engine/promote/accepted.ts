import { againInWords } from '../../../shared/appended-words.ts';
import type { Drift, PlainVersions, Plan, Receipt } from '../../../shared/contract/promote.ts';
import { driftExamples, driftInWords } from '../../../shared/drift-words.ts';
import { counted } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { mixedBelow, type PromotedObject } from './objects/objects.ts';
import { refuseUndecided } from './objects/private-columns.ts';

/** What is gone on in spite of. */
export interface Accepted {
  readonly fingerprint?: string | undefined;
  readonly acceptDestructive: boolean;
  readonly acceptFailing: boolean;
  readonly acceptDrift: boolean;
  readonly plainVersions?: 'keep' | 'drop' | undefined;
}

/** What was known to go, and was accepted. */
export function acceptedIn(
  { changes, drift, gates, plain }: Plan,
  objects: readonly PromotedObject[],
  versions: Accepted['plainVersions'],
): Pick<Receipt, 'notes' | 'accepted'> {
  const replaced = changes.filter(({ destructive }) => destructive);
  return {
    notes: [
      ...replaced.map(({ object, says }) => `Accepted for ${object}: ${says}`),
      ...changes.flatMap(({ object, again }) =>
        again ? [`Accepted for ${object}: ${againInWords(again)}`] : [],
      ),
      ...drift.map((one) =>
        one.rows
          ? `Accepted for ${one.table}: ${driftInWords(one)}.`
          : `Accepted: what was changed in ${one.table} on the target since is replaced.`,
      ),
      ...plain.flatMap((one) => plainNotes(one, versions)),
      ...objects.flatMap((object) => {
        const mixed = mixedBelow(object, objects);
        return mixed.length === 0
          ? []
          : [
              `${object.name} was compared without the rows of ${mixed.join(', ')} that stay there; it shows those, too.`,
            ];
      }),
    ],
    ...(gates.length > 0 ? { accepted: gates } : {}),
  };
}

function plainNotes(
  { table, columns, versions: many, stands }: PlainVersions,
  what: Accepted['plainVersions'],
): readonly string[] {
  const held = `${columns.join(', ')} as it was`;
  const old =
    what === 'drop'
      ? `${counted(many, 'version')} of ${table} that held ${held} ${many === 1 ? 'was' : 'were'} let go.`
      : `Accepted: ${counted(many, 'version')} of ${table} ${many === 1 ? 'stays' : 'stay'} there with ${held}.`;
  return [
    ...(many > 0 ? [old] : []),
    ...(stands ? [`Accepted: the collection ${table} stays there with the text of ${held}.`] : []),
  ];
}

/** Refuses what nobody has accepted: first what is private, then what was changed, then what would go. */
export function refuseUnaccepted(wanted: Accepted, plan: Plan): void {
  const { fingerprint, gates, drift, changes } = plan;
  refuseUndecided(plan.target, plan.undecided);
  refusePlain(wanted, plan);
  if (wanted.fingerprint !== undefined && wanted.fingerprint !== fingerprint) {
    throw problem('bad_input', 'Something changed here or on the target since the plan was made.', {
      hint: 'Look at the new plan, then apply that.',
    });
  }
  refuseAgain(changes);
  const [gate] = gates;
  if (gate && !wanted.acceptFailing) {
    throw problem(
      'bad_input',
      `${gates.length === 1 ? '1 check stops' : `${gates.length} checks stop`} the promotion, first ${gate.table}: ${gate.says.replace(/\.+$/, '')}.`,
      {
        hint: 'Mend the rows and run the checks, or promote although they fail (--accept-failing).',
      },
    );
  }
  const [drifted] = drift;
  if (drifted && !wanted.acceptDrift) {
    throw problem('bad_input', driftSays(drifted), {
      hint: 'Verify shows the rows. Accept that the changes are replaced (--accept-drift), and apply again.',
    });
  }
  const destructive = changes.find((change) => change.destructive);
  if (destructive && !wanted.acceptDestructive) {
    throw problem('bad_input', `${destructive.object}: ${destructive.says}`, {
      hint: 'Accept that rows on the target are replaced (--accept-destructive), and apply again.',
    });
  }
}

/** It would fail there after everything was sent. */
function refuseAgain(changes: Plan['changes']): void {
  const refused = changes.find(({ again }) => again?.refused);
  if (!refused?.again) return;
  const { object, again } = refused;
  throw problem('bad_input', `${object}: ${againInWords(again)}`, {
    hint: `Merge it: in the plan, or in assay.yaml under the target: tables: { ${again.table}: { mode: merge, key: [${again.by.join(', ')}] } }.`,
    at: { table: object },
  });
}

function driftSays(drift: Drift): string {
  if (!drift.rows)
    return `${drift.table} was changed on the target since it was promoted (${driftInWords(drift)}).`;
  const [example] = driftExamples(drift);
  return `${drift.table}: ${driftInWords(drift)}${example ? ` (${example})` : ''}.`;
}

function refusePlain({ plainVersions }: Accepted, { plain: [first] }: Plan): void {
  if (!first || plainVersions !== undefined) return;
  throw problem('bad_input', first.says, {
    hint: 'Say whether such versions go (--plain-versions drop; they cannot come back then) or stay (--plain-versions keep).',
    at: { table: first.table },
  });
}
