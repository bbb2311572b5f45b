import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineCommand } from '../define-command.ts';
import { openLocalEngine } from '../local-engine.ts';

export default defineCommand({
  usage: 'init [dir]',
  summary: 'makes a folder a workspace; one that is a workspace already stays as it is',
  json: '{ workspace, name, created }',
  order: 0,
  async run({ args: [given], dir }) {
    const folder = given ? resolve(given) : dir;
    const created = !existsSync(join(folder, 'assay.yaml'));
    const { engine, close } = await openLocalEngine(folder, true);
    const { name } = await engine.workspace.info({});
    await close();
    const text = created ? `Made ${folder} a workspace.\n` : `${folder} is a workspace already.\n`;
    return { json: { workspace: folder, name, created }, text };
  },
});
