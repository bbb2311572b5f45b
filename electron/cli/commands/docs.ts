import { resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../../../shared/number-words.ts';
import { defineCommand } from '../define-command.ts';

export default defineCommand<{ samples: boolean }>({
  usage: 'docs [dir]',
  summary:
    'writes documentation.html into a folder: tables, columns, pipelines, lineage and checks on one page',
  json: '{ file, tables, pipelines, checks, collections }   how many of each the page tells of',
  order: 85,
  configure: (command: Command) => command.option('--no-samples', 'without the first rows of each table'),
  async run({ args: [dir = '.'], options, engine, long }) {
    const { documentation } = await engine();
    const written = await documentation.write({ folder: resolve(dir), samples: options.samples }, long);
    const { file, tables, pipelines, checks, collections } = written;
    return {
      json: written,
      text: `${file}: ${counted(tables, 'table')}, ${counted(pipelines, 'pipeline')}, ${counted(checks, 'check')}, ${counted(collections, 'collection')}\n`,
    };
  },
});
