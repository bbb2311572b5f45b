import type { Column } from '../../../../shared/column.ts';
import type { PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { StepDefinition } from '../../../../shared/define-step.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { Button } from '../../../ui/button.tsx';
import { changeStep } from '../document/edits.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import styles from './step-inspector.module.css';

/** What can be answered where a step stops to ask; one click changes its setting. */
export function StepAnswers(props: {
  readonly model: PipelineModel;
  readonly step: PipelineStep;
  readonly definition: StepDefinition;
  readonly inputs: readonly (readonly Column[])[];
  /** What stopped it, in words. */
  readonly asks: string | undefined;
}) {
  const { model, step, definition, inputs, asks } = props;
  const settled = schemaOf(definition.params).safeParse(step.params);
  const answers = (settled.success && definition.answers?.(inputs, settled.data as never)) || [];
  if (answers.length === 0) return null;
  return (
    <div className={styles['proposals']}>
      {asks && <p className={styles['waits']}>{asks}</p>}
      {answers.map(({ says, params }) => (
        <Button
          key={says}
          small
          onClick={() => model.edit(changeStep(step.id, { params: { ...step.params, ...params } }))}
        >
          {says}
        </Button>
      ))}
    </div>
  );
}
