import { standsForNothing } from '../../detect/detectors/missing.ts';
import { quoted } from '../../detect/values-of.ts';
import { defineFixer, fixEach } from '../fixer.ts';

export default defineFixer({
  title: 'Nothing instead of a word for it',
  help: 'A text such as “n/a” or “-”, which people write where there is nothing to write, becomes null.',
  fix: ({ doubted }) =>
    doubted.flatMap((one) =>
      fixEach(one, (text) =>
        standsForNothing(text)
          ? { to: null, confidence: 0.8, reason: `${quoted(text)} stands for nothing` }
          : undefined,
      ),
    ),
});
