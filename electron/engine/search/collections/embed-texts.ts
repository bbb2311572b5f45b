import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import type { Embedder } from '../model/embedder.ts';
import type { ModelDescription } from '../model/model-files.ts';
import type { MayLeave } from './leaving.ts';
import type { Source } from './source-texts.ts';
import { saveVectors, textsToEmbed } from './work-tables.ts';

/** A long call that may also be asked for a pause. */
export interface EmbedCall extends CallContext {
  readonly pause: AbortSignal;
  readonly mayLeave: MayLeave;
  /** Refuses to go on where the disk is nearly full. */
  readonly room: () => Promise<void>;
}

/** One run over what a table has. */
export interface Run {
  readonly database: Database;
  readonly embedder: Embedder;
  readonly call: EmbedCall;
  readonly collection: string;
  readonly source: Source;
  readonly model: ModelDescription;
}

/** Texts whose vectors are committed together: what a cancel or a crash may cost. */
const pieceSize = 256;
const leastSize = 32;
/** A slow model gets smaller pieces, so that one takes no longer. */
const longestPieceMs = 5000;

/** Texts on their way to vectors. */
interface Piece {
  readonly first: number;
  readonly last: number;
  readonly began: number;
  readonly vectors: Promise<Float32Array[]>;
  /** Comes when no thread would be free if more texts came. */
  readonly taken: Promise<void>;
}

/**
 * Embeds the texts that were listed, numbered from 1; returns how many: all, unless a pause was asked for. While one piece is saved
 * the next is computed, and the one after that is read.
 */
export async function embedTexts(run: Run, texts: number): Promise<number> {
  const report = reporting(run, texts);
  let saving: Promise<void> = Promise.resolve();
  let size = pieceSize;
  let done = 0;
  let piece = texts > 0 ? startPiece(run, 1, Math.min(size, texts), report) : undefined;
  while (piece) {
    await piece.taken;
    const { first, last, began, vectors } = piece;
    const ahead = last < texts && !run.call.pause.aborted;
    const next = ahead ? startPiece(run, last + 1, Math.min(last + size, texts), report) : undefined;
    const found = await vectors;
    await saving;
    await run.call.room();
    saving = save(run, first, found);
    if (performance.now() - began > longestPieceMs) size = Math.max(leastSize, Math.floor(size / 2));
    done = last;
    piece = next;
  }
  await saving;
  return done;
}

/** Pieces overlap: what is told never goes back. */
function reporting({ call, source }: Run, total: number): (done: number) => void {
  let most = 0;
  const report = (done: number) => {
    most = Math.max(most, done);
    call.progress({ title: `Embedding ${source.table}`, done: most, total, unit: 'texts' });
  };
  report(0);
  return report;
}

function startPiece(run: Run, first: number, last: number, report: (done: number) => void): Piece {
  const { database, embedder, call, collection } = run;
  let onTaken = () => {};
  const taken = new Promise<void>((resolve) => {
    onTaken = resolve;
  });
  const embedded = async () => {
    const texts = await database.use({ priority: 'background' }, (session) =>
      textsToEmbed(session, collection, first, last),
    );
    const onProgress = (done: number) => report(first - 1 + done);
    return embedder.embed(texts, { signal: call.signal, onProgress, onTaken });
  };
  const vectors = embedded();
  vectors.catch(onTaken);
  return { first, last, began: performance.now(), vectors, taken };
}

function save({ database, collection, model }: Run, first: number, vectors: readonly Float32Array[]) {
  const saving = database.transaction({ title: `Saving ${collection}`, priority: 'background' }, (session) =>
    saveVectors(session, collection, model, first, vectors),
  );
  saving.catch(() => {});
  return saving;
}
