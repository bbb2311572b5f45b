import { useState } from 'react';
import { TextField } from '../../ui/text-field.tsx';

/** A text that is taken when it is finished: half a range is none. */
export function FinishedText(props: {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  /** Called even where nothing was changed. */
  readonly onFinish: (value: string) => void;
}) {
  const { value, onFinish, ...words } = props;
  const [text, setText] = useState(value);
  const finish = () => onFinish(text);
  return <TextField {...words} mono value={text} onChange={setText} onEnter={finish} onBlur={finish} />;
}
