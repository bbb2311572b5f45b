import type { FilePreview } from '../../../shared/contract/files.ts';
import { toProblem } from '../../../shared/problem.ts';
import { engine } from '../../engine.ts';
import { progressWords } from '../../task-words.ts';
import { cancelTask, runTask, useTasks } from '../../tasks.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Sizes, Splitter } from '../../ui/splitter.tsx';
import { useTabMemory, useTabState } from '../../workspace/tab-state.ts';
import { ComparisonView } from './comparison-view.tsx';
import { Guesses } from './guesses.tsx';
import { ImportBar } from './import-bar.tsx';
import styles from './import-view.module.css';
import { type FilePlan, fileName, importOf, useOutcomes, usePlan } from './plan.ts';
import { PreviewTable } from './preview-table.tsx';
import { Summary } from './summary.tsx';
import { useComparison } from './use-comparison.ts';
import { usePreview } from './use-preview.ts';

const initialSizes: Sizes = { preview: 68, guesses: 32 };
const noTasks: Readonly<Record<string, number>> = {};

/** Starts and watches the import of one file. */
function useImport(path: string) {
  const [plan] = usePlan(path);
  const [outcomes, setOutcomes] = useOutcomes();
  const [running, setRunning] = useTabMemory('running', noTasks);
  const id = running[path] ?? 0;
  const task = useTasks(({ tasks }) => tasks.find((candidate) => candidate.id === id));
  const busy = task?.status === 'running' || task?.status === 'cancelling';
  const start = async (table: string, preview: FilePreview, hash: string | undefined) => {
    const mode = plan.mode ?? 'create';
    const shown = hash === undefined ? {} : { hash };
    setOutcomes(({ [path]: _former, ...others }) => others);
    try {
      const imported = await runTask(
        `Importing ${fileName(path)}`,
        (options) => engine.import.load({ ...importOf(path, plan, preview), ...shown, table, mode }, options),
        { started: (id) => setRunning((all) => ({ ...all, [path]: id })) },
      );
      setOutcomes((all) => ({ ...all, [path]: { status: 'done', imported, mode } }));
    } catch (thrown) {
      const problem = toProblem(thrown);
      if (problem.code !== 'cancelled')
        setOutcomes((all) => ({ ...all, [path]: { status: 'failed', problem } }));
    }
  };
  const clear = () => setOutcomes(({ [path]: _former, ...others }) => others);
  return { outcome: outcomes[path], start, clear, task: busy ? task : undefined };
}

/** Where rows join those of a table, columns that only the file has may be added to it. */
const newColumnsOf = ({ mode, newColumns = false }: FilePlan, change: (part: Partial<FilePlan>) => void) =>
  mode === 'append' || mode === 'merge'
    ? { newColumns: { checked: newColumns, onChange: (checked: boolean) => change({ newColumns: checked }) } }
    : {};

/** One file: as it will load, with what was guessed and why; afterwards what became of it. */
export function FileRoom({ path }: { readonly path: string }) {
  const [plan, change] = usePlan(path);
  const [sizes, setSizes] = useTabState<Sizes>('fileSizes', initialSizes);
  const { outcome, start, clear, task } = useImport(path);
  const { comparison, compare, clear: back } = useComparison(path, plan);
  const look = usePreview(path, plan);
  if (outcome?.status === 'done') return <Summary {...outcome} onAgain={clear} />;
  if (look.problem) {
    return (
      <div className={styles['centre']}>
        <ProblemView problem={look.problem} action={{ label: 'Look again', run: look.again }} />
        {Object.keys({ ...plan.dialect, ...plan.settings }).length > 0 && (
          <Button onClick={() => change({ dialect: {}, settings: {} })}>Back to what was found out</Button>
        )}
      </div>
    );
  }
  const { preview } = look;
  if (!preview) return <Skeleton lines={8} says={`Looking at ${fileName(path)}…`} />;
  return (
    <div className={styles['room']}>
      {outcome?.status === 'failed' && <ProblemView problem={outcome.problem} />}
      {comparison?.problem && <ProblemView problem={comparison.problem} />}
      <Splitter
        label="preview and guesses"
        direction="row"
        className={styles['grow']}
        sizes={sizes}
        onSizes={setSizes}
        parts={[
          {
            id: 'preview',
            content: comparison?.plan ? (
              <ComparisonView plan={comparison.plan} {...newColumnsOf(plan, change)} onBack={back} />
            ) : (
              <PreviewTable {...{ preview, plan, change }} />
            ),
            min: 30,
          },
          { id: 'guesses', content: <Guesses {...{ preview, plan, change }} />, min: '220px' },
        ]}
      />
      {task ? (
        <div className={styles['bar']} data-action-bar>
          <div className={styles['grow']}>
            <p>
              {task.progress?.title ?? 'Starting'}
              {task.progress && ` · ${progressWords(task)}`}
            </p>
            <Progress label={task.title} done={task.progress?.done ?? 0} total={task.progress?.total} />
          </div>
          <Button disabled={task.status === 'cancelling'} onClick={() => cancelTask(task.id)}>
            Cancel
          </Button>
        </div>
      ) : (
        <ImportBar
          {...{ preview, plan, change }}
          looking={look.looking}
          onImport={(table) => void start(table, preview, comparison?.plan?.hash)}
          onCompare={(table) => void compare(table, preview)}
        />
      )}
    </div>
  );
}
