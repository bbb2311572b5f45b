import { CircleCheck, CircleDashed, CircleX, Settings2 } from 'lucide-react';
import type { Score, ScoreCard } from '../../../../shared/contract/monitors.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useEngine } from '../../../use-engine.ts';
import { editTableSettings, SettingsDialog } from '../rules/settings-dialog.tsx';
import overview from './overview.module.css';
import styles from './scores-view.module.css';

/** How the workspace and each table stand to their targets; what has no data says so. */
export default function ScoresView() {
  const { data, problem, refetch } = useEngine(
    'checks',
    'scores',
    {},
    { also: ['tables', 'pipelines', 'query', 'workspace'] },
  );
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: refetch }} />;
  if (!data) return <Skeleton says="Reading the score cards…" />;
  return (
    <div className={overview['room']}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard */}
      <section className={styles['cards']} aria-label="Score cards" tabIndex={0}>
        {data.map((card) => (
          <Card key={card.table ?? ''} card={card} />
        ))}
      </section>
      <SettingsDialog />
    </div>
  );
}

function Card({ card }: { readonly card: ScoreCard }) {
  const { table, owner, critical, scores } = card;
  return (
    <article className={styles['card']} aria-label={table ?? 'Workspace'}>
      <header className={styles['head']}>
        <h3 title={table ?? ''}>{table ?? 'The whole workspace'}</h3>
        {critical && <Badge tone="info">critical</Badge>}
        {owner && <span className={styles['owner']}>{owner}</span>}
        {table !== null && (
          <IconButton
            label={`Settings of ${table}`}
            icon={Settings2}
            onClick={() => editTableSettings(table)}
          />
        )}
      </header>
      <table className={styles['scores']}>
        <tbody>
          {scores.map((score) => (
            <Line key={score.name} score={score} />
          ))}
        </tbody>
      </table>
    </article>
  );
}

function Line({ score: { name, target, value, met, says } }: { readonly score: Score }) {
  return (
    <tr>
      <td className={styles['sign']} data-met={met ?? 'unknown'}>
        <Sign met={met} />
      </td>
      <th scope="row">{name}</th>
      <td className={styles['value']} data-none={value === null ? '' : undefined}>
        {value ?? 'no data'}
      </td>
      <td className={styles['target']}>{target}</td>
      <td className={styles['says']} title={says}>
        {says}
      </td>
    </tr>
  );
}

function Sign({ met }: { readonly met: boolean | null }) {
  if (met === null) return <CircleDashed aria-label="not judged" />;
  return met ? <CircleCheck aria-label="target met" /> : <CircleX aria-label="target missed" />;
}
