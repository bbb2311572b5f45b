import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';
import { showOverlay, useOverlay } from './overlay.ts';
import styles from './palette.module.css';
import { PaletteSearch } from './palette-search.tsx';

/** Every action and every object of the workspace, by typing. */
export function Palette() {
  const open = useOverlay((overlay) => overlay.open === 'palette');
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => showOverlay(next ? 'palette' : null)}>
      <Dialog.Portal>
        <Dialog.Popup
          className={styles['popup']}
          aria-label="Commands and objects"
          initialFocus={input}
          finalFocus={() => !useOverlay.getState().goes}
        >
          <PaletteSearch input={input} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
