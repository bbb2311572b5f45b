import { useMemo } from 'react';
import type { Column } from '../../shared/column.ts';
import { type ParamShape, schemaOf } from '../../shared/params.ts';
import { useEngine } from '../use-engine.ts';
import type { Offered, ParamFieldsProps, Params } from './offered.ts';
import { ParamField } from './param-field.tsx';
import styles from './param-form.module.css';

export type { Params } from './offered.ts';

/** What is wrong with each parameter, in words, by name. */
export function paramFaults(shape: ParamShape, values: Params): Readonly<Record<string, string>> {
  const parsed = schemaOf(shape).safeParse(values);
  if (parsed.success) return {};
  const faults: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) {
    const name = path.map(String).join('.');
    faults[name] ??= message;
  }
  return faults;
}

/**
 * A form of any parameters. It shows what is wrong at its field, also as it is typed; saving is up to the caller,
 * who can ask `paramFaults`. `faults` adds what the engine said of a parameter.
 */
export function ParamForm(props: {
  readonly shape: ParamShape;
  readonly values: Params;
  readonly onChange: (values: Params) => void;
  readonly inputs?: readonly (readonly Column[])[];
  readonly faults?: Readonly<Record<string, string>>;
  readonly disabled?: boolean;
}) {
  const { shape, values, onChange, inputs = [], faults, disabled = false } = props;
  const wantsTables = Object.values(shape).some(({ is }) => is === 'table');
  const { data } = useEngine('tables', 'list', {}, { enabled: wantsTables });
  const own = useMemo(() => paramFaults(shape, values), [shape, values]);
  const offered: Offered = {
    inputs,
    tables: (data ?? []).map(({ name }) => name),
    faults: { ...own, ...faults },
    disabled,
    Fields: ParamFields,
  };
  return (
    <div className={styles['form']}>
      <ParamFields shape={shape} values={values} onChange={onChange} offered={offered} path="" />
    </div>
  );
}

/** The fields of a shape, one below the other. */
function ParamFields({ shape, values, onChange, offered, path }: ParamFieldsProps) {
  return Object.entries(shape).map(([name, field]) => (
    <ParamField
      key={name}
      field={field}
      value={values[name] === undefined ? field.initial : values[name]}
      onChange={(value) => onChange({ ...values, [name]: value })}
      offered={offered}
      path={path + name}
    />
  ));
}
