import { tidied, usualSpellings } from '../../detect/detectors/spaces.ts';
import { quoted } from '../../detect/values-of.ts';
import { defineFixer, fixEach } from '../fixer.ts';

export default defineFixer({
  title: 'Spaces and capitals as usual',
  help: 'A text that is another one of the column but for spaces or capitals becomes that; else spaces around it are taken away.',
  fix: ({ doubted, allowed }) =>
    doubted.flatMap((one) => {
      const usual = usualSpellings(one.column);
      for (const text of allowed.get(one.column.name) ?? []) usual.set(tidied(text).toLowerCase(), text);
      return fixEach(one, (text) => {
        const tidy = tidied(text);
        const right = usual.get(tidy.toLowerCase());
        if (right !== undefined && right !== text) {
          return { to: right, confidence: 0.97, reason: `${quoted(right)} but for capitals or spaces` };
        }
        if (tidy === '' || text === text.trim()) return undefined;
        return { to: text.trim(), confidence: 0.9, reason: 'without the spaces around it' };
      });
    }),
});
