import { useState } from 'react';
import { create } from 'zustand';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';

interface Confirmation {
  readonly title: string;
  readonly says?: string;
  /** The word on the button that acts. */
  readonly action: string;
  readonly danger?: boolean;
  /** A third way out, between acting and not: "Don't save". */
  readonly other?: string;
}

interface Prompt {
  readonly title: string;
  readonly says?: string;
  readonly label: string;
  readonly initial?: string;
  readonly action: string;
  /** What is wrong with the text, or nothing. */
  readonly validate?: (text: string) => string | undefined;
}

type Question =
  | { readonly is: 'confirm'; readonly ask: Confirmation; readonly answer: (how: boolean | 'other') => void }
  | { readonly is: 'prompt'; readonly ask: Prompt; readonly answer: (text: string | null) => void };

const useQuestion = create<{ question: Question | null; asked: number }>(() => ({
  question: null,
  asked: 0,
}));

const put = (question: Question) => useQuestion.setState(({ asked }) => ({ question, asked: asked + 1 }));
const done = () => useQuestion.setState({ question: null });

/** Asks before something that cannot be taken back: true, false, or `'other'` for the third way. */
export const confirm = (ask: Confirmation): Promise<boolean | 'other'> =>
  new Promise((resolve) => {
    put({
      is: 'confirm',
      ask,
      answer: (how) => {
        done();
        resolve(how);
      },
    });
  });

/** Asks for one line of text; null where the person thought better of it. */
export const prompt = (ask: Prompt): Promise<string | null> =>
  new Promise((resolve) => {
    put({
      is: 'prompt',
      ask,
      answer: (text) => {
        done();
        resolve(text);
      },
    });
  });

/** Where `confirm` and `prompt` appear; stands once in the app. */
export function Questions() {
  const { question, asked } = useQuestion();
  if (question?.is === 'confirm') return <ConfirmDialog key={asked} {...question} />;
  if (question?.is === 'prompt') return <PromptDialog key={asked} {...question} />;
  return null;
}

function ConfirmDialog({ ask, answer }: Question & { is: 'confirm' }) {
  return (
    <Dialog
      open
      onClose={() => answer(false)}
      title={ask.title}
      says={ask.says}
      actions={
        <>
          <Button data-first={ask.danger ? '' : undefined} onClick={() => answer(false)}>
            Cancel
          </Button>
          {ask.other && <Button onClick={() => answer('other')}>{ask.other}</Button>}
          <Button
            kind={ask.danger ? 'danger' : 'primary'}
            data-first={ask.danger ? undefined : ''}
            onClick={() => answer(true)}
          >
            {ask.action}
          </Button>
        </>
      }
    />
  );
}

function PromptDialog({ ask, answer }: Question & { is: 'prompt' }) {
  const [text, setText] = useState(ask.initial ?? '');
  const [touched, setTouched] = useState(false);
  const wrong = text.trim() === '' ? `${ask.label} is not set.` : ask.validate?.(text.trim());
  const submit = () => (wrong ? setTouched(true) : answer(text.trim()));
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title={ask.title}
      says={ask.says}
      actions={
        <>
          <Button onClick={() => answer(null)}>Cancel</Button>
          <Button kind="primary" onClick={submit}>
            {ask.action}
          </Button>
        </>
      }
    >
      <TextField
        label={ask.label}
        value={text}
        autoFocus
        error={touched ? wrong : undefined}
        onChange={(next) => {
          setText(next);
          setTouched(next !== ask.initial);
        }}
        onEnter={submit}
      />
    </Dialog>
  );
}
