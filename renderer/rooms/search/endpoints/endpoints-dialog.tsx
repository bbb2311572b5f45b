import { useState } from 'react';
import { engine } from '../../../engine.ts';
import { ask } from '../../../ui/ask.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import styles from '../../../ui/list.module.css';
import { toastProblem } from '../../../ui/toast.tsx';
import { useModels } from '../model-choice.ts';
import { AddEndpointDialog } from './add-endpoint-dialog.tsx';
import { askForKey } from './agreement.tsx';
import { type FarModel, isFar } from './endpoint-key.ts';

/** Shows which models are at addresses, until it is closed. */
export const openEndpoints = (): Promise<void> =>
  ask<void>((answer) => <EndpointsDialog onClose={() => answer()} />);

/** The models that are at addresses: what may be sent there, and their keys. */
function EndpointsDialog({ onClose }: { readonly onClose: () => void }) {
  const { usable } = useModels();
  const [adding, setAdding] = useState(false);
  const far = usable.filter(isFar);
  if (adding) return <AddEndpointDialog onClose={() => setAdding(false)} />;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Models at addresses"
      says="They are not on this computer: texts are sent there, once somebody agreed to it. There are none unless one is added here or in models/."
      actions={
        <>
          <Button data-first="" onClick={() => setAdding(true)}>
            Add a model…
          </Button>
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      {far.length > 0 && (
        <table className={styles['table']}>
          <thead>
            <tr>
              {['model', 'at', 'texts', 'key', ''].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {far.map((model) => (
              <Line key={model.id} model={model} onClose={onClose} />
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}

const keyWords = ({ endpoint: { keyName, hasKey } }: FarModel) =>
  keyName === null ? 'takes none' : hasKey ? 'there' : 'not given';

function Line({ model, onClose }: { readonly model: FarModel; readonly onClose: () => void }) {
  const { id, endpoint } = model;
  const forbid = () => void engine.search.forbidEndpoint({ model: id }).catch(toastProblem);
  const giveKey = () => {
    onClose();
    void askForKey(model).catch(toastProblem);
  };
  return (
    <tr>
      <td>{id}</td>
      <td className={styles['aside']} title={endpoint.origin}>
        {endpoint.origin}
      </td>
      <td>{endpoint.allowed ? 'may be sent' : 'not sent'}</td>
      <td>{keyWords(model)}</td>
      <td className={styles['right']}>
        {endpoint.keyName !== null && (
          <Button small onClick={giveKey}>
            Key…
          </Button>
        )}{' '}
        {endpoint.allowed && (
          <Button small onClick={forbid}>
            Send no more
          </Button>
        )}
      </td>
    </tr>
  );
}
