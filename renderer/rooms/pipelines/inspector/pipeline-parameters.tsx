import type { Parameter, Pipeline } from '../../../../shared/contract/pipelines.ts';
import { choice, list, number, scalar, text } from '../../../../shared/params.ts';
import { scheduleState } from '../../../../shared/schedule.ts';
import { ParamForm } from '../../../forms/param-form.tsx';
import { moment } from '../../../ui/format.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import styles from './step-inspector.module.css';

const scheduleHelp =
  'When it runs by itself while the app is open: minute, hour, day, month, weekday, as cron writes them. To run it when the app is closed, let the system call assay run --due.';

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
  cron: text('Schedule', scheduleHelp, { optional: true, placeholder: '0 6 * * 1-5' }),
  retries: number(
    'Tries again',
    'How often, at most 10 times, a run is tried again after a fault that may pass by itself: a lock, a time-out, a lost connection. Never after a fault of the data.',
    { optional: true, placeholder: '0' },
  ),
};

/** The parameters of the pipeline, while no step is selected. */
export function PipelineParameters({ model }: { readonly model: PipelineModel }) {
  const { pipeline, saved, edit } = model;
  if (!pipeline) return null;
  const isSaved = pipeline.schedule?.cron === saved?.schedule?.cron;
  const times = pipeline.schedule && scheduleState(pipeline.schedule, undefined, new Date());
  return (
    <div className={styles['step']}>
      <p className={styles['help']}>Select one step to set it up.</p>
      <ParamForm
        shape={shape}
        faults={times?.problem ? { cron: [times.problem.message, times.problem.hint].join(' ') } : {}}
        values={{
          cron: pipeline.schedule?.cron ?? '',
          retries: pipeline.retries ?? null,
          parameters: (pipeline.parameters ?? []).map(({ name, type, default: preset = '' }) => ({
            name,
            type,
            default: preset,
          })),
        }}
        onChange={({ parameters, cron, retries }) =>
          edit((now) => {
            const scheduled = withSchedule(
              withParameters(now, parameters as readonly Required<Parameter>[]),
              String(cron),
            );
            return withRetries(scheduled, retries as number | null);
          }, 'parameters')
        }
      />
      {times?.next && (
        <p className={styles['help']}>
          {isSaved ? 'It' : 'Once saved, it'} runs next at {moment(times.next)}.
        </p>
      )}
    </div>
  );
}

/** A schedule counts from when it was made or changed: nothing before is missed. */
function withSchedule(pipeline: Pipeline, cron: string): Pipeline {
  const { schedule, ...rest } = pipeline;
  if (cron.trim() === '') return rest;
  if (schedule?.cron === cron) return pipeline;
  return { ...rest, schedule: { ...schedule, cron, since: new Date().toISOString() } };
}

/** An entry that has no name yet is kept under a made-up one: the file may not hold it without. */
function withParameters(pipeline: Pipeline, written: readonly Required<Parameter>[]): Pipeline {
  const parameters = written.map(({ name, type, default: preset }, at) => ({
    ...(pipeline.parameters?.length === written.length ? withoutDefault(pipeline.parameters[at]) : {}),
    name: name || `value${at + 1}`,
    type,
    ...(preset === '' ? {} : { default: preset }),
  }));
  const { parameters: _before, ...rest } = pipeline;
  return parameters.length > 0 ? { ...rest, parameters } : rest;
}

/** What a file says of a parameter beside what the form shows stays as it is. */
const withoutDefault = ({ default: _before, ...rest }: Partial<Parameter> = {}) => rest;

function withRetries(pipeline: Pipeline, written: number | null): Pipeline {
  const { retries: _before, ...rest } = pipeline;
  const retries = Math.min(10, Math.max(0, Math.trunc(written ?? 0)));
  return retries === 0 ? rest : { ...rest, retries };
}
