import { useState } from 'react';
import { named } from '../../../../shared/by-name.ts';
import type { Parameter, Pipeline } from '../../../../shared/contract/pipelines.ts';
import { fitsParameter, parameterWords } from '../../../../shared/parameter-values.ts';
import { choice, type Field, type ParamShape, scalar } from '../../../../shared/params.ts';
import { ParamForm } from '../../../forms/param-form.tsx';
import { showFirstFault } from '../../../forms/show-first-fault.ts';
import { ask } from '../../../ui/ask.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

type Values = Readonly<Record<string, string>>;

/** What was said last for a pipeline, to start from the next time. */
const last = new Map<string, Values>();

/** Asks for the values of a pipeline's parameters for one run; null where the person thought better of it. */
export async function askParameters(pipeline: Pipeline): Promise<Values | null> {
  if (!pipeline.parameters?.length) return {};
  const values = await ask<Values | null>((answer) => <ParameterDialog {...{ pipeline, answer }} />);
  if (values) last.set(pipeline.name, values);
  return values;
}

const fieldOf = ({ name, type, help }: Parameter): Field<unknown> => {
  const words = help ?? parameterWords[type];
  return type === 'boolean' ? choice(name, words, { true: 'True', false: 'False' }) : scalar(name, words);
};

function ParameterDialog(props: {
  readonly pipeline: Pipeline;
  readonly answer: (values: Values | null) => void;
}) {
  const { pipeline, answer } = props;
  const parameters = pipeline.parameters ?? [];
  const before = last.get(pipeline.name) ?? {};
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>(() =>
    Object.fromEntries(
      parameters.map(({ name, type, default: preset }) => [
        name,
        named(before, name) ?? preset ?? (type === 'boolean' ? 'true' : ''),
      ]),
    ),
  );
  const [tried, setTried] = useState(false);
  const shape: ParamShape = Object.fromEntries(
    parameters.map((parameter) => [parameter.name, fieldOf(parameter)]),
  );
  const faults = faultsOf(parameters, values);
  const submit = () => {
    setTried(true);
    if (Object.keys(faults).length > 0) return showFirstFault();
    answer(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])));
  };
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title={`Run ${pipeline.name}`}
      says="These values are for this run only."
      actions={
        <>
          <Button onClick={() => answer(null)}>Cancel</Button>
          <Button kind="primary" onClick={submit}>
            Run
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ParamForm
          shape={shape}
          values={values}
          onChange={setValues}
          faults={tried ? faults : {}}
          strict={tried}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

/** A text without a default may be empty; anything else has to be of its type. */
function faultsOf(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const value = String(named(values, parameter.name) ?? '');
      return fitsParameter(parameter, value)
        ? []
        : [[parameter.name, value === '' ? 'It has no value.' : parameterWords[parameter.type]]];
    }),
  );
}
