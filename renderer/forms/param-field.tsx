import { type ComponentType, type ReactNode, useMemo } from 'react';
import type { FieldKind } from '../../shared/params.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Choice } from '../ui/choice.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';
import { columnOptions } from './column-options.tsx';
import { ColumnsField } from './columns-field.tsx';
import { CompletedText } from './completed-text.tsx';
import { FieldSays } from './field-says.tsx';
import { aroundFormula, aroundQuery } from './formula-place.ts';
import { ListField } from './list-field.tsx';
import type { ParamFieldProps } from './offered.ts';
import styles from './param-form.module.css';
import { SettingsField } from './settings-field.tsx';
import { ValuesField } from './values-field.tsx';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

const common = ({ field, offered, path }: ParamFieldProps) => ({
  label: field.label,
  help: field.help,
  error: offered.faults[path],
  placeholder: field.placeholder,
  disabled: offered.disabled,
});

const none = { value: '', label: 'No column' };

function ColumnParam(props: ParamFieldProps) {
  const { field, value, onChange, offered } = props;
  const columns = offered.inputs[field.input ?? 0] ?? [];
  const optional = field.schema.safeParse('').success;
  return (
    <Combobox
      {...common(props)}
      value={textOf(value) || null}
      onChange={onChange}
      options={optional ? [none, ...columnOptions(columns)] : columnOptions(columns)}
      none={columns.length ? 'No column is called that.' : 'Its input has no columns yet.'}
    />
  );
}

/** Chooses one of the names that a workspace has of something. */
const namedParam =
  (what: 'table' | 'pipeline') =>
  (props: ParamFieldProps): ReactNode => {
    const names = what === 'table' ? props.offered.tables : props.offered.pipelines;
    return (
      <Combobox
        {...common(props)}
        value={textOf(props.value) || null}
        onChange={props.onChange}
        options={names.map((name) => ({ value: name, label: name }))}
        none={`There is no such ${what}.`}
      />
    );
  };

function ModelParam(props: ParamFieldProps) {
  const { models } = props.offered;
  const own = models.find(({ builtIn }) => builtIn)?.id ?? '';
  const options = models.map(({ id, version, builtIn }) =>
    builtIn ? { value: id, label: `${id} (built in)` } : { value: id, label: id, aside: version ?? '' },
  );
  const { error, ...rest } = common(props);
  const value = textOf(props.value) || own;
  const missing = options.length > 0 && options.every((option) => option.value !== value);
  const said = error ?? (missing ? `There is no model "${value}" on this computer.` : undefined);
  const offered = missing ? [...options, { value, label: value }] : options;
  return (
    <Select
      {...rest}
      {...(said ? { error: said } : {})}
      value={value}
      onChange={(chosen) => props.onChange(chosen === own ? '' : chosen)}
      options={offered}
    />
  );
}

const fewEnough = (options: readonly { label: string }[]) =>
  options.length <= 3 && options.reduce((length, { label }) => length + label.length, 0) <= 28;

function ChoiceParam(props: ParamFieldProps) {
  const { field, value, onChange } = props;
  const options = field.options ?? [];
  const { label, help, error, disabled } = common(props);
  if (!fewEnough(options)) {
    return <Select {...common(props)} value={textOf(value)} onChange={onChange} options={options} />;
  }
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{label}</legend>
      <Choice label={label} value={textOf(value)} onChange={onChange} options={options} disabled={disabled} />
      <FieldSays fault={error} help={help} />
    </fieldset>
  );
}

function TextParam(props: ParamFieldProps) {
  return <TextField {...common(props)} value={textOf(props.value)} onChange={props.onChange} />;
}

function ExpressionParam(props: ParamFieldProps) {
  const { field, value, onChange, offered } = props;
  const columns = offered.inputs[field.input ?? 0];
  const around = useMemo(() => aroundFormula(columns ?? []), [columns]);
  return (
    <CompletedText {...common(props)} {...{ onChange, around }} formula lines={2} value={textOf(value)} />
  );
}

function QueryParam(props: ParamFieldProps) {
  const { value, onChange, offered } = props;
  const { inputs, inputNames } = offered;
  const around = useMemo(
    () => aroundQuery(inputNames.map((name, at) => ({ name, columns: inputs[at] ?? [] }))),
    [inputs, inputNames],
  );
  return <CompletedText {...common(props)} {...{ onChange, around }} lines={8} value={textOf(value)} />;
}

function LinesParam(props: ParamFieldProps) {
  return (
    <TextField {...common(props)} mono lines={8} value={textOf(props.value)} onChange={props.onChange} />
  );
}

function NumberParam(props: ParamFieldProps) {
  const value = typeof props.value === 'number' ? props.value : null;
  return <NumberField {...common(props)} value={value} onChange={props.onChange} />;
}

function FlagParam({ field, value, onChange, offered, path }: ParamFieldProps) {
  const fault = offered.faults[path];
  return (
    <div className={styles['group']}>
      <Checkbox
        label={field.label}
        checked={value === true}
        onChange={onChange}
        disabled={offered.disabled}
      />
      <FieldSays fault={fault} help={field.help} />
    </div>
  );
}

const kinds: Readonly<Record<FieldKind, ComponentType<ParamFieldProps>>> = {
  column: ColumnParam,
  columns: ColumnsField,
  table: namedParam('table'),
  pipeline: namedParam('pipeline'),
  model: ModelParam,
  choice: ChoiceParam,
  text: TextParam,
  number: NumberParam,
  flag: FlagParam,
  expression: ExpressionParam,
  query: QueryParam,
  values: ValuesField,
  lines: LinesParam,
  list: ListField,
  settings: SettingsField,
};

/** One parameter, drawn as its kind asks. */
export function ParamField(props: ParamFieldProps) {
  const Kind = kinds[props.field.is];
  return <Kind {...props} />;
}
