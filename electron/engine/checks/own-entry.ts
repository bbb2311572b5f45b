import type { YAMLMap } from 'yaml';
import { z } from 'zod';
import { type CheckRule, checkRule } from '../../../shared/contract/checks.ts';
import { neverFails } from '../../../shared/never-fails.ts';
import { describe } from '../../../shared/wire.ts';
import { customProperty } from './contract-document.ts';
import { exactValue } from './exact-value.ts';
import type { Fault } from './library-metric.ts';
import { nearestWord } from './nearest-name.ts';

const implementation = z.looseObject({
  kind: z.string(),
  params: checkRule.shape.params.nullable(),
  warnAbove: checkRule.shape.warnAbove,
  failAbove: z.number().min(0).optional(),
  where: checkRule.shape.where,
  limitsIn: checkRule.shape.limitsIn,
  timeLimit: checkRule.shape.timeLimit,
});

const qualityEntry = z.looseObject({
  id: checkRule.shape.id,
  description: z.string().optional(),
  severity: z.string().optional(),
  implementation,
});

/** The rule of one entry of ours, or what is wrong with it. A rule of severity `warning` that names no share never fails. */
export function ownRule(node: YAMLMap): CheckRule | Fault {
  const parsed = qualityEntry.safeParse(exactValue(node));
  if (!parsed.success) return { fault: `this rule cannot be read: ${describe(parsed.error)}.` };
  const { id, description, severity, implementation: written } = parsed.data;
  const unknown = unknownKey(written);
  if (unknown !== undefined) return { fault: unknown };
  const { kind, params, failAbove, where, limitsIn, timeLimit } = written;
  const onlyWarns = failAbove === undefined && (severity === 'warning' || severity === 'info');
  const warnAbove = written.warnAbove ?? (onlyWarns ? 0 : undefined);
  return {
    id,
    kind,
    params: params ?? {},
    failAbove: failAbove ?? (onlyWarns ? neverFails(limitsIn === 'rows') : 0),
    ...(description === undefined ? {} : { description }),
    ...textOf(node, 'owner'),
    ...textOf(node, 'notes'),
    ...(warnAbove === undefined ? {} : { warnAbove }),
    ...(where === undefined ? {} : { where }),
    ...(limitsIn === undefined ? {} : { limitsIn }),
    ...(timeLimit === undefined ? {} : { timeLimit }),
  };
}

/** A key that would be passed over, such as a limit written wrong, would make another rule of it. */
function unknownKey(written: Readonly<Record<string, unknown>>): string | undefined {
  const known = Object.keys(implementation.shape);
  const key = Object.keys(written).find((name) => !known.includes(name) && !name.startsWith('x-'));
  if (key === undefined) return undefined;
  const near = nearestWord(key, known);
  const meant = near === undefined ? `known are ${known.join(', ')}` : `"${near}" may be meant`;
  return `this rule cannot be run: its implementation has a key "${key}" that is not known; ${meant}.`;
}

/** Custom properties of a rule, those that are texts. */
const textOf = (node: YAMLMap, name: 'owner' | 'notes') => {
  const text = customProperty(node, name);
  return typeof text === 'string' && text !== '' ? { [name]: text } : {};
};
