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

/** How large a name is, about. */
export const labelSize = ({ text }: Label, letter = letterWidth) => ({
  width: lettersOf(text) * letter,
  height: lineHeight,
});

/** A label whole at the edges. */
export function whole(label: Label, width: number, letter = letterWidth): Label {
  const half = labelSize(label, letter).width / 2;
  return { ...label, left: Math.max(half, Math.min(label.left, width - half)) };
}

/** Whether the middle of a label lies in the picture. */
export const isSeen = ({ left }: Label, width: number): boolean => left >= 0 && left <= width;

/** Whether two labels cover one another. */
export const covers = (one: Label, other: Label, letter = letterWidth): boolean =>
  Math.abs(one.top - other.top) < lineHeight &&
  Math.abs(one.left - other.left) < (labelSize(one, letter).width + labelSize(other, letter).width) / 2;

/** The labels that fit without covering one another, whole at the edges; earlier ones come first. */
export function fitting(labels: readonly Label[], width: number, letter = letterWidth): Label[] {
  const kept: Label[] = [];
  for (const label of labels) {
    const one = whole(label, width, letter);
    if (isSeen(label, width) && !kept.some((other) => covers(one, other, letter))) kept.push(one);
  }
  return kept;
}
