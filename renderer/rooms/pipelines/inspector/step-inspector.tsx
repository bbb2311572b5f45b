import type { PipelineStep, StepSchema } from '../../../../shared/contract/pipelines.ts';
import { counted } from '../../../../shared/number-words.ts';
import { steps } from '../../../../shared/registry.ts';
import { ParamForm } from '../../../forms/param-form.tsx';
import { NamedIcon } from '../../../ui/named-icon.tsx';
import { TypeGlyph } from '../../../ui/type-glyph.tsx';
import { useEngine } from '../../../use-engine.ts';
import { changeStep } from '../document/edits.ts';
import { selectedGroup } from '../document/groups.ts';
import { hindranceOf } from '../document/step-stand.ts';
import { type PipelineModel, usePipeline, useSelectedStep } from '../document/use-pipeline.ts';
import { useSchemas } from '../document/use-schemas.ts';
import { GroupForm } from './group-form.tsx';
import { NestInputs } from './nest-inputs.tsx';
import { PipelineParameters } from './pipeline-parameters.tsx';
import { StepProposals } from './proposals.tsx';
import { StepAnswers } from './step-answers.tsx';
import { inputColumns, inputNames } from './step-columns.ts';
import styles from './step-inspector.module.css';
import { StepNames } from './step-names.tsx';

/** The selected step: its setting as a form, what is wrong with it, and the columns that leave it. */
export default function StepInspector() {
  const model = usePipeline();
  const step = useSelectedStep(model);
  const { schemas } = useSchemas(model.pipeline);
  const group = model.pipeline && selectedGroup(model.pipeline, model.selected.boxes);
  if (group && (!step || group.steps.length > 1))
    return <GroupForm key={group.id} model={model} group={group} />;
  if (!step) return <PipelineParameters model={model} />;
  return <StepForm key={step.id} model={model} step={step} schemas={schemas} />;
}

function StepForm(props: {
  readonly model: PipelineModel;
  readonly step: PipelineStep;
  readonly schemas: ReadonlyMap<string, StepSchema>;
}) {
  const { model, step, schemas } = props;
  const definition = steps.get(step.kind);
  const schema = schemas.get(step.id);
  const tables = useEngine('tables', 'list', {}).data ?? [];
  const inputs = model.pipeline ? inputColumns(model.pipeline, schemas, step.id, tables) : [];
  return (
    <div className={styles['step']} data-step-form>
      <header className={styles['head']}>
        <NamedIcon name={definition?.icon ?? 'circle-help'} />
        <h3>{definition?.title ?? step.kind}</h3>
      </header>
      {definition && <p className={styles['help']}>{definition.help}</p>}
      <Faults schemas={schemas} id={step.id} />
      {definition?.answers && (
        <StepAnswers {...{ model, step, definition, inputs }} asks={schema?.problems[0]?.message} />
      )}
      {definition && (
        <ParamForm
          shape={definition.params}
          values={step.params}
          inputs={inputs}
          inputNames={inputNames(step)}
          settings={schema?.nest?.parameters ?? []}
          faults={faultsOf(schema)}
          onChange={(params) => model.edit(changeStep(step.id, { params: { ...params } }), `form ${step.id}`)}
        />
      )}
      <NestInputs model={model} step={step} nest={schema?.nest} />
      {definition?.proposals && <StepProposals model={model} step={step} proposals={definition.proposals} />}
      <StepNames model={model} step={step} />
      <Columns schema={schema} />
    </div>
  );
}

/** What is wrong with each parameter; what is not filled in yet shows without it. */
const faultsOf = (schema: StepSchema | undefined): Record<string, string> =>
  Object.fromEntries(
    (schema?.unfilled ? [] : (schema?.problems ?? [])).flatMap(({ at, message, hint }) =>
      at?.param ? [[at.param, [message, hint].filter(Boolean).join(' ')]] : [],
    ),
  );

function Faults(props: { readonly schemas: ReadonlyMap<string, StepSchema>; readonly id: string }) {
  const hindrance = hindranceOf(props.schemas, props.id);
  const problems = (props.schemas.get(props.id)?.problems ?? []).filter(({ at }) => !at?.param);
  if (hindrance?.is === 'waiting') return <p className={styles['waits']}>{hindrance.says}.</p>;
  if (problems.length === 0) return null;
  if (hindrance?.is === 'unfilled') {
    return problems.map(({ message, hint }) => (
      <p key={message} className={styles['waits']}>
        {[message, hint].filter(Boolean).join(' ')}
      </p>
    ));
  }
  return (
    <ul className={styles['faults']} role="alert">
      {problems.map(({ message, hint }) => (
        <li key={message}>
          {message}
          {hint && <span className={styles['hint']}> {hint}</span>}
        </li>
      ))}
    </ul>
  );
}

function Columns({ schema }: { readonly schema: StepSchema | undefined }) {
  const columns = schema?.columns ?? [];
  if (columns.length === 0) return null;
  return (
    <section className={styles['columns']}>
      <h3>{counted(columns.length, 'column')} out</h3>
      <ul>
        {columns.map(({ name, type }) => (
          <li key={name}>
            <TypeGlyph type={type} />
            <span className={styles['name']} title={name}>
              {name}
            </span>
            <span className={styles['type']}>{type}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
