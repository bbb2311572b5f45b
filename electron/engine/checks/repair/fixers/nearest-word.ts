import { misspeltWords } from '../../detect/detectors/misspelt-word.ts';
import { quoted } from '../../detect/values-of.ts';
import { defineFixer, fixEach } from '../fixer.ts';

/** A word in the capitals of the one it stands for. */
function asWritten(word: string, written: string): string {
  if (written === written.toUpperCase()) return word.toUpperCase();
  return written.charAt(0) === written.charAt(0).toUpperCase()
    ? word.charAt(0).toUpperCase() + word.slice(1)
    : word;
}

export default defineFixer({
  title: 'The nearest frequent word',
  help: 'A rare word of a text becomes the frequent one of the column that it is a letter or two away from.',
  fix: ({ doubted }) =>
    doubted.flatMap((one) => {
      const slips = misspeltWords(one.column);
      if (slips.size === 0) return [];
      return fixEach(one, (text) => {
        let score = 1;
        const told: string[] = [];
        const to = text.replace(/\p{L}{4,}/gu, (word) => {
          const right = slips.get(word.toLowerCase());
          if (!right) return word;
          score = Math.min(score, right.score);
          told.push(
            `the word ${quoted(word)} is close to ${quoted(right.text)}, which is there ${right.count} times`,
          );
          return asWritten(right.text, word);
        });
        return told.length === 0 ? undefined : { to, confidence: score, reason: told.join('; ') };
      });
    }),
});
