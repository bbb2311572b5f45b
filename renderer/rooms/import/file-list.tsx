import { CircleAlert, CircleCheck, FileSpreadsheet, FileUp, X } from 'lucide-react';
import type { DataFile } from '../../../shared/contract/files.ts';
import type { ImportedTable } from '../../../shared/contract/import.ts';
import { bytes, counted } from '../../../shared/number-words.ts';
import { CommandButton } from '../../palette/command-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './file-list.module.css';
import { fileName, type Outcome, useOutcomes } from './plan.ts';
import { useAccountNow } from './use-account-now.ts';

interface FileListProps {
  readonly chosen: readonly string[];
  /** Further files in the workspace's folder. */
  readonly others: readonly DataFile[];
  readonly current: string | undefined;
  readonly onOpen: (path: string) => void;
  readonly onRemove: (path: string) => void;
}

/** The files to import, what became of them, and what else lies in the folder. */
export function FileList({ chosen, others, current, onOpen, onRemove }: FileListProps) {
  const [outcomes] = useOutcomes();
  return (
    <nav className={styles['files']} aria-label="Files">
      <div className={styles['filesHead']}>
        <CommandButton id="import.choose" small />
      </div>
      {chosen.length > 0 && <h3>To import</h3>}
      <ul>
        {chosen.map((path) => (
          <li key={path} className={styles['file']} data-current={path === current || undefined}>
            <FileButton {...{ path, current, onOpen }} outcome={outcomes[path]} />
            <IconButton
              label={`Take ${fileName(path)} off the list`}
              icon={X}
              onClick={() => onRemove(path)}
            />
          </li>
        ))}
      </ul>
      {others.length > 0 && <h3>In this workspace</h3>}
      <ul>
        {others.map(({ path, bytes: size }) => (
          <li key={path} className={styles['file']} data-current={path === current || undefined}>
            <FileButton {...{ path, current, onOpen }} outcome={outcomes[path]} aside={bytes(size)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function FileButton(props: {
  readonly path: string;
  readonly current: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly aside?: string;
  readonly onOpen: (path: string) => void;
}) {
  const { path, current, outcome, aside, onOpen } = props;
  return (
    <button
      type="button"
      className={styles['fileName']}
      aria-current={path === current}
      title={path}
      onClick={() => onOpen(path)}
    >
      <OutcomeSign outcome={outcome} />
      <span className={styles['fileWords']}>{fileName(path)}</span>
      {outcome?.status === 'done' ? (
        <LoadedRows imported={outcome.imported} />
      ) : (
        (outcome || aside) && <span className={styles['fileAside']}>{outcome ? 'failed' : aside}</span>
      )}
    </button>
  );
}

function OutcomeSign({ outcome }: { readonly outcome: Outcome | undefined }) {
  if (!outcome) return <FileSpreadsheet aria-hidden />;
  return outcome.status === 'done' ? (
    <CircleCheck aria-hidden data-tone="ok" />
  ) : (
    <CircleAlert aria-hidden data-tone="bad" />
  );
}

function LoadedRows({ imported }: { readonly imported: ImportedTable }) {
  const { account } = useAccountNow(imported);
  return <span className={styles['fileAside']}>{counted(account.loaded, 'row')}</span>;
}

/** The sign of an import without files. */
export const ImportSign = FileUp;
