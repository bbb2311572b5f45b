import type { Guess } from '../../../../shared/contract/files.ts';

/** What a person said needs no evidence. */
export const chosen: Guess = { confidence: 1, evidence: 'you chose it', chosen: true };
