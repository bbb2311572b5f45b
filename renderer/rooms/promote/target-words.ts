import type { Target } from '../../../shared/contract/workspace.ts';

/** Where a target is, in one line. */
export function targetPlace(target: Target): string {
  if (target.kind === 'workspace') return target.folder ?? '';
  return `${target.user ? `${target.user}@` : ''}${target.host ?? 'localhost'}:${target.port ?? 5432}/${target.database ?? 'postgres'}`;
}
