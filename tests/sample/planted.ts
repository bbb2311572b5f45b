import type { Suggestion } from '../../shared/contract/checks.ts';
import type { Engine } from '../../shared/contract/index.ts';
import { decodePage } from '../../shared/decode-page.ts';
import { jsonRows } from '../../shared/json-rows.ts';

/** Something wrong in the sample on purpose, as defects.yaml lists it. */
export interface PlantedDefect {
  readonly id: string;
  readonly table: string;
  readonly column: string | null;
  readonly class: string;
  /** Null where the import refuses the row. */
  readonly check: string | null;
  readonly rows: number;
  readonly where: readonly { readonly line: number; readonly key?: Readonly<Record<string, unknown>> }[];
}

/** What suggested rules alone make of the planted defects. */
export interface PlantedCount {
  /** Defects whose every row breaks a suggested rule. */
  readonly found: readonly string[];
  readonly missed: readonly string[];
  readonly suggestions: number;
  /** Suggestions that would fail now, and of these such as fail for no planted row. */
  readonly failing: number;
  readonly falseOnes: readonly string[];
}

type Ask = (text: string) => Promise<readonly string[]>;

const asking =
  (engine: Engine): Ask =>
  async (text) => {
    const [result] = await engine.query.run({ text, limit: 100_000 });
    return jsonRows(decodePage(result?.bytes ?? new Uint8Array())).map(({ row }) => String(row));
  };

/** Tries every suggestion and compares its bad rows with the rows that were spoilt. Rows that the import refused are no matter of rules. */
export async function countPlanted(engine: Engine, defects: readonly PlantedDefect[]): Promise<PlantedCount> {
  const ask = asking(engine);
  const planted = defects.filter(({ check }) => check !== null);
  const { suggestions } = await engine.checks.suggest({});
  const failing = suggestions.filter(({ verdict }) => verdict === 'fail');
  const rowsOf = new Map<string, ReadonlySet<string>>();
  for (const defect of planted) rowsOf.set(defect.id, await spoiltRows(ask, defect));
  const found = new Set<string>();
  const falseOnes: string[] = [];
  for (const one of failing) {
    const hits = await hitBy(engine, ask, one, planted, rowsOf);
    for (const id of hits.whole) found.add(id);
    if (!hits.any) falseOnes.push(`${one.table}: ${one.says} (${one.badRows})`);
  }
  return {
    found: planted.flatMap(({ id }) => (found.has(id) ? [id] : [])),
    missed: planted.flatMap(({ id }) => (found.has(id) ? [] : [id])),
    suggestions: suggestions.length,
    failing: failing.length,
    falseOnes,
  };
}

/** The rows of a defect by their keys, as `_row` of the table. */
async function spoiltRows(ask: Ask, { table, where }: PlantedDefect): Promise<ReadonlySet<string>> {
  const keys = where.flatMap(({ key }) => (key ? [key] : []));
  if (keys.length === 0) return new Set();
  const conditions = keys.map((key) =>
    Object.entries(key)
      .map(([name, value]) => `"${name}"::text = '${String(value)}'`)
      .join(' and '),
  );
  return new Set(await ask(`select _row::text as row from "${table}" where (${conditions.join(') or (')})`));
}

async function hitBy(
  engine: Engine,
  ask: Ask,
  { table, rule, class: of }: Suggestion,
  planted: readonly PlantedDefect[],
  rowsOf: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<{ readonly any: boolean; readonly whole: readonly string[] }> {
  const finding = await engine.checks.attempt({ table, rule });
  const here = planted.filter((defect) => defect.table === table);
  if (finding.sql === null) {
    const whole = here.filter((defect) => of === 'schema' && defect.class === 'schema').map(({ id }) => id);
    return { any: whole.length > 0, whole };
  }
  const bad = new Set(await ask(`select _row::text as row from (${finding.sql}) as q`));
  const fits = here.filter(({ column }) => column === null || finding.columns.includes(column));
  const rows = ({ id }: PlantedDefect) => [...(rowsOf.get(id) ?? [])];
  return {
    any: here.some((defect) => rows(defect).some((row) => bad.has(row))),
    whole: fits
      .filter((defect) => rows(defect).length > 0 && rows(defect).every((row) => bad.has(row)))
      .map(({ id }) => id),
  };
}
