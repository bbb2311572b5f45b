import type { FileColumn } from '../../../shared/contract/files.ts';
import { problem, stopIfCancelled } from '../../../shared/problem.ts';
import { join, type Sql, sql } from '../../../shared/sql.ts';
import type { Duck } from '../files/duck/duck.ts';
import type { Examination } from '../files/examine.ts';
import { firstMisfit } from '../files/preview.ts';
import { cell, trimmed, trimmedRows } from '../files/types/columns.ts';
import { isRejecting } from '../files/types/misfits.ts';
import { copyCell, misfitCause } from '../files/types/read-cells.ts';
import type { RejectSpool } from './spool-rejects.ts';
import type { Refused, Stage, StagedRow } from './stage.ts';

interface Misfit extends Refused {
  readonly column: string | null;
}

export interface Filling {
  readonly duck: Duck;
  readonly stage: Stage;
  readonly spool: RejectSpool;
  readonly allText: boolean;
  readonly signal: AbortSignal;
  /** Rows gone through. */
  readonly onRows: (done: number) => void;
}

const pieceCharacters = 4 << 20;
const misfitsAtOnce = 1024;

/** Sends every sound record to the stage, or to the rejects with the column and value at fault. */
export async function fillStage(found: Examination, filling: Filling): Promise<void> {
  const { duck, stage, signal, onRows } = filling;
  let piece: StagedRow[] = [];
  let size = 0;
  let copying: Promise<Refused[]> = Promise.resolve([]);
  const misfits = new MisfitQueue(found, filling.spool);
  const send = async () => {
    const refused = await copying;
    copying = stage.add(piece);
    copying.catch(() => {});
    piece = [];
    size = 0;
    await misfits.add(refused.map((row) => ({ ...row, column: null })));
  };
  let ordinal = 0;
  for await (const chunk of duck.chunks(rowsToCopy(found, filling.allText), found.table.counts.good)) {
    stopIfCancelled(signal);
    const places = chunk.getColumnValues(0) as number[];
    const texts = chunk.getColumnValues(1) as string[];
    for (let at = 0; at < places.length; at++, ordinal++) {
      const cells = texts[at] as string;
      const column = places[at] === -1 ? undefined : found.columns[places[at] as number];
      if (column) misfits.push({ ordinal, column: column.name, cause: misfitCause(column, cells) });
      else {
        piece.push({ ordinal, cells });
        size += cells.length;
      }
    }
    if (size > pieceCharacters) await send();
    await misfits.flushIfMany();
    onRows(ordinal);
  }
  await send();
  await misfits.add((await copying).map((row) => ({ ...row, column: null })));
  await misfits.flush();
}

/** For each row the place of its first misfit and that cell, or -1 and the whole row as COPY reads it. */
function rowsToCopy({ columns, table }: Examination, allText: boolean): Sql {
  const all = columns.map((_, at) => at);
  const doubtful = all.filter((at) => isRejecting(columns[at] as FileColumn));
  const copies = columns.map((column, at) => copyCell(column, cell(at), trimmed(at), allText));
  const line = columns.length === 1 ? join(copies) : sql`concat_ws(',', ${join(copies)})`;
  if (doubtful.length === 0) return sql`select -1::integer, ${line} from ${trimmedRows(table.relation)}`;
  const culprit = sql`[${join(doubtful.map(cell))}][list_position([${join(doubtful)}], bad)]`;
  return sql`select bad::integer, case when bad = -1 then ${line} else ${culprit} end
    from (select *, ${firstMisfit(columns as readonly FileColumn[], doubtful)} as bad from ${trimmedRows(table.relation)})`;
}

/** Looks up line and raw text of misfits, many at a time. */
class MisfitQueue {
  readonly #found: Examination;
  readonly #spool: RejectSpool;
  #waiting: Misfit[] = [];

  constructor(found: Examination, spool: RejectSpool) {
    this.#found = found;
    this.#spool = spool;
  }

  push(misfit: Misfit): void {
    this.#waiting.push(misfit);
  }

  async add(misfits: readonly Misfit[]): Promise<void> {
    this.#waiting.push(...misfits);
    await this.flushIfMany();
  }

  async flushIfMany(): Promise<void> {
    if (this.#waiting.length >= misfitsAtOnce) await this.flush();
  }

  async flush(): Promise<void> {
    const misfits = this.#waiting.sort((a, b) => a.ordinal - b.ordinal);
    this.#waiting = [];
    const located = await this.#found.table.locate(misfits.map(({ ordinal }) => ordinal));
    if (located.length !== misfits.length) {
      throw problem('bug', `${misfits.length} rows do not fit, but ${located.length} were found again.`);
    }
    await this.#spool.add(
      located.map(({ line, offset = null, raw, file }, at) => {
        const { column, cause } = misfits[at] as Misfit;
        return { line, offset, raw, column, cause, file };
      }),
    );
  }
}
