import { useMemo, useState } from 'react';
import { named } from '../../shared/by-name.ts';
import type { Column } from '../../shared/column.ts';
import type { Parameter } from '../../shared/contract/pipelines.ts';
import { type Field, type FieldKind, type ParamShape, schemaOf } from '../../shared/params.ts';
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

/** Whether what stands at a path is what it started as; parts of lists are told one by one. */
function untouched(shape: ParamShape, values: Params, path: readonly string[]): boolean {
  const [name = '', at, ...rest] = path;
  const [field, value] = [shape[name], values[name]];
  if (field?.fields && at !== undefined && Array.isArray(value))
    return untouched(field.fields, value[Number(at)] ?? {}, rest);
  return value === undefined || JSON.stringify(value) === JSON.stringify(field?.initial);
}

/** What is wrong, without the fields that nobody has got to yet. */
function calmFaults(shape: ParamShape, values: Params, touched: ReadonlySet<string>) {
  return Object.fromEntries(
    Object.entries(paramFaults(shape, values)).filter(([path]) => {
      const [name = '', ...inner] = path.split('.');
      return (touched.has(name) && inner.length === 0) || !untouched(shape, values, path.split('.'));
    }),
  );
}

/**
 * A form of any parameters. It shows what is wrong at its field as soon as the field was touched, or everything where
 * `strict`; saving is up to the caller, who can ask `paramFaults`. `faults` adds what the engine said of a parameter.
 */
export function ParamForm(props: {
  readonly shape: ParamShape;
  readonly values: Params;
  readonly onChange: (values: Params) => void;
  readonly inputs?: readonly (readonly Column[])[];
  readonly inputNames?: readonly string[];
  /** What can be given to the pipeline that a step uses. */
  readonly settings?: readonly Parameter[];
  readonly faults?: Readonly<Record<string, string>>;
  readonly disabled?: boolean;
  readonly strict?: boolean;
}) {
  const {
    shape,
    values,
    onChange,
    inputs = [],
    inputNames = [],
    settings = [],
    faults,
    disabled = false,
    strict = false,
  } = props;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const wants = (kind: FieldKind) => ({ enabled: Object.values(shape).some(({ is }) => is === kind) });
  const tables = useEngine('tables', 'list', {}, wants('table'));
  const pipelines = useEngine('pipelines', 'list', {}, wants('pipeline'));
  const models = useEngine('search', 'models', {}, wants('model'));
  const own = useMemo(
    () => (strict ? paramFaults(shape, values) : calmFaults(shape, values, touched)),
    [shape, values, touched, strict],
  );
  const change = (next: Params) => {
    const changed = Object.keys(next).filter((name) => named(next, name) !== named(values, name));
    setTouched(new Set([...touched, ...changed]));
    onChange(next);
  };
  const offered: Offered = {
    inputs,
    inputNames,
    settings,
    tables: (tables.data ?? []).map(({ name }) => name),
    pipelines: (pipelines.data ?? []).map(({ name }) => name),
    models: (models.data ?? []).filter(({ problem, endpoint }) => problem === null && !endpoint),
    faults: { ...own, ...faults },
    disabled,
    Fields: ParamFields,
  };
  return (
    <div className={styles['form']}>
      <ParamFields shape={shape} values={values} onChange={change} offered={offered} path="" />
    </div>
  );
}

/** The fields of a shape, one below the other. */
function ParamFields({ shape, values, onChange, offered, path }: ParamFieldsProps) {
  return Object.entries(shape).map(([name, field]) => (
    <ParamField
      key={name}
      field={field}
      value={named(values, name) === undefined ? field.initial : named(values, name)}
      onChange={(value) => onChange({ ...values, [name]: value, ...versionOf(field, value, offered) })}
      offered={offered}
      path={path + name}
    />
  ));
}

/** The version that goes with a chosen model; the built-in one has none to be named. */
function versionOf({ version }: Field<unknown>, chosen: unknown, { models }: Offered): Params {
  if (version === undefined) return {};
  return { [version]: models.find(({ id }) => id === chosen)?.version ?? '' };
}
