import type { Account } from '../../../shared/contract/files.ts';
import type { Survey } from './survey.ts';

/** Where every record went, `misfits` being sound rows that do not fit their columns' types. */
export function accountOf(survey: Survey, misfits: number): Account {
  const { physical, good, bad, blank, header, preamble } = survey;
  return {
    physical,
    loaded: good - misfits,
    rejected: bad + misfits,
    skipped: header + blank + preamble,
    skippedBy: { header, blank, preamble },
  };
}
