import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Every name that tables got after they had this one, whichever table it was. */
export async function laterNames(session: Session): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const renames = await session.query<Rename>(
    sql`select from_name as "from", to_name as "to" from assay.table_renames order by id`,
  );
  const later = new Map<string, Set<string>>();
  for (const { from, to } of renames) {
    later.set(from, later.get(from) ?? new Set());
    for (const [name, names] of later) {
      if (name !== from && !names.has(from)) continue;
      names.add(to);
      if (isPassing(from)) names.delete(from);
    }
    if (isPassing(from)) later.delete(from);
  }
  return later;
}

/** Tables that swap names have such ones in between, one after the other the same. */
const isPassing = (name: string) => name.startsWith('\u0001');
