/** What stands for a value that is shown to nobody. */
export const masked = '•••';

/** A reason without the values that it quotes: all from the first quote to the last. */
export const maskedReason = (reason: string): string => reason.replace(/".*"/s, `"${masked}"`);
