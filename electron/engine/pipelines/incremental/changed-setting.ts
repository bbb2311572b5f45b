import type { PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { steps } from '../../../../shared/registry.ts';
import { templateOf } from '../file/nest.ts';
import { canonical, type MadeFrom } from './step-keys.ts';

/** What changed in a setting, in words: parameters alone, where the rest of it is as it was. */
export function changedSetting(
  setting: string,
  now: MadeFrom,
  then: MadeFrom,
  written: PipelineStep | undefined,
): string {
  const label = steps.get(now.kind)?.params[setting]?.label ?? setting;
  const names = written ? changedParameters(setting, now, then, written) : [];
  return names.length > 0
    ? `the ${names.length > 1 ? 'parameters' : 'parameter'} ${names.join(' and ')} in its setting ${label} changed`
    : `its setting ${label} changed`;
}

const place = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

/** The parameters whose values differ, read from the places they have in the setting as it is written. */
function changedParameters(setting: string, now: MadeFrom, then: MadeFrom, written: PipelineStep): string[] {
  const definition = steps.get(written.kind);
  const parsed = definition && schemaOf(definition.params).safeParse(templateOf(written));
  const template = parsed?.success ? canonical(parsed.data[setting]) : undefined;
  if (template === undefined) return [];
  const names = [...template.matchAll(place)].map(([, name = '']) => name);
  const fixed = template.split(place).filter((_part, at) => at % 2 === 0);
  const shape = new RegExp(`^${fixed.map(escaped).join('(.*?)')}$`, 's');
  const [values, before] = [shape.exec(now.params[setting] ?? ''), shape.exec(then.params[setting] ?? '')];
  if (!values || !before) return [];
  return [...new Set(names.filter((_name, at) => values[at + 1] !== before[at + 1]))];
}

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
