import type { PipelineStep, StepSchema } from '../../../../shared/contract/pipelines.ts';
import { parseRef } from '../../../../shared/pipeline-graph.ts';
import { titleOf } from '../../../../shared/step-words.ts';
import { Select } from '../../../ui/select.tsx';
import { movePort } from '../document/move-port.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import styles from './step-inspector.module.css';

/** Which connection goes to which input of the pipeline that a step uses. */
export function NestInputs(props: {
  readonly model: PipelineModel;
  readonly step: PipelineStep;
  readonly nest: StepSchema['nest'];
}) {
  const { model, step, nest } = props;
  const connected = step.inputs.flatMap((input, at) =>
    input === '' ? [] : [{ value: String(at), label: sourceOf(model, input) }],
  );
  if (!nest || nest.inputs.length < 2 || connected.length === 0) return null;
  return (
    <section className={styles['ports']} aria-label="Inputs of the pipeline">
      {nest.inputs.map((name, port) => (
        <Select
          key={name}
          label={`Input ${name}`}
          value={step.inputs[port] ? String(port) : null}
          placeholder="Nothing is connected"
          options={connected}
          onChange={(from) => model.edit(movePort(step.id, Number(from), port, nest.inputs))}
        />
      ))}
    </section>
  );
}

function sourceOf({ pipeline }: PipelineModel, input: string): string {
  const { step: id, output } = parseRef(input);
  const source = pipeline?.steps.find((step) => step.id === id);
  const title = source ? titleOf(source) : id;
  return output === 'rows' ? title : `${title}: ${output}`;
}
