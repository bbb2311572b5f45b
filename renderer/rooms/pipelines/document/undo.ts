import type { EditsDone, Pipeline } from '../../../../shared/contract/pipelines.ts';
import { changeBetween, isNothing, patched } from '../../../../shared/pipeline-changes.ts';
import { engine } from '../../../engine.ts';
import { engineKey, queryClient, useEngine } from '../../../use-engine.ts';

/** A change that goes on: typing in one place is one change. */
interface Growing {
  readonly before: Pipeline;
  readonly after: Pipeline;
  readonly group: string | null;
  readonly timer: ReturnType<typeof setTimeout>;
}

const growing = new Map<string, Growing>();
const together = 1500;

/** Notes a change of a pipeline for undo. Changes of one group in quick succession count as one. */
export function noteChange(name: string, before: Pipeline, after: Pipeline, group: string | null): void {
  const last = growing.get(name);
  const goesOn = last !== undefined && group !== null && last.group === group;
  if (!goesOn) keepChange(name);
  clearTimeout(last?.timer);
  const timer = setTimeout(() => keepChange(name), together);
  growing.set(name, { before: goesOn ? last.before : before, after, group, timer });
}

/** Ends the change that goes on, so that it is kept with the workspace. */
function keepChange(name: string): void {
  const last = growing.get(name);
  if (!last) return;
  clearTimeout(last.timer);
  growing.delete(name);
  const change = changeBetween(last.before, last.after);
  if (isNothing(change)) return;
  engine.pipelines.noteEdit({ name, change }).then(
    (done) => told(name, done),
    (thrown: unknown) => console.warn(thrown),
  );
}

window.addEventListener('pagehide', () => [...growing.keys()].forEach(keepChange));

const told = (name: string, done: EditsDone): void =>
  void queryClient.setQueryData(engineKey('pipelines', 'edits', { name }), done);

/** Which ways are open: back to what was before a change, and forth again. */
export function useEdits(name: string): { readonly back: boolean; readonly forth: boolean } {
  const { data } = useEngine('pipelines', 'edits', { name });
  const { count = 0, at = 0 } = data ?? {};
  return { back: at > 0 || growing.has(name), forth: at < count && !growing.has(name) };
}

/** Takes the latest change back, or does it again: what that makes of a pipeline, or nothing where there was no more. */
export async function travelled(
  name: string,
  way: 'back' | 'forth',
): Promise<((pipeline: Pipeline) => Pipeline) | undefined> {
  keepChange(name);
  try {
    const { change, ...done } = await engine.pipelines.travelEdits({ name, way });
    told(name, done);
    return (pipeline) => patched(pipeline, change[way]);
  } catch (thrown) {
    console.warn(thrown);
    return undefined;
  }
}
