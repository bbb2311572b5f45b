import { GitCompare, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TargetDiff, TargetDifference } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { counted } from '../../../shared/number-words.ts';
import { engine } from '../../engine.ts';
import { useTask } from '../../tasks.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ago } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { useTabMemory, useTabState } from '../../workspace/tab-state.ts';
import styles from './comparison.module.css';
import { PasswordField } from './password-field.tsx';
import receiptStyles from './receipt.module.css';
import { targetPlace } from './target-words.ts';
import { TaskState } from './task-state.tsx';
import { usePassword } from './use-password.ts';

interface Sides {
  readonly target: Target;
  readonly secret: { readonly password?: string };
}

/** What a target and another one hold of what was promoted to them, side by side. */
export function ComparisonView(
  props: Sides & { readonly others: readonly Target[]; readonly onClose: () => void },
) {
  const { target, secret, others, onClose } = props;
  const [chosen, setChosen] = useTabState(`${target.name} compared with`, '');
  const other = others.find(({ name }) => name === chosen) ?? others[0];
  if (!other) return null;
  return (
    <section className={receiptStyles['receipt']} aria-label="Comparison">
      <With key={other.name} target={target} secret={secret} other={other}>
        <Select
          label={`Compare ${target.name} with`}
          value={other.name}
          options={others.map((one) => ({ value: one.name, label: one.name, aside: targetPlace(one) }))}
          onChange={setChosen}
        />
        <IconButton label="Close the comparison" icon={X} onClick={onClose} />
      </With>
    </section>
  );
}

function With(props: Sides & { readonly other: Target; readonly children: readonly [ReactNode, ReactNode] }) {
  const { target, secret, other, children } = props;
  const [choice, close] = children;
  const password = usePassword(other);
  const [diff, setDiff] = useTabMemory<TargetDiff | null>(`${target.name} beside ${other.name}`, null);
  const { start, running, task } = useTask();
  const compare = async () => {
    const otherSecret = password.value ? { otherPassword: password.value } : {};
    const sides = { target: target.name, other: other.name, ...secret, ...otherSecret };
    const found = await start(`Comparing ${target.name} with ${other.name}`, (options) =>
      engine.promote.diff(sides, options),
    );
    if (found) setDiff(found);
  };
  return (
    <>
      <div className={styles['ask']}>
        {choice}
        {other.kind === 'postgres' && <PasswordField password={password} />}
        <Button icon={GitCompare} kind="primary" disabled={running} onClick={() => void compare()}>
          Compare
        </Button>
        {close}
      </div>
      {task && task.status !== 'done' && (
        <div className={styles['state']}>
          <TaskState task={task} />
        </div>
      )}
      {diff && !running && <Differences diff={diff} />}
    </>
  );
}

function Differences({ diff }: { readonly diff: TargetDiff }) {
  const { targets, objects } = diff;
  if (objects.length === 0) return <p className={styles['none']}>Nothing was promoted to either.</p>;
  const others = objects.filter(({ same }) => !same).length;
  return (
    <div className={receiptStyles['evidence']}>
      <table className={styles['sides']}>
        <caption>
          {others === 0
            ? `${counted(objects.length, 'object')}, the same on both`
            : `${others} of ${counted(objects.length, 'object')} ${others === 1 ? 'is' : 'are'} not the same`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">{targets[0]}</th>
            <th scope="col">{targets[1]}</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {objects.map((one) => (
            <tr key={`${one.kind} ${one.object}`}>
              <th scope="row">
                {one.object} <small>{one.kind}</small>
              </th>
              {one.sides.map((side, at) => (
                <td key={targets[at]}>
                  {side ? `${counted(side.rows, 'row')}, promoted ${ago(side.since)}` : 'not there'}
                </td>
              ))}
              <td>
                <Badge tone={one.same ? 'ok' : 'warn'}>{saysOf(one, targets)}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Many columns are told by their number and the first few. */
function saysOf({ same, columns, sides }: TargetDifference, targets: TargetDiff['targets']): string {
  if (same) return 'the same';
  if (columns.length === 0) return `only on ${targets[sides[0] ? 0 : 1]}`;
  const more = columns.length > 4 ? ` and ${columns.length - 4} more` : '';
  return `differs in ${columns.slice(0, 4).join(', ')}${more}`;
}
