import { Braces, Copy } from 'lucide-react';
import { titleOf } from '../../../../shared/step-words.ts';
import { bridge } from '../../../bridge.ts';
import { SqlEditor } from '../../../editor/sql-editor.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { useEngine } from '../../../use-engine.ts';
import { useTabState } from '../../../workspace/tab-state.ts';
import { hindranceOf } from '../document/step-stand.ts';
import { usePipeline, useSelectedStep } from '../document/use-pipeline.ts';
import { useLogic, useSchemas } from '../document/use-schemas.ts';
import { Hindered } from './hindered.tsx';
import styles from './pages.module.css';

const scopes = [
  { value: 'step', label: 'This step' },
  { value: 'whole', label: 'From the tables on' },
] as const;

/** The SQL that the selected step is. */
export default function SqlPage() {
  const model = usePipeline();
  const step = useSelectedStep(model);
  const [scope, setScope] = useTabState<'step' | 'whole'>('scope', 'step');
  const { schemas } = useSchemas(model.pipeline);
  const schema = schemas.get(step?.id ?? '');
  const logic = useLogic(model.pipeline);
  const whole = useEngine(
    'pipelines',
    'compile',
    { pipeline: logic, step: step?.id ?? '' },
    {
      enabled: scope === 'whole' && schema !== undefined && schema.sql !== '',
      keepFor: 10_000,
    },
  );
  if (!step) return <EmptyState icon={Braces} says="Select one step to see its SQL." />;
  const text = scope === 'step' ? schema?.sql : whole.data?.sql;
  const hindrance = hindranceOf(schemas, step.id);
  const problem = scope === 'whole' ? whole.problem : undefined;
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <span className={styles['title']}>{titleOf(step)}</span>
        <Choice label="Scope" value={scope} onChange={setScope} options={scopes} />
        {text && <IconButton label="Copy SQL" icon={Copy} onClick={() => void bridge.copy(text)} />}
      </div>
      <Hindered by={hindrance} />
      {!hindrance && problem && <ProblemView problem={problem} />}
      {!hindrance && !problem && text && (
        <SqlEditor key={text} label={`SQL of ${titleOf(step)}`} value={text} readOnly />
      )}
    </div>
  );
}
