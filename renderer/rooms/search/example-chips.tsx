import { X } from 'lucide-react';
import type { Collection } from '../../../shared/contract/search.ts';
import styles from './collection-view.module.css';
import type { Question } from './question.ts';

/** The documents that results are to be like, and not to be like. */
export function ExampleChips(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { question, onAsk } = props;
  const { plus, minus, mode } = question;
  if (mode === 'text' || plus.length + minus.length === 0) return null;
  const without = (list: readonly string[], id: string) => list.filter((other) => other !== id);
  return (
    <div className={styles['chips']}>
      {plus.map((id) => (
        <Chip key={id} word="like" id={id} onRemove={() => onAsk({ ...question, plus: without(plus, id) })} />
      ))}
      {minus.map((id) => (
        <Chip
          key={id}
          word="unlike"
          id={id}
          onRemove={() => onAsk({ ...question, minus: without(minus, id) })}
        />
      ))}
    </div>
  );
}

const Chip = (props: { readonly word: string; readonly id: string; readonly onRemove: () => void }) => (
  <button
    type="button"
    className={styles['chip']}
    aria-label={`Remove the example ${props.word} ${props.id}`}
    onClick={props.onRemove}
  >
    <span className={styles['key']}>{props.word}</span>
    <span className={styles['value']}>{props.id}</span>
    <X aria-hidden />
  </button>
);
