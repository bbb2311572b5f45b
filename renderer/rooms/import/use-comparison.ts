import type { FilePreview } from '../../../shared/contract/files.ts';
import type { ImportPlan } from '../../../shared/contract/import.ts';
import { type Problem, toProblem } from '../../../shared/problem.ts';
import { engine } from '../../engine.ts';
import { runTask } from '../../tasks.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';
import { type FilePlan, fileName, importOf } from './plan.ts';

/** What comparing a file with its table came to. */
export interface Comparison {
  readonly busy: boolean;
  readonly asked: string;
  readonly plan?: ImportPlan;
  readonly problem?: Problem;
}

const none: Readonly<Record<string, Comparison>> = {};

/** The comparison of a file with the table it would go into; gone when something else is decided. */
export function useComparison(path: string, plan: FilePlan) {
  const [all, setAll] = useTabMemory('comparisons', none);
  // What is done with new columns changes nothing in what differs.
  const asked = JSON.stringify({ ...plan, newColumns: undefined });
  const put = (comparison: Comparison) => setAll((others) => ({ ...others, [path]: comparison }));
  const compare = async (table: string, preview: FilePreview) => {
    put({ busy: true, asked });
    try {
      const mode = plan.mode === 'append' ? 'append' : 'replace';
      const found = await runTask(`Comparing ${fileName(path)} with ${table}`, (options) =>
        engine.import.plan({ ...importOf(path, plan, preview), table, mode }, options),
      );
      put({ busy: false, asked, plan: found });
    } catch (thrown) {
      put({ busy: false, asked, problem: toProblem(thrown) });
    }
  };
  const clear = () => setAll(({ [path]: _former, ...others }) => others);
  const found = all[path]?.asked === asked ? all[path] : undefined;
  return { comparison: found, compare, clear };
}
