import type { Verdict } from './contract/checks.ts';

/** True where a rule stops what depends on it, a build or a promotion: it fails, or it could not be evaluated. */
export const stops = (verdict: Verdict): boolean => verdict !== 'pass' && verdict !== 'warn';
