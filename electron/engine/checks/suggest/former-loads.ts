import type { Column } from '../../../../shared/column.ts';
import type { FormerLoads } from '../../../../shared/contract/checks.ts';
import type { CheckDefinition, RememberedLoad } from '../../../../shared/define-check.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { isoMoment } from '../../database/iso-moment.ts';

/** So many loads are looked back at. */
const most = 60;

interface KeptLoad {
  readonly at: string;
  readonly columns: readonly Column[];
  readonly figures: readonly (readonly [column: string, figure: string, value: number])[] | null;
}

/** What is remembered of the loads before the one that is there now, newest first. */
export async function formerLoads(session: Session, table: string): Promise<readonly RememberedLoad[]> {
  const kept = await session.query<KeptLoad>(sql`
    select ${isoMoment(sql`l.loaded_at`)} as at, l.columns,
      (select json_agg(json_build_array(f.column_name, f.figure, f.value)) from assay.figures f
        where f.table_name = l.table_name and f.version = l.version) as figures
    from assay.loads l join assay.tables t on t.name = l.table_name
    where l.table_name = ${table} and l.version < t.version
    order by l.version desc limit ${most}`);
  return kept.map(({ at, columns, figures }) => {
    const values = new Map((figures ?? []).map(([column, figure, value]) => [`${figure} ${column}`, value]));
    return {
      at,
      columns,
      rows: values.get('rows ') ?? 0,
      figure: (column, figure) => values.get(`${figure} ${column}`),
    };
  });
}

/** How a rule would have gone on former loads, as far as what is remembered of them tells. */
export function heldAgainst(
  { kept, params: shape }: CheckDefinition,
  params: Readonly<Record<string, unknown>>,
  loads: readonly RememberedLoad[],
): FormerLoads {
  const parsed = schemaOf(shape).safeParse(params);
  const told = loads.flatMap((load) => (parsed.success ? (kept?.(load, parsed.data) ?? []) : []));
  return { loads: loads.length, told: told.length, failed: told.filter((good) => !good).length };
}
