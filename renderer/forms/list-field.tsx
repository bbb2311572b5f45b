import { Plus, X } from 'lucide-react';
import { initialParams } from '../../shared/params.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { FieldSays } from './field-says.tsx';
import type { ParamFieldProps, Params } from './offered.ts';
import styles from './param-form.module.css';
import { useAddedFocus } from './use-added-focus.ts';

/** Entries of a few fields each. */
export function ListField({ field, value, onChange, offered, path }: ParamFieldProps) {
  const entries: readonly Params[] = Array.isArray(value) ? value : [];
  const fields = field.fields ?? {};
  const fault = offered.faults[path];
  const { list, setAdded } = useAddedFocus();
  const add = () => {
    onChange([...entries, initialParams(fields)]);
    setAdded(entries.length);
  };
  return (
    <fieldset ref={list} className={styles['group']} disabled={offered.disabled}>
      <legend className={styles['legend']}>{field.label}</legend>
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are told apart by their place only
        <div key={at} className={styles['entry']} data-entry={at}>
          <div className={styles['entryFields']}>
            <offered.Fields
              shape={fields}
              values={entry}
              onChange={(next) => onChange(entries.with(at, next))}
              offered={offered}
              path={`${path}.${at}.`}
            />
          </div>
          <IconButton
            label={`Remove ${field.label} ${at + 1}`}
            icon={X}
            onClick={() => onChange(entries.toSpliced(at, 1))}
          />
        </div>
      ))}
      <Button small icon={Plus} disabled={offered.disabled} onClick={add}>
        Add
      </Button>
      <FieldSays fault={fault} help={field.help} />
    </fieldset>
  );
}
