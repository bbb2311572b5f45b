/** A name and where it wants to stand, its middle there. */
export interface Label {
  /** Two may have the same text. */
  readonly id: number;
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

/** A name stands a little above the middle of its hill, or it would cover a small one; in pixels. */
export const labelRise = 12;

/** Of a letter in the labels' face, on average, in pixels. */
const letterWidth = 6.6;
const lineHeight = 18;

/** Letters as wide as they are high count twice. */
const lettersOf = (text: string) => text.length + (text.match(/[\u1100-\u115f\u2e80-\uffef]/g)?.length ?? 0);

/** The labels that fit without covering one another, whole at the edges; earlier ones come first. */
export function fitting(labels: readonly Label[], width: number, letter = letterWidth): Label[] {
  const kept: Label[] = [];
  const halfOf = ({ text }: Label) => (lettersOf(text) / 2) * letter;
  const covers = (one: Label, other: Label) =>
    Math.abs(one.top - other.top) < lineHeight &&
    Math.abs(one.left - other.left) < halfOf(one) + halfOf(other);
  for (const label of labels) {
    const half = halfOf(label);
    const seen = label.left >= 0 && label.left <= width;
    const whole = { ...label, left: Math.max(half, Math.min(label.left, width - half)) };
    if (seen && !kept.some((other) => covers(whole, other))) kept.push(whole);
  }
  return kept;
}
