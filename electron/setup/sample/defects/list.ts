import type { CsvTable, CsvText } from '../csv.ts';
import { yamlText } from '../yaml-text.ts';
import type { Defect } from './defect.ts';
import type { RefusedLine } from './rejects.ts';

const header = `# Everything that is wrong in this workspace on purpose, and which check finds it.
# \`rows\` counts the rows that break the check; \`line\` is the line of the file on which a row begins.
`;

/** A table as it was written. */
export interface Written {
  readonly csv: CsvTable;
  readonly text: CsvText;
}

function places({ rows, key }: Defect, { csv, text }: Written) {
  const cells = csv.columns.filter(([name]) => key.includes(name));
  return rows
    .map((row) => ({
      line: text.lineOf.get(row),
      key: Object.fromEntries(cells.map(([name, cell]) => [name, cell(row)])),
    }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function entry(defect: Defect, written: Written) {
  const { id, table, class: kind, column, done, check, rows } = defect;
  const where = rows.length > 0 ? places(defect, written) : [{ line: 1 }];
  return { id, table, file: written.csv.file, column, class: kind, done, check, rows: rows.length, where };
}

function refused({ id, table, column, done }: RefusedLine, line: number, { csv }: Written) {
  return {
    id,
    table,
    file: csv.file,
    column,
    class: 'import',
    done,
    check: null,
    rows: 1,
    where: [{ line }],
  };
}

/** The text of defects.yaml. */
export function defectsYaml(
  defects: readonly Defect[],
  lines: readonly RefusedLine[],
  written: ReadonlyMap<string, Written>,
): string {
  const of = (table: string): Written => {
    const found = written.get(table);
    if (!found) throw new Error(`There is no table ${table}.`);
    return found;
  };
  const list = [
    ...defects.map((defect) => entry(defect, of(defect.table))),
    ...lines.map((line) => {
      const at = lines.filter(({ table }) => table === line.table).indexOf(line);
      return refused(line, of(line.table).text.rawLineNumbers[at] ?? 0, of(line.table));
    }),
  ];
  return header + yamlText({ version: 1, defects: list });
}
