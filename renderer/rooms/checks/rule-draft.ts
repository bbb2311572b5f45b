import type { Column } from '../../../shared/column.ts';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { initialParams, schemaOf } from '../../../shared/params.ts';
import { checks } from '../../../shared/registry.ts';
import { type Params, paramFaults } from '../../forms/param-form.tsx';

/** A rule while it is written; an id that nobody typed follows what the rule says. */
export interface RuleDraft {
  readonly kind: string;
  readonly id: string | undefined;
  readonly description: string;
  readonly params: Params;
  readonly warnAbove: number | null;
  readonly failAbove: number | null;
}

/** The kinds of rules to choose from. */
export const kindOptions = [...checks].map(([value, { title, class: of }]) => ({
  value,
  label: title,
  aside: of,
}));

/** What is asked of a table first: whether it is filled in. */
const [firstKind = ''] = [...checks].find(([, { class: of }]) => of === 'completeness') ?? [];

/** A new rule on a table of these columns. */
export function newDraft(columns: readonly Column[], kind = firstKind): RuleDraft {
  const definition = checks.get(kind);
  const params = definition ? { ...initialParams(definition.params), ...definition.begin?.(columns) } : {};
  return { kind, id: undefined, description: '', params, warnAbove: null, failAbove: 0 };
}

/** A rule that is there already. */
export const draftOf = ({ kind, id, description, params, warnAbove, failAbove }: CheckRule): RuleDraft => ({
  kind,
  id,
  description: description ?? '',
  params,
  warnAbove: warnAbove ?? null,
  failAbove,
});

/** Another kind, keeping the parameters that both have. */
export function withKind(draft: RuleDraft, kind: string, columns: readonly Column[]): RuleDraft {
  const next = newDraft(columns, kind);
  const shared = Object.keys(next.params).filter((name) => Object.hasOwn(draft.params, name));
  const kept = Object.fromEntries(shared.map((name) => [name, draft.params[name]]));
  const params = { ...next.params, ...kept };
  const shape = checks.get(kind)?.params ?? {};
  const faults = paramFaults(shape, params);
  const wrong = shared.filter((name) => faults[name] !== undefined);
  const undone = Object.fromEntries(wrong.map((name) => [name, next.params[name]]));
  return { ...draft, kind, params: { ...params, ...undone } };
}

/** The id as typed, or one made of the rule's columns and kind that no other rule has. */
export function idOf({ id, kind, params }: RuleDraft, taken: readonly string[]): string {
  if (id !== undefined) return id;
  const definition = checks.get(kind);
  const parsed = definition && schemaOf(definition.params).safeParse(params);
  const columns = definition && parsed?.success ? definition.marks(parsed.data) : [];
  const words = [...columns, kind]
    .join('_')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .slice(0, 60);
  const name = /^[A-Za-z_]/.test(words) ? words : `_${words}`;
  for (let at = 1; ; at++) {
    const free = at === 1 ? name : `${name}_${at}`;
    if (!taken.includes(free)) return free;
  }
}

/** What is wrong with the id, in words. */
export function idFault(id: string, taken: readonly string[]): string | undefined {
  if (!/^[A-Za-z_][\w-]*$/.test(id)) return 'Letters, digits, _ and - only, and no digit first.';
  return taken.includes(id) ? 'Another rule of this table has this id.' : undefined;
}

/** The rule as it will be written. */
export function ruleOf(draft: RuleDraft, taken: readonly string[]): CheckRule {
  const { kind, params, description, warnAbove, failAbove } = draft;
  return {
    id: idOf(draft, taken),
    kind,
    params: { ...params },
    ...(description.trim() ? { description: description.trim() } : {}),
    ...(warnAbove === null ? {} : { warnAbove }),
    failAbove: failAbove ?? 0,
  };
}
