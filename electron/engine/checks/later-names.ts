import type { Session } from '../database/database.ts';
import { isPassing, listRenames } from '../tables/rename-table.ts';

/** Every name that tables got after they had this one, whichever table it was. */
export async function laterNames(session: Session): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const later = new Map<string, Set<string>>();
  for (const { from, to } of await listRenames(session)) {
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
