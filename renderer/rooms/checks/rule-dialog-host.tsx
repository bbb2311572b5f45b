import { lazy, Suspense } from 'react';
import { useRuleDialog } from './rule-dialog-state.ts';

const RuleDialog = lazy(() => import('./rule-dialog.tsx'));

/** The dialog that writes a rule, while one is written. */
export function RuleDialogHost() {
  const open = useRuleDialog((state) => state.open);
  return open && <Suspense fallback={null}>{<RuleDialog />}</Suspense>;
}
