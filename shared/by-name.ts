import { z } from 'zod';

/** What stands under a name that a file or a person gave; `constructor` is no other than any. */
export const named = <T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  of && Object.hasOwn(of, name) ? of[name] : undefined;

const isRecord = (given: unknown) => typeof given === 'object' && given !== null && !Array.isArray(given);

/** Values by names that files or people give; Zod's own record leaves `__proto__` out. */
export const byName = <V extends z.ZodType>(value: V) =>
  z
    .custom<Record<string, z.input<V>>>(isRecord, 'expected values by name')
    .transform((given, context): Record<string, z.output<V>> => {
      const entries = Object.entries(given).map(([name, one]) => {
        const { success, data, error } = value.safeParse(one);
        if (!success)
          for (const issue of error.issues) context.addIssue({ ...issue, path: [name, ...issue.path] });
        return [name, data] as const;
      });
      return Object.fromEntries(entries) as Record<string, z.output<V>>;
    });
