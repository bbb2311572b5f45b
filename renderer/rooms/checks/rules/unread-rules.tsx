import type { TableChecks } from '../../../../shared/contract/checks.ts';
import { Notice } from '../../../ui/notice.tsx';

/** What in a file of rules cannot be read, and is therefore not run, and what it promises that is not evaluated. */
export function UnreadRules({ checks }: { readonly checks: TableChecks | undefined }) {
  return (
    <>
      {(checks?.problems ?? []).map(({ message, hint }) => (
        <Notice key={message} tone="bad">
          {message} {hint}
        </Notice>
      ))}
      {(checks?.unevaluated ?? []).map((says) => (
        <Notice key={says}>{says}</Notice>
      ))}
    </>
  );
}
