import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useEngine, useEngineAction } from '../../../use-engine.ts';

/** Asks once whether a command or an address that the workspace names may be used on this computer. */
export function AlertWish() {
  const { data } = useEngine('checks', 'alerts', {}, { also: ['workspace'] });
  const allow = useEngineAction('checks', 'allowAlerts');
  if (!data || data.allowed || (data.command === null && data.webhook === null)) return null;
  const wishes = [
    data.command === null ? '' : `run “${data.command}”`,
    data.webhook === null ? '' : `post to ${data.webhook}`,
  ].filter(Boolean);
  return (
    <Notice>
      When a rule begins to fail, this workspace wants to {wishes.join(' and ')}.{' '}
      <Button small kind="quiet" busy={allow.busy} onClick={() => void allow.run({ allow: true })}>
        Allow on this computer
      </Button>
    </Notice>
  );
}
