import { useState } from 'react';
import type { Collection, CollectionMap, MapTopic } from '../../../../shared/contract/search.ts';
import { counted } from '../../../../shared/number-words.ts';
import { engine } from '../../../engine.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { toastProblem } from '../../../ui/toast.tsx';
import type { Question } from '../question.ts';
import styles from './map.module.css';

/** The topics of a map: what they are called, what they are about, and a way into each. */
export function TopicsDialog(props: {
  readonly collection: Collection;
  readonly map: CollectionMap;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
  readonly onClose: () => void;
}) {
  const { collection, map, question, onAsk, onClose } = props;
  const only = ({ topic, label }: MapTopic) => {
    onAsk({ ...question, topic: { number: topic, label }, region: null });
    onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Topics of ${collection.name}`}
      says="Hills of the map, named by words that are frequent there and rare elsewhere. Names can be changed; a new layout names anew."
      actions={<Button onClick={onClose}>Done</Button>}
    >
      {map.topics.length === 0 && <EmptyState says="No hill stands out on this map." />}
      <ul className={styles['topics']}>
        {map.topics.map((topic) => (
          <li key={topic.topic}>
            <TopicName collection={collection.name} topic={topic} />
            <span className={styles['count']}>{counted(topic.documents, 'document')}</span>
            <Button small onClick={() => only(topic)}>
              Search in it
            </Button>
            <span className={styles['words']}>{topic.words.join(', ')}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function TopicName({ collection, topic }: { readonly collection: string; readonly topic: MapTopic }) {
  const [label, setLabel] = useState(topic.label);
  const save = () => {
    if (label.trim() === '') return setLabel(topic.label);
    if (label.trim() === topic.label) return;
    engine.search
      .nameTopic({ collection, topic: topic.topic, label })
      .catch((thrown) => toastProblem(thrown, 'The name was not kept'));
  };
  return (
    <TextField
      label={`Name of ${topic.label}`}
      hideLabel
      value={label}
      onChange={setLabel}
      onEnter={save}
      onBlur={save}
    />
  );
}
