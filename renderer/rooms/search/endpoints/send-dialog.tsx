import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { FarModel } from './endpoint-key.ts';

/** The key of a model, and whether the keychain keeps it. */
export interface Given {
  readonly key: string;
  readonly keep: boolean;
}

/** Says what leaves this computer and where to, and asks for the key where there is none. */
export function SendDialog(props: {
  readonly model: FarModel;
  readonly needsKey: boolean;
  /** What would be sent; nothing where only the key is asked for. */
  readonly texts: string | undefined;
  readonly answer: (given: Given | null) => void;
}) {
  const { model, needsKey, texts, answer } = props;
  const { origin } = model.endpoint;
  const [given, setGiven] = useState<Given>({ key: '', keep: true });
  const ready = !needsKey || given.key.trim() !== '';
  const send = () => ready && answer({ ...given, key: given.key.trim() });
  const says =
    texts === undefined
      ? `The key of ${model.id} at ${origin}. It goes there and nowhere else.`
      : `${model.id} is not on this computer: ${texts}, and every question that is asked of them, leave it and go to ${origin}. Columns that a contract calls private are refused. The yes is kept for this workspace; “Models at addresses” takes it back.`;
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title={texts === undefined ? `Key of ${model.id}` : `Send texts to ${new URL(origin).host}?`}
      says={says}
      actions={
        <>
          <Button data-first={needsKey ? undefined : ''} onClick={() => answer(null)}>
            Cancel
          </Button>
          <Button kind="primary" disabled={!ready} onClick={send}>
            {texts === undefined ? 'Use this key' : 'Send texts'}
          </Button>
        </>
      }
    >
      {needsKey && (
        <>
          <TextField
            label="Key"
            password
            value={given.key}
            onChange={(key) => setGiven({ ...given, key })}
            onEnter={send}
          />
          <Checkbox
            label="Keep in the system’s keychain"
            checked={given.keep}
            onChange={(keep) => setGiven({ ...given, keep })}
          />
        </>
      )}
    </Dialog>
  );
}
