import { bridge } from '../../../bridge.ts';
import type { CopiedSteps } from './copied-steps.ts';

let copied: CopiedSteps | undefined;

/** Keeps steps for pasting, in any pipeline of this window; other programs get them as text. */
export function keepCopied(steps: CopiedSteps): void {
  copied = steps;
  void bridge.copy(JSON.stringify(steps, null, 2));
}

/** The steps copied last. */
export const lastCopied = (): CopiedSteps | undefined => copied;
