import { useState } from 'react';
import type { MetadataRange } from '../../../shared/contract/search.ts';
import { ask } from '../../ui/ask.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './range-dialog.module.css';
import { type Ranged, rangeOf } from './range-ends.ts';

/** Asks for the ends of a range; null where the person thought better of it. */
export const askRange = (key: string, of: Ranged): Promise<MetadataRange | null> =>
  ask((answer) => <RangeDialog ranged={key} of={of} answer={answer} />);

function RangeDialog(props: {
  readonly ranged: string;
  readonly of: Ranged;
  readonly answer: (range: MetadataRange | null) => void;
}) {
  const { ranged, of, answer } = props;
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [tried, setTried] = useState(false);
  const made = rangeOf(from, to, of);
  const wrong = 'wrong' in made ? made : undefined;
  const submit = () => (wrong ? setTried(true) : answer(made as MetadataRange));
  const faultAt = (end: 'from' | 'to') => (tried && wrong?.wrong === end ? wrong.says : undefined);
  const placeholder = of === 'days' ? '2024-05-31' : undefined;
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title={`Only documents in a range of ${ranged}`}
      says={`Both ends are in it${of === 'days' ? ', days as a whole' : ''}; an empty one is open.`}
      actions={
        <>
          <Button onClick={() => answer(null)}>Cancel</Button>
          <Button kind="primary" onClick={submit}>
            Filter
          </Button>
        </>
      }
    >
      <div className={styles['ends']}>
        <TextField
          label="From"
          value={from}
          autoFocus
          placeholder={placeholder}
          error={faultAt('from')}
          onChange={setFrom}
          onEnter={submit}
        />
        <TextField
          label="To"
          value={to}
          placeholder={placeholder}
          error={faultAt('to')}
          onChange={setTo}
          onEnter={submit}
        />
      </div>
    </Dialog>
  );
}
