import { embeddingTitle } from '../../../../shared/collection-name.ts';
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
  /** Told when the collection is there, to be filled. */
  readonly prepared: () => void;
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
  /** Those that came so far, by place. */
  readonly found: (Float32Array | undefined)[];
  /** Comes when no thread would be free if more texts came. */
  readonly taken: Promise<void>;
}

/**
 * Embeds the texts that were listed, numbered from 1; returns how many: all, unless a pause was asked for. While one piece is saved
 * the next is computed, and the one after that is read.
 */
export async function embedTexts(run: Run, texts: number): Promise<number> {
  const report = reporting(run, texts);
  const failed = new AbortController();
  const signal = AbortSignal.any([run.call.signal, failed.signal]);
  const start = (first: number, last: number) =>
    startPiece(run, { first, last: Math.min(last, texts) }, { signal, report });
  let saving: Promise<void> = Promise.resolve();
  let size = Math.min(pieceSize, run.embedder.savedAtOnce ?? pieceSize);
  let done = 0;
  let piece = texts > 0 ? start(1, size) : undefined;
  let next: Piece | undefined;
  try {
    while (piece) {
      await piece.taken;
      const { first, last, began, vectors } = piece;
      const ahead = last < texts && !run.call.pause.aborted;
      next = ahead ? start(last + 1, last + size) : undefined;
      const found = await vectors;
      await saving;
      await run.call.room();
      saving = save(run, first, found);
      if (performance.now() - began > longestPieceMs)
        size = Math.min(size, Math.max(leastSize, Math.floor(size / 2)));
      done = last;
      piece = next;
    }
    await saving;
  } catch (thrown) {
    failed.abort();
    await saving.catch(() => {});
    await saveParts(run, [piece, next === piece ? undefined : next]).catch(() => {});
    throw thrown;
  }
  return done;
}

/** Keeps what came of pieces that did not end: it took time, or was paid for. */
async function saveParts(run: Run, pieces: readonly (Piece | undefined)[]): Promise<void> {
  for (const piece of pieces) {
    await piece?.vectors.catch(() => {});
    const found = piece?.found ?? [];
    for (let from = 0; from < found.length; from++) {
      const end = found.indexOf(undefined, from);
      const vectors = found.slice(from, end < 0 ? found.length : end) as Float32Array[];
      if (vectors.length === 0) continue;
      await run.call.room();
      await save(run, (piece?.first ?? 0) + from, vectors);
      from += vectors.length;
    }
  }
}

/** Pieces overlap: what is told never goes back. */
function reporting({ call, collection }: Run, total: number): (done: number) => void {
  let most = 0;
  const report = (done: number) => {
    most = Math.max(most, done);
    call.progress({ title: embeddingTitle(collection), done: most, total, unit: 'texts' });
  };
  report(0);
  return report;
}

function startPiece(
  { database, embedder, collection }: Run,
  { first, last }: Pick<Piece, 'first' | 'last'>,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (done: number) => void },
): Piece {
  const found = new Array<Float32Array | undefined>(last - first + 1).fill(undefined);
  let onTaken = () => {};
  const taken = new Promise<void>((resolve) => {
    onTaken = resolve;
  });
  const embedded = async () => {
    const texts = await database.use({ priority: 'background' }, (session) =>
      textsToEmbed(session, collection, first, last),
    );
    const onProgress = (done: number) => report(first - 1 + done);
    const onVector = (at: number, vector: Float32Array) => {
      found[at] = vector;
    };
    return embedder.embed(texts, { signal, onProgress, onTaken, onVector });
  };
  const vectors = embedded();
  vectors.catch(onTaken);
  return { first, last, began: performance.now(), vectors, found, taken };
}

function save({ database, collection, model }: Run, first: number, vectors: readonly Float32Array[]) {
  const saving = database.transaction({ title: `Saving ${collection}`, priority: 'background' }, (session) =>
    saveVectors(session, collection, model, first, vectors),
  );
  saving.catch(() => {});
  return saving;
}
