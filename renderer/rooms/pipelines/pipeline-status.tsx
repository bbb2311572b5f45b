import { counted } from '../../../shared/number-words.ts';
import { ago } from '../../ui/format.ts';
import { useEngine } from '../../use-engine.ts';
import { usePipeline } from './document/use-pipeline.ts';

/** How large the pipeline is and when it ran, in the status bar. */
export function PipelineStatus() {
  const { name, pipeline } = usePipeline();
  const { data: run } = useEngine('pipelines', 'lastRun', { name });
  if (!pipeline) return null;
  const ran = run ? `${run.status === 'done' ? 'ran' : run.status} ${ago(run.at)}` : 'never run';
  return (
    <>
      {name}: {counted(pipeline.steps.length, 'step')} · {ran}
    </>
  );
}
