import { Fragment, type ReactNode, useState } from 'react';
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

const useQuestion = create<{ draw: (() => ReactNode) | null; asked: number }>(() => ({
  draw: null,
  asked: 0,
}));

/** Asks by a dialog of its own; `draw` gets what to call with the answer. */
export const ask = <Answer,>(draw: (answer: (is: Answer) => void) => ReactNode): Promise<Answer> =>
  new Promise((resolve) => {
    const answer = (is: Answer) => {
      useQuestion.setState({ draw: null });
      resolve(is);
    };
    useQuestion.setState(({ asked }) => ({ draw: () => draw(answer), asked: asked + 1 }));
  });

/** Asks before something that cannot be taken back: true, false, or `'other'` for the third way. */
export const confirm = (asked: Confirmation): Promise<boolean | 'other'> =>
  ask((answer) => <ConfirmDialog ask={asked} answer={answer} />);

/** Asks for one line of text; null where the person thought better of it. */
export const prompt = (asked: Prompt): Promise<string | null> =>
  ask((answer) => <PromptDialog ask={asked} answer={answer} />);

/** Where what is asked appears; stands once in the app. */
export function Questions() {
  const { draw, asked } = useQuestion();
  return draw && <Fragment key={asked}>{draw()}</Fragment>;
}

function ConfirmDialog(props: {
  readonly ask: Confirmation;
  readonly answer: (how: boolean | 'other') => void;
}) {
  const { ask, answer } = props;
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

/** What stands there is replaced by what is typed. */
const selectAll = (field: HTMLInputElement | null) => field?.select();

function PromptDialog(props: { readonly ask: Prompt; readonly answer: (text: string | null) => void }) {
  const { ask, answer } = props;
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
        inputRef={selectAll}
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
