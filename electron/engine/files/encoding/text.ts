import type { Guess } from '../../../../shared/contract/files.ts';
import { readHead } from '../source/read-head.ts';
import type { Source } from '../source/source.ts';
import { chosen } from './chosen.ts';
import { decodeFile, isUtf8Name } from './decode.ts';
import type { FilePlaces } from './decoded-places.ts';
import { detectEncoding, type FoundEncoding, mixedEncoding, refuseUnknownEncoding } from './encoding.ts';
import { type EncodingGuess, isWestern } from './guess-encoding.ts';
import { LineDecoder, otherEncoding } from './line-decoder.ts';
import { hasSeparatedRecords, separateLines } from './separated-records.ts';

/** A file as UTF-8 text: itself, or a decoded copy. */
export interface Text {
  readonly path: string;
  readonly encoding: string;
  /** Where the records of the path stand in the file, if it is that of a copy. */
  readonly places: FilePlaces | undefined;
  /** Why this encoding. */
  readonly found: Guess;
  /** No byte looked at told anything of it. */
  readonly ascii: boolean;
  /** Bytes of a byte order mark at its start. */
  readonly mark: number;
  readonly bytes: number;
  /** Where to stop reading; Infinity for the whole. */
  readonly upTo: number;
}

export interface TextOptions {
  readonly encoding?: string | undefined;
  /** What records far into the file tell of its encoding, where it was not chosen. */
  readonly late?: EncodingGuess | undefined;
  /** Only about so many bytes from the start. */
  readonly upTo?: number;
  /** Where a decoded copy goes. */
  readonly copy: string;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a file readable as UTF-8, whatever its encoding. */
export async function openText(source: Source, options: TextOptions): Promise<Text> {
  const { upTo = Number.POSITIVE_INFINITY, copy } = options;
  if (options.encoding) refuseUnknownEncoding(options.encoding);
  const seen = await detectEncoding(source);
  const detected: FoundEncoding = options.late ? { ...options.late, ascii: false } : seen;
  const encoding = options.encoding ?? detected.encoding;
  const found: Guess = options.encoding
    ? chosen
    : { confidence: detected.confidence, evidence: detected.evidence };
  const ascii = detected.ascii && !options.encoding;
  const limit = source.bytes > upTo ? upTo : Number.POSITIVE_INFINITY;
  if (isUtf8Name(encoding)) {
    const head = await readHead(source.path, separatedBytes);
    if (hasSeparatedRecords(head)) return separated(source, { ...options, upTo: limit }, found);
    const mark = head.length > 2 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    return {
      path: source.path,
      encoding: 'utf-8',
      places: undefined,
      found,
      ascii,
      mark,
      bytes: source.bytes,
      upTo: limit,
    };
  }
  const decoded = await decodeFound(source.path, encoding, { ...options, upTo: limit });
  return {
    path: copy,
    encoding,
    found,
    ...decoded,
    ascii,
    mark: 0,
    upTo: limit === Number.POSITIVE_INFINITY ? limit : decoded.bytes,
  };
}

const separatedBytes = 4096;

/** A text whose records end with a separator, as lines. */
async function separated(
  { path, bytes }: Source,
  { copy, signal, upTo }: TextOptions & { readonly upTo: number },
  found: Guess,
): Promise<Text> {
  await separateLines(path, copy, { upTo, signal });
  const evidence = `${found.evidence}; records end with the separator 0x1E`;
  const told = { ...found, evidence };
  return {
    path: copy,
    encoding: 'utf-8',
    places: undefined,
    found: told,
    ascii: false,
    mark: 0,
    bytes,
    upTo,
  };
}

/** Decodes a file; where its encoding is found out as a Western one, lines that are UTF-8 all the same are read as such. */
async function decodeFound(
  path: string,
  encoding: string,
  { encoding: chosen, upTo, copy, signal }: TextOptions & { readonly upTo: number },
) {
  const other = otherEncoding(encoding);
  if (chosen !== undefined || !(other || isWestern(encoding)))
    return decodeFile(path, encoding, copy, { upTo, signal });
  const decoder = new LineDecoder(other ?? encoding, other !== undefined);
  const decoded = await decodeFile(path, encoding, copy, { upTo, signal, decoder });
  if (decoder.utf8Lines === 0 && !other) return decoded;
  const guess = mixedEncoding(decoder.utf8Lines, decoder.otherLines);
  const { encoding: mixed, confidence, evidence } = guess;
  const found = { confidence, evidence };
  const again = other ? decoded : await decodeFile(path, mixed, copy, { upTo, signal });
  return { ...again, encoding: mixed, found };
}
