/** A sentence and where it stands. */
export interface Sentence {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences of a text, without the blanks around them; a line break ends one too. */
export function sentencesOf(text: string): Sentence[] {
  return [...segmenter.segment(text)].flatMap(({ segment, index }) => {
    const trimmed = segment.trim();
    if (trimmed === '') return [];
    const from = index + segment.indexOf(trimmed);
    return [{ text: trimmed, from, to: from + trimmed.length }];
  });
}
