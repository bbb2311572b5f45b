import { counted } from '../../../../shared/number-words.ts';
import { engine } from '../../../engine.ts';
import { runTask } from '../../../tasks.ts';
import { toast, toastProblem } from '../../../ui/toast.tsx';

/** Makes a collection's map as a task of the status bar, or places on it what came later. */
export async function layOut(collection: string, anew: boolean): Promise<void> {
  try {
    const { placed, topics } = await runTask(`Laying out ${collection}`, (options) =>
      engine.search.makeMap({ collection, anew }, options),
    );
    toast({
      tone: 'ok',
      title: `The map of ${collection}`,
      detail: `${counted(placed, 'document')}, ${counted(topics.length, 'topic')}`,
    });
  } catch (thrown) {
    toastProblem(thrown, 'The map was not made');
  }
}
