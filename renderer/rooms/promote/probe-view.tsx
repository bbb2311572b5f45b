import { CircleAlert, CircleCheck, Copy } from 'lucide-react';
import type { Probe } from '../../../shared/contract/promote.ts';
import { count } from '../../../shared/number-words.ts';
import { bridge } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import planStyles from './plan.module.css';
import styles from './receipt.module.css';

/** What a target is, what is missing there, and the script that gives exactly that. */
export function ProbeView({ probe }: { readonly probe: Probe }) {
  const ready = probe.missing.length === 0;
  const Icon = ready ? CircleCheck : CircleAlert;
  return (
    <section className={styles['receipt']} aria-label="Probe">
      <header data-tone={ready ? 'ok' : 'warn'}>
        <Icon aria-hidden />
        <h2>{ready ? 'ready' : 'something is missing'}</h2>
        <p>{probe.server}</p>
        {probe.grants !== '' && (
          <Button small icon={Copy} onClick={() => bridge.copy(probe.grants)}>
            Copy script
          </Button>
        )}
      </header>
      <div className={styles['evidence']}>
        <table>
          <tbody>
            {factsOf(probe).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {probe.grants !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre className={planStyles['sql']} tabIndex={0}>
          {probe.grants}
        </pre>
      )}
    </section>
  );
}

function factsOf(probe: Probe): readonly (readonly [string, string])[] {
  const { connections, extensions } = probe;
  return [
    ['User', `${probe.user}${probe.superuser ? ', a superuser' : ''}, in ${probe.database}`],
    ['Connection', probe.encrypted ? 'encrypted' : 'not encrypted'],
    ['Free connections', `${count(connections.free)} of ${count(connections.max)}`],
    [
      'Extensions',
      extensions.map(({ name, version }) => `${name} ${version ?? '(not created)'}`).join(', ') ||
        'none that is used',
    ],
    ...probe.missing.map((says) => ['Missing', says] as const),
  ];
}
