import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { cx } from './cx.ts';
import styles from './labelled.module.css';
import { Label, type Labelled } from './labelled.tsx';

interface TextFieldProps extends Labelled {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly password?: boolean;
  /** In the mono face, for names and SQL. */
  readonly mono?: boolean;
  /** Lines of a larger box. */
  readonly lines?: number;
  readonly icon?: LucideIcon;
  readonly onEnter?: () => void;
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A line, or a box, of text. */
export function TextField(props: TextFieldProps) {
  const { label, hideLabel, help, error } = props;
  return (
    <Label {...{ label, hideLabel, help, error }}>
      {(ids) => (props.lines ? <TextBox {...props} ids={ids} /> : <TextLine {...props} ids={ids} />)}
    </Label>
  );
}

type Inner = TextFieldProps & { readonly ids: object };

function TextBox({ value, onChange, placeholder, disabled, mono, lines, onBlur, onKeyDown, ids }: Inner) {
  return (
    <textarea
      {...ids}
      {...{ value, placeholder, disabled, onBlur, onKeyDown }}
      rows={lines}
      spellCheck={!mono}
      className={cx(styles['control'], mono && styles['mono'])}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function TextLine({ icon: Icon, ids, ...props }: Inner) {
  const { value, onChange, onEnter, onKeyDown, mono } = props;
  return (
    <span className={styles['box']}>
      {Icon && <Icon aria-hidden />}
      <input
        {...ids}
        value={value}
        ref={props.inputRef}
        placeholder={props.placeholder}
        disabled={props.disabled}
        // biome-ignore lint/a11y/noAutofocus: only where a dialog or a search opens for typing
        autoFocus={props.autoFocus}
        onBlur={props.onBlur}
        type={props.password ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        className={cx(styles['control'], mono && styles['mono'], Icon && styles['withIcon'])}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (!onEnter || event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
      />
    </span>
  );
}
