import { resolve } from 'node:path';
import { count } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { defineCommand } from '../define-command.ts';

export default defineCommand({
  usage: 'export <format> <dir> [tables...]',
  summary: 'writes these tables, or all, into a folder; format is csv (UTF-8, RFC 4180, header first)',
  json: '{ files: [{ table, file, rows }] }',
  order: 80,
  async run({ args: [format, dir, ...tables], engine, long }) {
    if (format !== 'csv') {
      throw problem('bad_input', `Tables cannot be exported as "${format}".`, { hint: 'The format is csv.' });
    }
    if (!dir) throw problem('bad_input', 'No folder was named.', { hint: 'assay export csv DIR [TABLE…]' });
    const room = (await engine()).tables;
    const files = await room.exportCsv({ tables, folder: resolve(dir) }, long);
    const text = files.map(({ table, file, rows }) => `${table}: ${count(rows)} rows in ${file}\n`).join('');
    return { json: { files }, text: text || 'There are no tables to export.\n' };
  },
});
