import { type DragEvent, type ReactNode, useState } from 'react';
import { bridge } from '../bridge.ts';
import { engine } from '../engine.ts';
import { confirm } from '../ui/ask.tsx';
import { toast } from '../ui/toast.tsx';
import { openTab } from '../workspace/tabs.ts';
import styles from './frame.module.css';

const openImport = (paths: readonly string[]) =>
  openTab({ kind: 'import', key: 'import', title: 'Import', data: { paths } });

/** Opens the import room with these files, folders and archives; several files can be one table. */
export async function importFiles(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  // What cannot be opened is shown with its reason where it would be looked at.
  const found = await engine.files.expand({ paths: [...paths] }).catch(() => undefined);
  if (!found) return openImport(paths);
  const { files, asOne } = found;
  if (files.length === 0) {
    toast({
      title: 'Nothing there can be imported.',
      detail: 'CSV, JSON, Parquet, Arrow and Excel files can, packed or not.',
    });
  } else if (files.length === 1) openImport(files);
  else {
    const how = await confirm({
      title: `${files.length} files: a table each, or one table?`,
      says: 'As one table, columns of the same name are one column, and _file says where each row is from.',
      action: 'A table each',
      other: 'One table',
    });
    if (how) openImport(how === 'other' ? [asOne] : files);
  }
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

/** Takes files dropped anywhere to the import room. */
export function FileDrop({ children }: { readonly children: ReactNode }) {
  const [over, setOver] = useState(0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the same is done by a command
    <div
      className={styles['frame']}
      onDragEnter={(event) => hasFiles(event) && setOver((depth) => depth + 1)}
      onDragLeave={(event) => hasFiles(event) && setOver((depth) => depth - 1)}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        setOver(0);
        if (!hasFiles(event) || event.defaultPrevented) return;
        event.preventDefault();
        void importFiles([...event.dataTransfer.files].map(bridge.pathOf).filter(Boolean));
      }}
    >
      {children}
      {over > 0 && <div className={styles['drop']}>Drop to import</div>}
    </div>
  );
}
