import type { Dialect, Guess, SniffedDialect } from './contract/files.ts';

/** Guesses below are told: somebody has to look at them. */
export const unsure = 0.6;

/** Parts of a dialect that nobody chose and somebody should know of: not sure, or such that cells are not as they stand in the file. */
export function toldGuesses(dialect: SniffedDialect): readonly (readonly [keyof Dialect, Guess])[] {
  const guesses = Object.entries(dialect.guesses ?? {}) as [keyof Dialect, Guess][];
  return guesses.filter(
    ([part, { chosen, confidence }]) => !chosen && (confidence <= unsure || isUnusual(part, dialect)),
  );
}

/** Marks that are taken out of cells and are characters of theirs in most files. */
function isUnusual(part: keyof Dialect, { quote, escape: escaping, spelling = 'plain' }: Dialect): boolean {
  if (part === 'spelling') return spelling !== 'plain';
  if (spelling !== 'plain') return false;
  if (part === 'quote') return quote !== '"' && quote !== '';
  return part === 'escape' && quote !== '' && escaping !== '' && escaping !== quote;
}
