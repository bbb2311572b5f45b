import { existsSync } from 'node:fs';
import { appFile } from '../engine/app-files.ts';
import { writeDatabaseTemplate } from './database-template.ts';

/** Makes what the app ships beside its code: the database template, the embedding model. Run by the build. */
const assets = appFile('dist/assets');
await writeDatabaseTemplate(assets);
if (!existsSync(assets)) throw new Error(`${assets} was not made.`);
