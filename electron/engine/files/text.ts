import type { Guess } from '../../../shared/contract/files.ts';
import { decodeFile, isUtf8Name } from './decode.ts';
import type { DecodedPlaces } from './decoded-places.ts';
import { detectEncoding, readHead, refuseUnknownEncoding } from './encoding.ts';
import type { Source } from './source.ts';

/** A file as UTF-8 text: itself, or a decoded copy. */
export interface Text {
  readonly path: string;
  readonly encoding: string;
  /** Where the bytes of the path stand in the file, if it is that of a decoded copy. */
  readonly places: DecodedPlaces | undefined;
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
  /** Only about so many bytes from the start. */
  readonly upTo?: number;
  /** Where a decoded copy goes. */
  readonly copy: string;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a file readable as UTF-8, whatever its encoding. */
export async function openText(source: Source, options: TextOptions): Promise<Text> {
  const { upTo = Number.POSITIVE_INFINITY, copy, signal } = options;
  if (options.encoding) refuseUnknownEncoding(options.encoding);
  const detected = await detectEncoding(source);
  const encoding = options.encoding ?? detected.encoding;
  const found: Guess = options.encoding
    ? { confidence: 1, evidence: 'you chose it', chosen: true }
    : { confidence: detected.confidence, evidence: detected.evidence };
  const ascii = detected.ascii && !options.encoding;
  const limit = source.bytes > upTo ? upTo : Number.POSITIVE_INFINITY;
  if (isUtf8Name(encoding)) {
    const head = await readHead(source.path, 3);
    const mark = head.length === 3 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
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
  const { bytes, places } = await decodeFile(source.path, encoding, copy, { upTo: limit, signal });
  return {
    path: copy,
    encoding,
    places,
    found,
    ascii,
    mark: 0,
    bytes,
    upTo: limit === Number.POSITIVE_INFINITY ? limit : bytes,
  };
}
