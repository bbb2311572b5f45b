import { editDistance } from '../../../../../shared/edit-distance.ts';
import { misspeltValues } from '../../detect/detectors/misspelt-value.ts';
import { quoted } from '../../detect/values-of.ts';
import { defineFixer, type Fix, fixEach } from '../fixer.ts';

/** More allowed values than this are not compared one by one. */
const mostAllowed = 20_000;

type Found = Omit<Fix, 'row' | 'column'>;

/** The one allowed value that is nearest; two at the same distance say nothing. */
function nearestAllowed(text: string, allowed: readonly string[]): Found | undefined {
  const most = text.length < 4 ? 1 : Math.max(1, Math.floor(text.length / 4));
  let best: { readonly to: string; readonly distance: number } | undefined;
  let rival = false;
  for (const to of allowed) {
    const distance = editDistance(text, to, best ? best.distance : most);
    if (distance > (best ? best.distance : most) || distance === 0) continue;
    rival = best !== undefined && distance === best.distance;
    best = { to, distance };
  }
  if (!best || rival) return undefined;
  const confidence = Math.min(0.95, 1 - best.distance / Math.max(4, text.length));
  return { to: best.to, confidence, reason: `close to ${quoted(best.to)}, which the rule allows` };
}

export default defineFixer({
  title: 'The nearest frequent value',
  help: 'A rare value that is a few letters away from a frequent one, or from one that a rule allows, becomes that one.',
  fix: ({ doubted, allowed }) =>
    doubted.flatMap((one) => {
      const listed = allowed.get(one.column.name)?.slice(0, mostAllowed);
      if (listed) return fixEach(one, (text) => nearestAllowed(text, listed));
      const slips = new Map(
        [...misspeltValues(one.column)].map(([place, slip]) => [one.column.values[place], slip]),
      );
      return fixEach(one, (text) => {
        const right = slips.get(text);
        if (!right) return undefined;
        const confidence = Math.min(0.95, right.score + 0.05);
        const reason = `close to ${quoted(right.text)}, which is there ${right.count} times`;
        return { to: right.text, confidence, reason };
      });
    }),
});
