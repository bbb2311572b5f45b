import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './labelled.module.css';

/** What every labelled control takes. */
export interface Labelled {
  readonly label: string;
  /** Reads the label aloud only, where the place says it already. */
  readonly hideLabel?: boolean;
  readonly help?: ReactNode;
  /** What is wrong with the value, in words. */
  readonly error?: string | undefined;
}

/** The attributes that tie a control to its label, help and error. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** Puts a label above a control, and help or what is wrong below it. */
export function Label(props: Labelled & { readonly children: (ids: ControlIds) => ReactNode }) {
  const { label, hideLabel, help, error, children } = props;
  const id = useId();
  const says = error ?? help;
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles['label']}>
        {label}
      </label>
      {children({
        id,
        ...(says ? { 'aria-describedby': `${id}-says` } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {says && (
        <p
          id={`${id}-says`}
          data-fault={error ? '' : undefined}
          className={error ? styles['error'] : styles['help']}
        >
          {error && <CircleAlert aria-hidden />}
          {says}
        </p>
      )}
    </div>
  );
}
