import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './promote.module.css';
import type { usePassword } from './use-password.ts';

/** A server's password, and whether the system's keychain keeps it. */
export function PasswordField({ password }: { readonly password: ReturnType<typeof usePassword> }) {
  return (
    <div className={styles['password']}>
      <TextField
        label={password.kept ? 'Password, from the keychain' : 'Password, for this session'}
        password
        value={password.value}
        onChange={password.set}
      />
      <Checkbox
        label="Keep in the keychain"
        checked={password.kept}
        disabled={password.value === ''}
        onChange={password.keep}
      />
    </div>
  );
}
