import { FlaskConical, Plus } from 'lucide-react';
import type { TestVerdict } from '../../../../shared/contract/pipeline-tests.ts';
import { engine } from '../../../engine.ts';
import { prompt } from '../../../ui/ask.tsx';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { useEngine } from '../../../use-engine.ts';
import { usePipeline, useSelectedStep } from '../document/use-pipeline.ts';
import styles from './pages.module.css';

const tones: Readonly<Record<TestVerdict['verdict'], Tone>> = { pass: 'ok', fail: 'bad', error: 'warn' };

/** The tests of the pipeline, run over their own rows whenever it is saved. */
export default function TestsPage() {
  const model = usePipeline();
  const { name, save } = model;
  const step = useSelectedStep(model)?.id;
  const { data: tests, problem, refetch } = useEngine('pipelines', 'test', { name });
  const make = async (step?: string) => {
    const test = await prompt({
      title: step ? `Make a test of ${step}` : 'Make a test',
      says: `Takes a few rows of ${step ? `what comes to ${step}` : 'each table'} that belong together, and what comes out of them now. Its file holds them: mind what is private.`,
      label: 'Name',
      action: 'Make',
    });
    if (!test) return;
    await save();
    await engine.pipelines.makeTest({ name, test, step });
  };
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: refetch }} />;
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <Button small icon={Plus} onClick={() => void make()}>
          Make one of the current data
        </Button>
        {step && (
          <Button small onClick={() => void make(step)}>
            Make one of {step} alone
          </Button>
        )}
      </div>
      {tests?.length === 0 && (
        <EmptyState
          icon={FlaskConical}
          says="No tests yet. A test keeps some rows and what has to come out of them."
        />
      )}
      <ul className={styles['tests']}>
        {tests?.map(({ name: test, verdict, says }) => (
          <li key={test}>
            <Badge tone={tones[verdict]}>{verdict}</Badge> {test}{' '}
            <span className={styles['aside']}>{says}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
