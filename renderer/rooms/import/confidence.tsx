import { Badge } from '../../ui/badge.tsx';

const certain = 0.97;

/** How sure a guess is, as a word. */
export function Confidence({ share }: { readonly share: number }) {
  if (share >= certain) return <Badge tone="ok">certain</Badge>;
  return share >= 0.9 ? <Badge tone="info">likely</Badge> : <Badge tone="warn">unsure</Badge>;
}
