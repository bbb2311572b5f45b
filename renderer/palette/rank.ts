/** How well a text fits what was typed: 0 not at all, more is better. Every word typed must be found. */
export function scoreOf(title: string, more: string, typed: string): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const scores = words.map((word) => scoreOfWord(title.toLowerCase(), more.toLowerCase(), word));
  if (scores.includes(0)) return 0;
  const whole = title.toLowerCase() === typed.trim().toLowerCase() ? 10 : 0;
  return whole + scores.reduce((sum, score) => sum + score, 0) / (words.length || 1);
}

function scoreOfWord(title: string, more: string, word: string): number {
  if (title.startsWith(word)) return 6;
  const at = title.indexOf(word);
  if (at > 0) return /[\s._-]/.test(title[at - 1] ?? '') ? 5 : 3;
  const initials = title
    .split(/[\s._-]+/)
    .map((part) => part[0] ?? '')
    .join('');
  if (word.length > 1 && initials.startsWith(word)) return 4;
  return more.includes(word) ? 1 : 0;
}

/** What fits, best first, at most `most` of it. */
export function ranked<Entry extends { readonly title: string; readonly aside?: string | undefined }>(
  entries: readonly Entry[],
  typed: string,
  most = 60,
): readonly Entry[] {
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry.title, entry.aside ?? '', typed) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}
