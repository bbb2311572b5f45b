import { expect, test } from 'vitest';
import { storageRefusal } from '../../electron/main/storage-refusal.ts';

const storage = (backend: string, available = true) => ({
  isEncryptionAvailable: () => available,
  getSelectedStorageBackend: () => backend,
});

test('a password is kept only where a keychain locks it: never with a key that everybody knows', () => {
  expect(storageRefusal(storage('gnome_libsecret'), 'linux')).toBeNull();
  expect(storageRefusal(storage('basic_text'), 'linux')).toContain('no keyring');
  expect(storageRefusal(storage('unknown'), 'linux')).toContain('no keyring');
  expect(storageRefusal(storage('', false), 'darwin')).toContain('not available');
  expect(storageRefusal({ isEncryptionAvailable: () => true }, 'win32')).toBeNull();
});
