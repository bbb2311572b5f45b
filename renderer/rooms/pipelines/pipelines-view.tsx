import { Workflow } from 'lucide-react';
import type { PipelineSummary } from '../../../shared/contract/pipelines.ts';
import { count, counted, duration } from '../../../shared/number-words.ts';
import { runCommandById } from '../../palette/all-commands.ts';
import { CommandButton } from '../../palette/command-button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ago } from '../../ui/format.ts';
import list from '../../ui/list.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { openTab } from '../../workspace/tabs.ts';
import styles from './pages/pages.module.css';
import { NextRun } from './run/next-run.tsx';

/** All pipelines with what they write and how they last ran. */
export default function PipelinesView() {
  const { data, problem } = useEngine('pipelines', 'list', {});
  if (problem) return <ProblemView problem={problem} />;
  if (!data) return <Skeleton />;
  if (data.length === 0) {
    const run = () => void runCommandById('pipelines.new');
    return (
      <EmptyState
        icon={Workflow}
        says="A pipeline makes tables from tables, step by step. None is here yet."
        action={{ label: 'New pipeline…', run }}
      />
    );
  }
  return (
    <div className={list['page']}>
      <Toolbar label="Pipelines" end={<CommandButton id="pipelines.new" small />}>
        <span className={list['words']}>{counted(data.length, 'pipeline')}</span>
      </Toolbar>
      <div className={list['scroll']}>
        <table className={cx(list['table'], list['opens'])}>
          <thead>
            <tr>
              <th scope="col">name</th>
              <th scope="col" className={list['right']}>
                steps
              </th>
              <th scope="col">last run</th>
              <th scope="col">runs next</th>
              <th scope="col">writes</th>
            </tr>
          </thead>
          <tbody>
            {data.map((pipeline) => (
              <Line key={pipeline.file} pipeline={pipeline} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Line({ pipeline }: { readonly pipeline: PipelineSummary }) {
  const { name, steps, writes, lastRun, schedule, problem, file } = pipeline;
  const ran = lastRun ? `${lastRun.status} ${ago(lastRun.at)}, in ${duration(lastRun.ms)}` : 'never';
  return (
    <tr>
      <td>
        <button
          type="button"
          className={list['name']}
          onClick={() => openTab({ kind: 'pipeline', key: name, title: name })}
        >
          <Workflow aria-hidden />
          {name}
        </button>
      </td>
      <td className={list['right']}>{problem ? '' : count(steps)}</td>
      <td>{problem ? '' : ran}</td>
      <td className={styles['when']}>
        <NextRun name={name} schedule={schedule} />
      </td>
      <td className={styles['why']} title={problem ? file : undefined}>
        {problem ? problem.message : writes.join(', ')}
      </td>
    </tr>
  );
}
