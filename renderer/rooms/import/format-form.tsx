import type { FormatSetting, SettingValue } from '../../../shared/contract/formats.ts';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { FinishedText } from './finished-text.tsx';
import styles from './guesses.module.css';
import { SelectOrType } from './select-or-type.tsx';

/** The settings of a file's format, whatever they are. */
export function FormatForm(props: {
  readonly settings: readonly FormatSetting[];
  readonly onChange: (key: string, value: SettingValue) => void;
}) {
  const { settings, onChange } = props;
  return (
    <div className={styles['settings']}>
      {settings.map((setting) => (
        <SettingField
          key={`${setting.key} ${String(setting.value)}`}
          setting={setting}
          onChange={(value) => onChange(setting.key, value)}
        />
      ))}
    </div>
  );
}

function SettingField(props: {
  readonly setting: FormatSetting;
  readonly onChange: (value: SettingValue) => void;
}) {
  const { setting, onChange } = props;
  const { value, options, free } = setting;
  const words = { label: setting.label, ...(setting.help ? { help: setting.help } : {}) };
  if (typeof value === 'boolean') return <Switch label={setting.label} checked={value} onChange={onChange} />;
  if (options && free)
    return (
      <SelectOrType
        {...words}
        value={String(value)}
        options={options}
        placeholder={String(value)}
        onChange={(text) => onChange(text.trim())}
      />
    );
  if (options) return <Select {...words} value={String(value)} options={options} onChange={onChange} />;
  const finish = (text: string) => {
    if (text.trim() !== String(value)) onChange(text.trim());
  };
  return <FinishedText {...words} value={String(value)} onFinish={finish} />;
}
