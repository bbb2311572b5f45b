import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { formatEndings, packingEndings } from '../../shared/file-endings.ts';

const kindsIn = (folder: string) =>
  readdirSync(new URL(`../../electron/engine/files/${folder}/`, import.meta.url))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .sort();

test('every format and every packing has endings under its own name, and nothing else has', () => {
  expect(Object.keys(formatEndings).sort()).toEqual(kindsIn('formats'));
  expect(Object.keys(packingEndings).sort()).toEqual(kindsIn('source/packings'));
});
