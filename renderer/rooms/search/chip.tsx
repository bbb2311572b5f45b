import { X } from 'lucide-react';
import styles from './collection-view.module.css';

/** Something that narrows a search; a click takes it away. */
export const Chip = (props: {
  readonly word: string;
  readonly value: string;
  /** What the click does, in words. */
  readonly label: string;
  readonly title?: string;
  readonly onRemove: () => void;
}) => (
  <button
    type="button"
    className={styles['chip']}
    aria-label={props.label}
    title={props.title}
    onClick={props.onRemove}
  >
    <span className={styles['key']}>{props.word}</span>
    <span className={styles['value']}>{props.value}</span>
    <X aria-hidden />
  </button>
);
