import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appFile } from '../engine/app-files.ts';
import { writeDatabaseTemplate } from './database-template.ts';
import { writeModel } from './model/write-model.ts';
import { writeSampleArchive } from './sample/archive.ts';

/** Makes what the app ships beside its code: database template, embedding model, sample workspace. Run by the build. */
const assets = appFile('dist/assets');
await mkdir(assets, { recursive: true });
await writeDatabaseTemplate(assets);
await writeModel(join(assets, 'model'));
await writeSampleArchive(assets);
