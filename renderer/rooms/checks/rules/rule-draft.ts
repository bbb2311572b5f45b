import type { Column } from '../../../../shared/column.ts';
import type { CheckRule } from '../../../../shared/contract/checks.ts';
import { checkClasses } from '../../../../shared/define-check.ts';
import { initialParams, schemaOf } from '../../../../shared/params.ts';
import { checks } from '../../../../shared/registry.ts';
import { ruleId } from '../../../../shared/rule-id.ts';
import { type Params, paramFaults } from '../../../forms/param-form.tsx';

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** A rule while it is written; an id that nobody typed follows what the rule says. */
export interface RuleDraft {
  readonly kind: string;
  readonly id: string | undefined;
  readonly description: string;
  readonly owner: string;
  readonly notes: string;
  readonly params: Params;
  readonly warnAbove: number | null;
  readonly failAbove: number | null;
  readonly limitsIn: LimitUnit;
  readonly where: string;
  readonly timeLimit: number | null;
}

export type LimitUnit = NonNullable<CheckRule['limitsIn']>;

/** The kinds of rules to choose from, by class. */
export const kindOptions = checkClasses.flatMap((of) =>
  [...checks]
    .filter(([, definition]) => definition.class === of)
    .map(([value, { title, icon }]) => ({ value, label: title, icon, group: capital(of) })),
);

/** What is asked of a table first: whether it is filled in. */
const [firstKind = ''] =
  [...checks].find(([, { class: of, breaks }]) => of === 'completeness' && breaks) ?? [];

const nothingSaid = { description: '', owner: '', notes: '' };

const noLimits = {
  warnAbove: null,
  failAbove: 0,
  limitsIn: 'percent' as LimitUnit,
  where: '',
  timeLimit: null,
};

/** A new rule on a table of these columns. */
export function newDraft(columns: readonly Column[], column?: string, kind = firstKind): RuleDraft {
  const definition = checks.get(kind);
  const params = definition
    ? {
        ...initialParams(definition.params),
        ...definition.begin?.(columns),
        ...(column === undefined ? {} : { column }),
      }
    : {};
  return { kind, id: undefined, ...nothingSaid, params, ...noLimits };
}

/** A rule that is there already. */
export const draftOf = (rule: CheckRule): RuleDraft => ({
  kind: rule.kind,
  id: rule.id,
  description: rule.description ?? '',
  owner: rule.owner ?? '',
  notes: rule.notes ?? '',
  params: rule.params,
  warnAbove: rule.warnAbove ?? null,
  failAbove: rule.failAbove,
  limitsIn: rule.limitsIn ?? 'percent',
  where: rule.where ?? '',
  timeLimit: rule.timeLimit ?? null,
});

/** Another kind, keeping the parameters that both have. */
export function withKind(draft: RuleDraft, kind: string, columns: readonly Column[]): RuleDraft {
  const next = newDraft(columns, undefined, kind);
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
  return ruleId(kind, columns, taken);
}

/** What is wrong with the id, in words. */
export function idFault(id: string, taken: readonly string[]): string | undefined {
  if (!/^[A-Za-z_][\w-]*$/.test(id)) return 'Letters, digits, _ and - only, and no digit first.';
  return taken.includes(id) ? 'Another rule of this table has this id.' : undefined;
}

/** The rule as it will be written. */
export function ruleOf(draft: RuleDraft, taken: readonly string[]): CheckRule {
  const { kind, params, description, owner, notes, warnAbove, failAbove, limitsIn, where, timeLimit } = draft;
  return {
    id: idOf(draft, taken),
    kind,
    params: { ...params },
    ...(description.trim() ? { description: description.trim() } : {}),
    ...(owner.trim() ? { owner: owner.trim() } : {}),
    ...(notes.trim() ? { notes: notes.trim() } : {}),
    ...(warnAbove === null ? {} : { warnAbove }),
    failAbove: failAbove ?? 0,
    ...(limitsIn === 'percent' ? {} : { limitsIn }),
    ...(where.trim() ? { where: where.trim() } : {}),
    ...(timeLimit ? { timeLimit } : {}),
  };
}
