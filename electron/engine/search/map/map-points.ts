import type { MapPoints } from '../../../../shared/contract/search-map.ts';
import { literals, sql } from '../../../../shared/sql.ts';
import { copyHeaderBytes } from '../../database/copy-header.ts';
import type { Session } from '../../database/database.ts';
import type { Narrowed } from '../find/ranking.ts';
import { within } from './documents-in.ts';
import type { Colours } from './map-colours.ts';

/** Every point of a map with its colour; grey where the document is not in the place. */
export async function mapPoints(
  session: Session,
  place: Narrowed,
  { colour, legend }: Colours,
): Promise<MapPoints> {
  const bytes = await session.copyOut(
    literals(sql`copy (
      select p.document, p.x, p.y, (case when ${within(place)} then ${colour} else -1 end)::smallint
      from (select * from assay.map_points where collection = ${place.collection}) as p
      join ${place.documents} as d on d.id = p.document order by p.document
    ) to stdout (format binary)`),
  );
  const points = pointsIn(bytes);
  const counts = legend.map(() => 0);
  for (const of of points.colour) counts[of] = (counts[of] ?? 0) + 1;
  // What is grey is mostly what the filters leave out.
  const labels = place.conditions.length > 0 ? ['others', ...legend.slice(1)] : legend;
  return { ...points, legend: labels.map((label, at) => ({ label, documents: counts[at] as number })) };
}

/** Each row, the colour being -1 outside of the place: four fields with their lengths. */
const rowBytes = 2 + 4 + 8 + 4 + 4 + 4 + 4 + 4 + 2;

/** Format: PostgreSQL documentation, "COPY", binary format. */
function pointsIn(bytes: Uint8Array): Omit<MapPoints, 'legend'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor((view.byteLength - copyHeaderBytes) / rowBytes);
  const ids = new Float64Array(count);
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  const colour = new Uint8Array(count);
  const inside = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const start = copyHeaderBytes + row * rowBytes;
    ids[row] = Number(view.getBigInt64(start + 6));
    x[row] = view.getFloat32(start + 18);
    y[row] = view.getFloat32(start + 26);
    const told = view.getInt16(start + 34);
    colour[row] = Math.max(0, told);
    inside[row] = told < 0 ? 0 : 1;
  }
  return { ids, x, y, colour, inside };
}
