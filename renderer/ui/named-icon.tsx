import { Box, type LucideIcon } from 'lucide-react';
import { lazy, Suspense } from 'react';

const pascal = (name: string) =>
  name.replace(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase());

const Named = lazy(async () => {
  const { icons } = await import('./every-icon.ts');
  return {
    default: ({ name }: { readonly name: string }) => {
      const Icon: LucideIcon = (icons as Readonly<Record<string, LucideIcon>>)[pascal(name)] ?? Box;
      return <Icon aria-hidden />;
    },
  };
});

/** A lucide icon by its kebab-case name, as definitions of steps and rules give it. */
export function NamedIcon({ name }: { readonly name: string }) {
  return (
    <Suspense fallback={<Box aria-hidden />}>
      <Named name={name} />
    </Suspense>
  );
}
