import { type Dispatch, type SetStateAction, useState } from 'react';
import type { Target } from '../../../shared/contract/workspace.ts';
import { bridge } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useEngineAction } from '../../use-engine.ts';
import styles from './target-dialog.module.css';

const kinds = [
  { value: 'postgres', label: 'PostgreSQL server' },
  { value: 'workspace', label: 'Folder to rehearse on' },
] as const;

const tlsWords = [
  { value: 'verify-full', label: 'Verified certificate and host (verify-full)' },
  { value: 'require', label: 'Encrypted, certificate not verified (require)' },
  { value: 'disable', label: 'Not encrypted (disable)' },
] as const;

const fresh: Target = {
  name: '',
  kind: 'postgres',
  host: 'localhost',
  port: 5432,
  database: '',
  user: '',
  tls: 'verify-full',
};

/** Adds or changes a target. What is kept goes to assay.yaml; a password never does. */
export function TargetDialog(props: {
  readonly target: Target | undefined;
  readonly onClose: (saved?: string) => void;
}) {
  const { target, onClose } = props;
  const [draft, setDraft] = useState<Target>(target ?? fresh);
  const { run, busy, problem } = useEngineAction('workspace', 'saveTarget');
  const complete =
    draft.name.trim() !== '' && (draft.kind === 'postgres' ? Boolean(draft.host) : Boolean(draft.folder));
  const save = async () => {
    await run({ target: keptOf(draft) });
    onClose(draft.name.trim());
  };
  return (
    <Dialog
      open
      onClose={() => onClose()}
      title={target ? `Target ${target.name}` : 'Add target'}
      says="Kept in assay.yaml. The password is not: it is asked for, or kept by the system’s keychain."
      actions={
        <>
          <Button onClick={() => onClose()}>Cancel</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={!complete}
            onClick={() => void save().catch(() => undefined)}
          >
            Save target
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <TextField
          label="Name"
          value={draft.name}
          disabled={target !== undefined}
          onChange={(name) => setDraft({ ...draft, name })}
          placeholder="production"
        />
        <Choice
          label="Kind"
          value={draft.kind}
          options={kinds}
          onChange={(kind) => setDraft({ ...draft, kind })}
        />
        {draft.kind === 'postgres' ? (
          <ServerFields draft={draft} change={setDraft} />
        ) : (
          <FolderField draft={draft} change={setDraft} />
        )}
        {problem && <ProblemView problem={problem} />}
      </div>
    </Dialog>
  );
}

interface FieldsProps {
  readonly draft: Target;
  readonly change: Dispatch<SetStateAction<Target>>;
}

function ServerFields({ draft, change }: FieldsProps) {
  const set = (changed: Partial<Target>) => change((before) => ({ ...before, ...changed }));
  return (
    <>
      <div className={styles['pair']}>
        <TextField
          label="Host"
          value={draft.host ?? ''}
          onChange={(host) => set({ host })}
          placeholder="db.example.com"
        />
        <NumberField
          label="Port"
          value={draft.port ?? null}
          min={1}
          max={65_535}
          onChange={(port) => set({ port: port ?? 5432 })}
        />
      </div>
      <div className={styles['pair']}>
        <TextField
          label="Database"
          value={draft.database ?? ''}
          onChange={(database) => set({ database })}
          placeholder="postgres"
        />
        <TextField
          label="User"
          value={draft.user ?? ''}
          onChange={(user) => set({ user })}
          placeholder="postgres"
        />
      </div>
      <TextField
        label="Schema"
        help="An environment of its own, such as staging. Empty: public."
        value={draft.schema ?? ''}
        onChange={(schema) => set({ schema })}
        placeholder="public"
      />
      <Select
        label="TLS"
        value={draft.tls ?? 'verify-full'}
        options={tlsWords}
        onChange={(tls) => set({ tls })}
      />
      {(draft.tls ?? 'verify-full') === 'verify-full' && <FileField {...{ draft, change }} {...files.ca} />}
      {draft.tls !== 'disable' && (
        <>
          <FileField {...{ draft, change }} {...files.cert} />
          {(draft.cert || draft.key) && <FileField {...{ draft, change }} {...files.key} />}
        </>
      )}
    </>
  );
}

/** Files of TLS; most servers need none of them. */
const files = {
  ca: {
    of: 'ca',
    label: 'Certificate authority',
    help: 'A file (.pem, .crt) that says whom to trust. Empty: those this machine trusts anyway.',
    placeholder: 'server-ca.pem',
  },
  cert: {
    of: 'cert',
    label: 'Client certificate',
    help: 'A file (.pem, .crt), for servers that let nobody in without one.',
    placeholder: 'client.pem',
  },
  key: {
    of: 'key',
    label: 'Key of the client certificate',
    help: 'Its private key, without a passphrase.',
    placeholder: 'client.key',
  },
} as const;

function FileField(props: FieldsProps & (typeof files)[keyof typeof files]) {
  const { draft, change, of, ...words } = props;
  const set = (file: string) => change((before) => ({ ...before, [of]: file }));
  const choose = async () => {
    const [file] = await bridge.chooseFiles();
    if (file) set(file);
  };
  return (
    <div className={styles['withButton']}>
      <TextField {...words} value={draft[of] ?? ''} onChange={set} />
      <Button onClick={() => void choose()}>Choose…</Button>
    </div>
  );
}

function FolderField({ draft, change }: FieldsProps) {
  const choose = async () => {
    const folder = await bridge.chooseFolder('Folder to rehearse on');
    if (folder) change((before) => ({ ...before, folder }));
  };
  return (
    <div className={styles['withButton']}>
      <TextField
        label="Folder"
        help="Becomes a workspace of its own. May be relative to this workspace."
        value={draft.folder ?? ''}
        onChange={(folder) => change((before) => ({ ...before, folder }))}
        placeholder="../rehearsal"
      />
      <Button onClick={() => void choose()}>Choose…</Button>
    </div>
  );
}

/** Only what belongs to the kind, and nothing empty. */
function keptOf({ host, port, database, user, schema, tls, ca, cert, key, folder, ...rest }: Target): Target {
  const server = { host, port, database, user, schema, tls, ca, cert, key };
  const own = rest.kind === 'postgres' ? server : { folder };
  const filled = Object.fromEntries(
    Object.entries(own).filter(([, value]) => value !== undefined && value !== ''),
  );
  return { ...rest, name: rest.name.trim(), ...filled };
}
