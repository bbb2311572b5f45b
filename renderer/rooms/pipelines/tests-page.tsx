import { FlaskConical, Plus } from 'lucide-react';
import type { TestVerdict } from '../../../shared/contract/pipeline-tests.ts';
import { engine } from '../../engine.ts';
import { prompt } from '../../ui/ask.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './pages.module.css';
import { usePipeline } from './use-pipeline.ts';

const tones: Readonly<Record<TestVerdict['verdict'], Tone>> = { pass: 'ok', fail: 'bad', error: 'warn' };

/** The tests of the pipeline, run over their own rows whenever it is saved. */
export default function TestsPage() {
  const { name, save } = usePipeline();
  const { data: tests, problem, refetch } = useEngine('pipelines', 'test', { name });
  const make = async () => {
    const test = await prompt({
      title: 'Make a test',
      says: 'Takes the first rows of each table and what comes out of them now. Its file holds them: mind what is private.',
      label: 'Name',
      action: 'Make',
    });
    if (!test) return;
    await save();
    await engine.pipelines.makeTest({ name, test });
  };
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: refetch }} />;
  if (tests?.length === 0) {
    const says = 'No tests yet. A test keeps some rows and what has to come out of them.';
    return (
      <EmptyState
        icon={FlaskConical}
        says={says}
        action={{ label: 'Make one of the current data', run: make }}
      />
    );
  }
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <Button small icon={Plus} onClick={() => void make()}>
          Make one of the current data
        </Button>
      </div>
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
