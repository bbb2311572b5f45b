import { useState } from 'react';
import { Select } from '../../ui/select.tsx';
import { FinishedText } from './finished-text.tsx';

/** No mark is written so. */
const another = '\0another';
/** A select takes an empty value for none chosen. */
const nothing = '\0none';
const keyOf = (value: string) => (value === '' ? nothing : value);

/** One of the usual values, or any that is typed; `\t` is a tab. */
export function SelectOrType(props: {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, help, value, options, placeholder, onChange } = props;
  const words = { label, ...(help ? { help } : {}) };
  const [typing, setTyping] = useState(false);
  const own = options.some((option) => option.value === value) ? [] : [{ value, label: shown(value) }];
  if (typing) {
    return (
      <FinishedText
        {...words}
        placeholder={placeholder}
        value=""
        autoFocus
        onFinish={(text) => {
          setTyping(false);
          if (text !== '') onChange(text.replaceAll('\\t', '\t'));
        }}
      />
    );
  }
  return (
    <Select
      {...words}
      value={keyOf(value)}
      options={[
        ...[...options, ...own].map((option) => ({ ...option, value: keyOf(option.value) })),
        { value: another, label: 'another…' },
      ]}
      onChange={(chosen) => {
        if (chosen === another) setTyping(true);
        else onChange(chosen === nothing ? '' : chosen);
      }}
    />
  );
}

const shown = (value: string) => value.replaceAll('\t', '\\t').replaceAll(' ', '␣');
