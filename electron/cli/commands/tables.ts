import { count } from '../../../shared/number-words.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

export default defineCommand({
  usage: 'tables',
  summary: 'lists the tables with rows, columns and where they came from',
  json: `{ tables: [{ name, origin, source, rows, rejected, failing, version, updatedAt, columns: [{ name, type }] }] }
  origin: import, pipeline or query. rejected: rows of the file that could not be loaded. failing: checks that failed or warned.`,
  order: 20,
  async run({ engine }) {
    const tables = await (await engine()).tables.list({});
    if (tables.length === 0) {
      return { json: { tables }, text: 'There are no tables yet. Import a file: assay import FILE\n' };
    }
    const lines = tables.map(({ name, rows, columns, rejected, failing, origin, source }) => [
      name,
      count(rows),
      count(columns.length),
      count(rejected),
      count(failing),
      source ?? origin,
    ]);
    const head = ['table', 'rows', 'columns', 'rejected', 'failing checks', 'from'];
    return { json: { tables }, text: textTable(head, lines) };
  },
});
