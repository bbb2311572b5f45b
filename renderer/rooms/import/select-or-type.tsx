import { useState } from 'react';
import { Select } from '../../ui/select.tsx';
import { FinishedText } from './finished-text.tsx';

/** No mark is written so. */
const another = '\0another';

/** One of the usual values, or any that is typed; `\t` is a tab. */
export function SelectOrType(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, options, placeholder, onChange } = props;
  const [typing, setTyping] = useState(false);
  const own = options.some((option) => option.value === value) ? [] : [{ value, label: shown(value) }];
  if (typing) {
    return (
      <FinishedText
        {...{ label, placeholder }}
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
      label={label}
      value={value}
      options={[...options, ...own, { value: another, label: 'another…' }]}
      onChange={(chosen) => (chosen === another ? setTyping(true) : onChange(chosen))}
    />
  );
}

const shown = (value: string) => value.replaceAll('\t', '\\t').replaceAll(' ', '␣');
