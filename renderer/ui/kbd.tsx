import styles from './kbd.module.css';
import { keysOf } from './keys.ts';

/** A shortcut as keys: `Mod+Shift+K` becomes ⌘⇧K or Ctrl Shift K. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className={styles['keys']}>
      {keysOf(keys).map((key) => (
        <kbd key={key} className={styles['key']}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
