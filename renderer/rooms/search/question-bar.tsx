import { Map as MapIcon, Search, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Collection } from '../../../shared/contract/search.ts';
import { Choice } from '../../ui/choice.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTabState } from '../../workspace/tab-state.ts';
import styles from './collection-view.module.css';
import { ExampleChips } from './example-chips.tsx';
import { FilterChips } from './filter-chips.tsx';
import { PlaceChips } from './place-chips.tsx';
import { modes, type Question } from './question.ts';
import { SavedSearches } from './saved-searches.tsx';
import { Tuning } from './tuning.tsx';

/** A pause in typing after which the question is asked. */
const pauseMs = 350;

/** The field, the mode, and the filters. */
export function QuestionBar(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
  /** Whether the map is shown beside the results. */
  readonly map: boolean;
  readonly onMap: (map: boolean) => void;
}) {
  const { collection, question, onAsk, map, onMap } = props;
  const [text, setText] = useState(question.text);
  const [tuning, setTuning] = useTabState('tuning', false);
  const take = (next: Question) => {
    setText(next.text);
    onAsk(next);
  };
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
          onChange={(mode) => onAsk({ ...question, text, mode, least: null })}
        />
        <SavedSearches collection={collection} question={{ ...question, text }} onAsk={take} />
        <IconButton label="Map" icon={MapIcon} pressed={map} onClick={() => onMap(!map)} />
        <IconButton
          label="Fine-tune"
          icon={SlidersHorizontal}
          pressed={tuning}
          onClick={() => setTuning(!tuning)}
        />
      </div>
      {tuning && <Tuning collection={collection} question={question} onAsk={onAsk} />}
      <ExampleChips collection={collection} question={question} onAsk={onAsk} />
      <PlaceChips collection={collection} question={question} onAsk={onAsk} />
      <FilterChips
        collection={collection}
        filter={question.filter}
        where={question.where}
        onChange={(next) => onAsk({ ...question, text, ...next })}
      />
    </search>
  );
}
