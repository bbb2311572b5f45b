import { expect, test } from 'vitest';
import { configOf } from '../../electron/engine/promote/connection/connection-config.ts';
import { refuseOwnTypes } from '../../electron/engine/promote/objects/own-types.ts';
import { type Deciding, shyOf } from '../../electron/engine/promote/objects/private-columns.ts';
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

test('only this machine is spoken to in the open unasked, not one whose name begins like its own', () => {
  const open = (host: string) =>
    configOf({ name: 'x', kind: 'postgres', host }, undefined, 'x').ssl === false;
  expect(['localhost', '127.0.0.1', '127.8.8.8', '::1', '/var/run/postgresql'].every(open)).toBe(true);
  expect(['localhost.example.com', '127.0.0.1.example.com', '127.example.com', 'localhost2'].some(open)).toBe(
    false,
  );
});

test('a view over a private column shows none of its own where both sides differ, whatever it calls them', () => {
  const deciding: Deciding = {
    privateOf: () => [],
    privateAnywhere: new Set(['email']),
    privatePaths: new Set(['public.people.email']),
    secret: '',
  };
  const columns = ['contact', 'email'].map((name) => ({ name, type: 'text' }));
  const view = { kind: 'view', source: 'letters', columns } as const;
  expect(shyOf(view, ['public.people.email'], deciding)).toEqual(['contact', 'email']);
  expect(shyOf(view, ['public.people.id'], deciding)).toEqual(['email']);
});

test('types of a workspace are told from those of PostgreSQL, however their names begin', () => {
  const goes = (type: string) => {
    try {
      refuseOwnTypes('t', [{ name: 'a', type }]);
      return true;
    } catch {
      return false;
    }
  };
  const known = [
    'timestamp(3) with time zone',
    'bit varying(5)',
    'text[]',
    'numeric(12,2)',
    'int8multirange',
  ];
  expect(known.filter(goes)).toEqual(known);
  expect(['date_kind', 'timeslot', 'textual', 'myrange', 'json_kind', 'point'].filter(goes)).toEqual([]);
});
