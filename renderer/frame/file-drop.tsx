import { type DragEvent, type ReactNode, useState } from 'react';
import { bridge } from '../bridge.ts';
import { openTab } from '../workspace/tabs.ts';
import styles from './frame.module.css';

/** Opens the import room with these files. */
export function importFiles(paths: readonly string[]) {
  if (paths.length === 0) return;
  openTab({ kind: 'import', key: 'import', title: 'Import', data: { paths } });
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
        importFiles([...event.dataTransfer.files].map(bridge.pathOf).filter(Boolean));
      }}
    >
      {children}
      {over > 0 && <div className={styles['drop']}>Drop to import</div>}
    </div>
  );
}
