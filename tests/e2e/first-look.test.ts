import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeSettings } from '../../electron/engine/workspace/settings.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { sql } from '../../shared/sql.ts';
import { answerFileDialog, hand } from './hand.ts';
import { keepFailures, openApp, type RunningApp } from './launch-app.ts';

/** The sample as somebody finds it who opens the app days after it was built, and what fast hands do in it. */
let shop: RunningApp;
const page = () => shop.page;
const press = (keys: string) => page().keyboard.press(keys);

/** The sample where the app unpacks it, with findings of two days ago. */
async function oldSample(scratch: string): Promise<readonly string[]> {
  const dir = join(scratch, 'Assay', 'Shop');
  const workspace = await openWorkspace({ dir, create: true, sample: true });
  await workspace.database.run(
    sql`update assay.data_quality_checks set checked_at = checked_at - interval '2 days'`,
  );
  await workspace.close();
  const { port } = silent.address() as AddressInfo;
  const place = { host: '127.0.0.1', port, database: 'shop', user: 'ann', tls: 'disable' } as const;
  await changeSettings(dir, { targets: [{ name: 'silent', kind: 'postgres', ...place }] });
  return ['--sample'];
}

/** A server that takes connections and never says a word. */
const silent = createServer((socket) => callers.push(socket));
const callers: Socket[] = [];

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  shop = await openApp(oldSample);
  await page().getByText('engine ready').waitFor();
});
afterAll(async () => {
  await shop?.close();
  silent.close();
});
keepFailures(page);

test('the sample has fresh findings, made by a task that is seen', async () => {
  const { writeSql } = hand(page());
  await press('ControlOrMeta+n');
  await writeSql('select count(*) as n from assay.data_quality_metrics');
  await press('ControlOrMeta+j');
  await page().getByRole('tab', { name: 'Tasks' }).click();
  await page()
    .getByRole('listitem')
    .filter({ hasText: /Checking all tables\s*done/ })
    .waitFor();
  await page().getByRole('button', { name: 'Run', exact: true }).click();
  await page().getByRole('gridcell', { name: '39' }).waitFor();
});

test('the status bar says offline while that is so, and else with what the engine is connected', async () => {
  const bar = page().getByRole('contentinfo');
  await bar.getByRole('button', { name: 'offline' }).waitFor();
  await press('ControlOrMeta+5');
  await page().getByRole('button', { name: 'Probe' }).click();
  await bar.getByRole('button', { name: 'connected to silent' }).waitFor();
  for (const caller of callers) caller.destroy();
  await bar.getByRole('button', { name: 'offline' }).waitFor();
  await press('ControlOrMeta+w');
});

test('every word of a clause looks like one', async () => {
  const { writeSql } = hand(page());
  await writeSql('select b, sum(a) from a left join c using (d) where e and f group by b');
  const looks = await page().evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.view-line span span')].flatMap((part) =>
        (part.textContent ?? '').split(/\s/).map((word) => [word, getComputedStyle(part).color] as const),
      ),
    ),
  );
  for (const word of ['left', 'join', 'and', 'by'])
    expect([word, looks[word]]).toEqual([word, looks['select']]);
  expect(looks['d']).not.toBe(looks['select']);
});

test('Import is reached from the editor, and its account stays on one line', async () => {
  await answerFileDialog(shop.app, [join(shop.scratch, 'Assay', 'Shop', 'data', 'customers.csv')]);
  await page()
    .getByRole('textbox', { name: /^SQL of/ })
    .focus();
  await press('ControlOrMeta+i');
  const account = page().getByText('1,203 records = 1,201 rows');
  await account.waitFor();
  await page().getByText('There is a table customers already').waitFor();
  expect((await account.boundingBox())?.height).toBeLessThan(24);
});

/** Presses a key while the dialog that Escape has just closed is still drawn: before the next frame. */
const pressWhileClosing = (key: string) =>
  page().evaluate(async (next) => {
    const down = (key: string) =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    down('Escape');
    const closing = () => document.querySelector('[role=dialog][data-closed]');
    for (let turn = 0; turn < 100 && !closing(); turn++) await null;
    const drawn = closing() !== null;
    down(next);
    return drawn;
  }, key);

test('a dialog that closes does not swallow the next key', async () => {
  await page().getByRole('button', { name: 'Tables', exact: true }).focus();
  await press('ControlOrMeta+k');
  await page().getByRole('combobox', { name: 'Commands and objects' }).waitFor();
  expect(await pressWhileClosing('?')).toBe(true);
  const sheet = page().getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.waitFor();
  await press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await press('ControlOrMeta+k');
  await page().getByRole('combobox', { name: 'Commands and objects' }).fill('order-revenue');
  await press('Enter');
});

test('what is typed after Add goes into the new entry', async () => {
  await page().getByRole('button', { name: 'Formula' }).click();
  const form = page().getByRole('region', { name: 'Inspector' });
  await form.getByRole('button', { name: 'Add' }).click();
  await page().keyboard.type('as_is');
  const names = form.getByRole('textbox', { name: 'Name', exact: true });
  await expect.poll(() => names.nth(1).inputValue()).toBe('as_is');
});
