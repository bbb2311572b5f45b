/** What is asked of Electron's safe storage. */
interface Storage {
  isEncryptionAvailable(): boolean;
  /** Only on Linux. */
  getSelectedStorageBackend?(): string;
}

/** Why secrets cannot be kept safely here; null where they can. On Linux without a keyring Electron would lock them with a key that everybody knows. */
export function storageRefusal(storage: Storage, platform: string): string | null {
  const backend = platform === 'linux' ? storage.getSelectedStorageBackend?.() : undefined;
  if (backend === 'basic_text' || backend === 'unknown') {
    return 'This system has no keyring (such as GNOME Keyring or KWallet), so the password would be kept readable. It is not kept.';
  }
  return storage.isEncryptionAvailable()
    ? null
    : 'The system’s keychain is not available, so the password is not kept.';
}
