import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { TypeGlyph } from '../ui/type-glyph.tsx';
import { columnOptions } from './column-options.tsx';
import { FieldSays } from './field-says.tsx';
import type { ParamFieldProps } from './offered.ts';
import styles from './param-form.module.css';

const namesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Several columns, in an order that counts; one that the input lacks is shown as gone. */
export function ColumnsField({ field, value, onChange, offered, path }: ParamFieldProps) {
  const columns = offered.inputs[field.input ?? 0] ?? [];
  const chosen = namesOf(value);
  const rest = columnOptions(columns).filter((option) => !chosen.includes(option.value));
  const fault = offered.faults[path];
  return (
    <fieldset className={styles['group']} disabled={offered.disabled}>
      <legend className={styles['legend']}>{field.label}</legend>
      {chosen.length > 0 && (
        <ol className={styles['chosen']}>
          {chosen.map((name, at) => (
            <ChosenColumn
              key={name}
              name={name}
              type={columns.find((column) => column.name === name)?.type}
              gone={columns.length > 0 && columns.every((column) => column.name !== name)}
              onRemove={() => onChange(chosen.toSpliced(at, 1))}
              onUp={at > 0 ? () => onChange(swapped(chosen, at - 1)) : undefined}
              onDown={at < chosen.length - 1 ? () => onChange(swapped(chosen, at)) : undefined}
            />
          ))}
        </ol>
      )}
      <Combobox
        label={`Add to ${field.label}`}
        hideLabel
        value={null}
        placeholder="Add a column…"
        options={rest}
        disabled={offered.disabled}
        none={columns.length ? 'No other column is called that.' : 'Its input has no columns yet.'}
        onChange={(name) => onChange([...chosen, name])}
      />
      {rest.length > 0 && chosen.length === 0 && (
        <Button small kind="quiet" onClick={() => onChange(rest.map((option) => option.value))}>
          Add all {rest.length}
        </Button>
      )}
      <FieldSays fault={fault} help={field.help} />
    </fieldset>
  );
}

const swapped = (names: readonly string[], at: number) =>
  names.toSpliced(at, 2, ...names.slice(at, at + 2).reverse());

function ChosenColumn(props: {
  readonly name: string;
  readonly type: string | undefined;
  /** Not while the columns of the input are not known. */
  readonly gone: boolean;
  readonly onRemove: () => void;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
}) {
  const { name, type, gone, onRemove, onUp, onDown } = props;
  return (
    <li className={styles['column']} data-gone={gone ? '' : undefined}>
      {type !== undefined && <TypeGlyph type={type} />}
      <span className={styles['name']} title={name}>
        {name}
        {gone && ' (gone)'}
      </span>
      <span className={styles['moves']}>
        <IconButton label={`Move ${name} up`} icon={ArrowUp} disabled={!onUp} onClick={onUp} />
        <IconButton label={`Move ${name} down`} icon={ArrowDown} disabled={!onDown} onClick={onDown} />
        <IconButton label={`Remove ${name}`} icon={X} onClick={onRemove} />
      </span>
    </li>
  );
}
