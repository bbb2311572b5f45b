import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import { storageRefusal } from './storage-refusal.ts';

/** Secrets as the system's keychain has locked them, by workspace and place; without the keychain nobody reads them. */
type Locked = Readonly<Record<string, string>>;

const fileOf = () => join(app.getPath('userData'), 'secrets.json');
const nameOf = (folder: string, place: string) => `${folder}\n${place}`;

/** Why this machine's keychain keeps no secrets, in words; null where it does. */
export const refusal = (): string | null => storageRefusal(safeStorage, process.platform);

/** The secret that was kept for a place, if there is one and the keychain opens it. */
export function secretOf(folder: string, place: string): string | null {
  const locked = read()[nameOf(folder, place)];
  if (locked === undefined || refusal() !== null) return null;
  try {
    return safeStorage.decryptString(Buffer.from(locked, 'base64'));
  } catch {
    // Another person's keychain, or one that was made anew.
    return null;
  }
}

/** Keeps a secret, or lets go of it where none is given; says why it does not. */
export function keepSecret(folder: string, place: string, secret: string | null): string | null {
  const { [nameOf(folder, place)]: _before, ...others } = read();
  if (secret === null) {
    write(others);
    return null;
  }
  const why = refusal();
  if (why !== null) return why;
  const locked = safeStorage.encryptString(secret).toString('base64');
  write({ ...others, [nameOf(folder, place)]: locked });
  return null;
}

function read(): Locked {
  try {
    return JSON.parse(readFileSync(fileOf(), 'utf8')) as Locked;
  } catch {
    return {};
  }
}

const write = (secrets: Locked) =>
  writeFileSync(fileOf(), `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
