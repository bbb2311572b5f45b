import { Badge } from '../../ui/badge.tsx';

/** How sure a guess is, as a word. */
export function Confidence({ share }: { readonly share: number }) {
  if (share === 1) return <Badge tone="ok">certain</Badge>;
  return share >= 0.9 ? <Badge tone="info">likely</Badge> : <Badge tone="warn">unsure</Badge>;
}
