import { Plus, X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FieldSays } from './field-says.tsx';
import type { ParamFieldProps } from './offered.ts';
import styles from './param-form.module.css';
import { useAddedFocus } from './use-added-focus.ts';

/** Free texts, as many as one likes. */
export function ValuesField({ field, value, onChange, offered, path }: ParamFieldProps) {
  const texts: readonly string[] = Array.isArray(value) ? value.map(String) : [];
  const fault = offered.faults[path];
  const { list, setAdded } = useAddedFocus();
  const add = (at: number) => {
    onChange(texts.toSpliced(at, 0, ''));
    setAdded(at);
  };
  return (
    <fieldset ref={list} className={styles['group']} disabled={offered.disabled}>
      <legend className={styles['legend']}>{field.label}</legend>
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: texts are told apart by their place only
        <div key={at} className={styles['value']} data-entry={at}>
          <TextField
            label={`${field.label} ${at + 1}`}
            hideLabel
            mono
            value={text}
            error={offered.faults[`${path}.${at}`]}
            onChange={(next) => onChange(texts.with(at, next))}
            onEnter={() => add(at + 1)}
          />
          <IconButton
            label={`Remove ${text || at + 1}`}
            icon={X}
            onClick={() => onChange(texts.toSpliced(at, 1))}
          />
        </div>
      ))}
      <Button small icon={Plus} disabled={offered.disabled} onClick={() => add(texts.length)}>
        Add value
      </Button>
      <FieldSays fault={fault} help={field.help} />
    </fieldset>
  );
}
