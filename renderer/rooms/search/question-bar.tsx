import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Collection } from '../../../shared/contract/search.ts';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './collection-view.module.css';
import { FilterChips } from './filter-chips.tsx';
import { modes, type Question } from './question.ts';

/** A pause in typing after which the question is asked. */
const pauseMs = 350;

/** The field, the mode, and the filters. */
export function QuestionBar(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { collection, question, onAsk } = props;
  const [text, setText] = useState(question.text);
  useEffect(() => {
    if (text === question.text) return;
    const timer = setTimeout(() => onAsk({ ...question, text }), pauseMs);
    return () => clearTimeout(timer);
  }, [text, question, onAsk]);
  return (
    <search className={styles['bar']}>
      <div className={styles['line']}>
        <div className={styles['field']}>
          <TextField
            label={`Search ${collection.name}`}
            hideLabel
            autoFocus
            icon={Search}
            value={text}
            placeholder={`Search ${collection.textColumns.join(', ')} of ${collection.table}…`}
            onChange={setText}
            onEnter={() => onAsk({ ...question, text })}
          />
        </div>
        <Choice
          label="Find by"
          value={question.mode}
          options={modes}
          onChange={(mode) => onAsk({ ...question, text, mode })}
        />
      </div>
      <FilterChips
        collection={collection.name}
        filter={question.filter}
        onChange={(filter) => onAsk({ ...question, text, filter })}
      />
    </search>
  );
}
