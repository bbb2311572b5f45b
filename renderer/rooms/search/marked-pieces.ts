import type { NearestSentence, SearchHit } from '../../../shared/contract/search.ts';

/** A piece of a text and how it is shown. */
export interface Piece {
  readonly text: string;
  readonly from: number;
  /** A word of the question. */
  readonly marked: boolean;
  /** In the sentence that is nearest to the question. */
  readonly nearest: boolean;
}

/** Cuts a text where marks and the nearest sentence begin and end. */
export function markedPieces(
  text: string,
  marks: SearchHit['marks'],
  sentence: Pick<NearestSentence, 'from' | 'to'> | undefined,
): Piece[] {
  const spans = sentence ? [...marks, [sentence.from, sentence.to] as const] : marks;
  const cuts = [0, text.length, ...spans.flat()].filter((at) => at <= text.length);
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, at) => {
    const to = places[at + 1] ?? text.length;
    return {
      text: text.slice(from, to),
      from,
      marked: marks.some(([start, end]) => start <= from && to <= end),
      nearest: sentence !== undefined && sentence.from <= from && to <= sentence.to,
    };
  });
}
