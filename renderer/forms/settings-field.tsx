import { named } from '../../shared/by-name.ts';
import type { Parameter } from '../../shared/contract/pipelines.ts';
import { parameterWords } from '../../shared/parameter-values.ts';
import { TextField } from '../ui/text-field.tsx';
import type { ParamFieldProps } from './offered.ts';
import styles from './param-form.module.css';

/** Values for the parameters of another pipeline, each with its own field; what it has by itself shows in an empty one. */
export function SettingsField({ field, value, onChange, offered, path }: ParamFieldProps) {
  const given: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const alien = Object.keys(given).filter((name) => offered.settings.every((one) => one.name !== name));
  const fields: readonly Pick<Parameter, 'name' | 'default' | 'help' | 'type'>[] = [
    ...offered.settings,
    ...alien.map((name) => ({
      name,
      type: 'text' as const,
      help: 'The pipeline has no such parameter: empty it.',
    })),
  ];
  if (fields.length === 0) return null;
  const change = (name: string, next: string) => {
    const { [name]: _before, ...rest } = given;
    onChange(next === '' ? rest : { ...given, [name]: next });
  };
  return (
    <fieldset className={styles['group']} disabled={offered.disabled}>
      <legend className={styles['legend']}>{field.label}</legend>
      {fields.map(({ name, type, help, default: preset }) => (
        <TextField
          key={name}
          label={name}
          mono
          value={String(named(given, name) ?? '')}
          placeholder={preset}
          help={help ?? parameterWords[type]}
          error={offered.faults[`${path}.${name}`]}
          onChange={(next) => change(name, next)}
        />
      ))}
      <p className={styles['help']}>{field.help}</p>
    </fieldset>
  );
}
