import { asCommand } from './as-command.mjs';
import { test } from './test.mjs';

/**
 * The tests that go through many more cases when there is time: a hundred broken connections instead of a few.
 * @param {string[]} names
 */
async function soak(names) {
  process.env['ASSAY_SOAK'] = '1';
  return test(names.length > 0 ? names : ['promote/faults']);
}

await asCommand(import.meta.url, soak);
