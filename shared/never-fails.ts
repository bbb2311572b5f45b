import type { CheckRule } from './contract/checks.ts';

/** A limit that no table exceeds, for rules that only warn. */
export const neverFails = (inRows: boolean): number => (inRows ? 1e15 : 100);

/** True where nothing that a rule finds makes it fail. */
export const onlyWarns = ({ failAbove, limitsIn }: Pick<CheckRule, 'failAbove' | 'limitsIn'>): boolean =>
  failAbove >= neverFails(limitsIn === 'rows');
