import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { appFile } from '../engine/app-files.ts';
import { writeDatabaseTemplate } from './database-template.ts';
import { writeModel } from './model/write-model.ts';

/** Makes what the app ships beside its code: the database template, the embedding model. Run by the build. */
const assets = appFile('dist/assets');
await writeDatabaseTemplate(assets);
await writeModel(join(assets, 'model'));
if (!existsSync(assets)) throw new Error(`${assets} was not made.`);
