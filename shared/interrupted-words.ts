import type { Aftermath, Interrupted } from './contract/promote.ts';
import { counted } from './number-words.ts';

/** What was under way when it was cut off, and what is known of the target where that was not asked. */
export function interruptedInWords(
  { action, target, objects, stage, startedAt }: Interrupted,
  asked = false,
): string {
  const what =
    action === 'promote'
      ? `A promotion of ${namesOf(objects)} to ${target}`
      : `The way back of a promotion of ${namesOf(objects)} to ${target}`;
  const state =
    stage === 'loading'
      ? 'Nothing was swapped in: the target is as it was before.'
      : 'The target is as it was before or as it was to be, whole: it has not been asked which yet.';
  const at = startedAt.slice(0, 16).replace('T', ' ');
  return `${what}, begun ${at} UTC, was cut off before its end was known.${asked ? '' : ` ${state}`}`;
}

/** What the target says of it, and what can be done. */
export function aftermathInWords({ interrupted, happened, undone, staged }: Aftermath): string {
  const { action } = interrupted;
  if (undone) return 'It happened as a whole and was rolled back since: its receipt is taken up.';
  if (happened)
    return action === 'promote'
      ? 'It happened as a whole: the target is the new one, and its receipt is taken up.'
      : 'It happened as a whole: the target is as it was before that promotion.';
  const state =
    action === 'promote'
      ? 'Nothing of it happened: the target is the old one.'
      : 'Nothing of it happened: the promotion stands.';
  if (staged === null) return `${state} Nothing of it is left there.`;
  const left = staged === 0 ? 'What was begun of it' : counted(staged, 'loaded row');
  return `${state} ${left} ${staged < 2 ? 'is' : 'are'} left there, which no reader sees: promote again to go on from ${staged < 2 ? 'it' : 'them'}, or clean up.`;
}

const namesOf = (objects: readonly string[]) =>
  objects.length <= 3 ? objects.join(', ') : counted(objects.length, 'object');
