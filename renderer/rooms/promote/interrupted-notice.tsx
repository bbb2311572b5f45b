import { useState } from 'react';
import type { Aftermath } from '../../../shared/contract/promote.ts';
import { aftermathInWords, interruptedInWords } from '../../../shared/interrupted-words.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { useEngine, useEngineAction } from '../../use-engine.ts';

/** What was under way to a target when this app was killed or cut off: what is known of it, and the ways on. */
export function InterruptedNotice(props: {
  readonly target: string;
  readonly secret: { readonly password?: string };
  readonly disabled: boolean;
  readonly onPlan: () => void;
}) {
  const { target, secret, disabled, onPlan } = props;
  const cutOff = useEngine('promote', 'interrupted', {}).data?.filter((one) => one.target === target) ?? [];
  const [told, setTold] = useState<readonly Aftermath[]>([]);
  const { run, busy, problem } = useEngineAction('promote', 'aftermath');
  const look = (cleanUp: boolean) =>
    void run({ target, cleanUp, ...secret })
      .then(setTold)
      .catch(() => undefined);
  const open = !disabled && !busy;
  return (
    <>
      {cutOff
        .filter((one) => !told.some(isOf(one)))
        .map((one) => (
          <Notice
            key={`${one.id} ${one.action}`}
            tone="warn"
            {...(open ? { action: { label: 'Ask the target', run: () => look(false) } } : {})}
          >
            {interruptedInWords(one)}
          </Notice>
        ))}
      {told.map((one) => (
        <Notice
          key={`${one.interrupted.id} ${one.interrupted.action}`}
          tone={one.happened ? 'ok' : 'info'}
          {...(open && one.staged !== null
            ? {
                action: { label: 'Plan again', run: onPlan },
                other: { label: 'Clean up', run: () => look(true) },
              }
            : open
              ? { action: { label: 'Close', run: () => setTold(told.filter((other) => other !== one)) } }
              : {})}
        >
          {interruptedInWords(one.interrupted, true)} {aftermathInWords(one)}
        </Notice>
      ))}
      {problem && <ProblemView problem={problem} />}
    </>
  );
}

const isOf =
  ({ id, action }: Aftermath['interrupted']) =>
  ({ interrupted }: Aftermath) =>
    interrupted.id === id && interrupted.action === action;
