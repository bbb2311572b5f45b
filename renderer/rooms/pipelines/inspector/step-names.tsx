import { useState } from 'react';
import { type PipelineStep, pipelineStep } from '../../../../shared/contract/pipelines.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { changeStep, renameStep } from '../document/edits.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import styles from './step-inspector.module.css';

/** What people and SQL call a step. */
export function StepNames({ model, step }: { readonly model: PipelineModel; readonly step: PipelineStep }) {
  const [id, setId] = useState(step.id);
  const wrong = id === step.id ? undefined : faultOf(model, id);
  const rename = () => {
    if (wrong || id === step.id) return setId(step.id);
    model.edit(renameStep(step.id, id));
    model.select({ boxes: [id], edges: [] });
  };
  return (
    <div className={styles['names']}>
      <TextField
        label="Title"
        value={step.title ?? ''}
        placeholder={step.id}
        onChange={(title) => model.edit(changeStep(step.id, { title }), `title ${step.id}`)}
      />
      <TextField
        label="Name in SQL"
        mono
        value={id}
        error={wrong}
        onChange={setId}
        onBlur={rename}
        onEnter={rename}
      />
    </div>
  );
}

function faultOf({ pipeline }: PipelineModel, id: string): string | undefined {
  if (pipeline?.steps.some((other) => other.id === id)) return 'Another step has this name.';
  const parsed = pipelineStep.shape.id.safeParse(id);
  return parsed.success ? undefined : (parsed.error.issues[0]?.message ?? 'This is not a name.');
}
