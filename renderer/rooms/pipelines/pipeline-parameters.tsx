import type { Parameter } from '../../../shared/contract/pipelines.ts';
import { choice, list, scalar, text } from '../../../shared/params.ts';
import { ParamForm } from '../../forms/param-form.tsx';
import styles from './step-inspector.module.css';
import type { PipelineModel } from './use-pipeline.ts';

const shape = {
  parameters: list(
    'Parameters',
    'Values for each run. Write {{name}} in formulas and texts; give another value by assay run --param name=value.',
    {
      name: text('Name', 'Letters, digits and _ only.'),
      type: choice('Type', 'What the value has to be.', {
        text: 'Text',
        integer: 'Whole number',
        numeric: 'Number',
        boolean: 'True or false',
        date: 'Date',
        timestamp: 'Date and time',
      }),
      default: scalar('Default', 'What it is where nobody says otherwise.'),
    },
    0,
  ),
};

/** The parameters of the pipeline, while no step is selected. */
export function PipelineParameters({ model }: { readonly model: PipelineModel }) {
  const { pipeline, edit } = model;
  if (!pipeline) return null;
  return (
    <div className={styles['step']}>
      <p className={styles['help']}>Select one step to set it up.</p>
      <ParamForm
        shape={shape}
        values={{
          parameters: (pipeline.parameters ?? []).map(({ name, type, default: preset = '' }) => ({
            name,
            type,
            default: preset,
          })),
        }}
        onChange={({ parameters }) =>
          edit((now) => withParameters(now, parameters as readonly Required<Parameter>[]), 'parameters')
        }
      />
    </div>
  );
}

/** An entry that has no name yet is kept under a made-up one: the file may not hold it without. */
function withParameters(
  pipeline: NonNullable<PipelineModel['pipeline']>,
  written: readonly Required<Parameter>[],
) {
  const parameters = written.map(({ name, type, default: preset }, at) => ({
    name: name || `value${at + 1}`,
    type,
    ...(preset === '' ? {} : { default: preset }),
  }));
  const { parameters: _before, ...rest } = pipeline;
  return parameters.length > 0 ? { ...rest, parameters } : rest;
}
