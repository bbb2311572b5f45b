import { useState } from 'react';
import { howMany, type ParamsOf, text } from '../../../../shared/params.ts';
import { ParamForm, type Params, paramFaults } from '../../../forms/param-form.tsx';
import { showFirstFault } from '../../../forms/show-first-fault.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { useEngineAction } from '../../../use-engine.ts';

const shape = {
  name: text('Name', 'What collections call it; also the folder in models/.', { placeholder: 'far' }),
  url: text('Address', 'Where texts are posted, as OpenAI’s servers take them.', {
    placeholder: 'https://models.example.com/v1/embeddings',
  }),
  model: text('Model there', 'What the server calls it.', { placeholder: 'text-embedding-3-small' }),
  dimensions: howMany('Dimensions', 'Numbers of its vectors; others are refused.'),
  maxTokens: howMany('Tokens it reads', 'Longer texts are cut before they are sent.'),
  key: text(
    'Name of the key',
    'The environment variable that the command line reads it of. The key itself is asked for later and kept by the system’s keychain. Empty: it takes none.',
    { optional: true, placeholder: 'MODELS_API_KEY' },
  ),
};

/** Describes a model at an address; nothing is sent by that. */
export function AddEndpointDialog({ onClose }: { readonly onClose: () => void }) {
  const [values, setValues] = useState<Params>({
    name: '',
    url: '',
    model: '',
    dimensions: 1536,
    maxTokens: 8191,
    key: '',
  });
  const [strict, setStrict] = useState(false);
  const { run, busy, problem } = useEngineAction('search', 'addEndpoint');
  const save = async () => {
    setStrict(true);
    if (Object.keys(paramFaults(shape, values)).length > 0) return showFirstFault();
    const { key, dimensions, maxTokens, ...named } = values as unknown as ParamsOf<typeof shape>;
    await run({
      ...named,
      dimensions: dimensions ?? 0,
      maxTokens: maxTokens ?? 0,
      ...(key.trim() === '' ? {} : { key: key.trim() }),
    });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a model at an address"
      says="Written to models/ as text. Nothing is sent before somebody embeds by it and agrees."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} onClick={() => void save().catch(() => undefined)}>
            Add model
          </Button>
        </>
      }
    >
      <ParamForm shape={shape} values={values} onChange={setValues} strict={strict} />
      {problem && <ProblemView problem={problem} />}
    </Dialog>
  );
}
