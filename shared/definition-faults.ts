import { rejectsOf, type StepDefinition } from './define-step.ts';
import { type Field, type ParamShape, schemaOf } from './params.ts';

/** What a step's definition lacks to be shown, explained and tested, in words; none where it is complete. */
export function definitionFaults(definition: StepDefinition): string[] {
  return [...wordFaults(definition), ...shapeFaults(definition.params, ''), ...exampleFaults(definition)];
}

function wordFaults(definition: StepDefinition): string[] {
  const { title, help, icon, group } = definition;
  return faults([
    [!title?.trim(), 'has no title'],
    [!help?.trim(), 'has no help'],
    [!!help?.trim() && help.trim().length < 20, 'has a help too short to help'],
    [!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(icon ?? ''), 'has no icon in kebab-case'],
    [!group, 'has no group'],
    ...[...rejectsOf(definition)].map(
      ([name, { title }]) => [!title?.trim(), `has ${name} without a title`] as const,
    ),
  ]);
}

/** What the parameters lack; `path` is where they stand. */
export function shapeFaults(shape: ParamShape, path: string): string[] {
  return Object.entries(shape ?? {}).flatMap(([name, field]) => [
    ...fieldFaults(field, path + name),
    ...shapeFaults(field.fields ?? {}, `${path}${name}.`),
  ]);
}

const fieldFaults = ({ label, help }: Field<unknown>, path: string): string[] =>
  faults([
    [!label?.trim(), `has no label for the parameter ${path}`],
    [!help?.trim(), `has no help for the parameter ${path}`],
  ]);

function exampleFaults(definition: StepDefinition): string[] {
  const { examples, params, inputs, rejects, left = {}, reads, summary } = definition;
  if (!examples?.length) return ['has no examples'];
  const ports = reads ? 1 : inputs === 'any' ? undefined : (inputs?.length ?? 1);
  const each = examples.flatMap((example) => {
    const parsed = schemaOf(params).safeParse(example.params);
    const named = `has an example "${example.says}"`;
    return faults([
      [!example.says?.trim(), 'has an example that does not say what it shows'],
      [!parsed.success, `${named} whose parameters are not valid`],
      [parsed.success && !summary(parsed.data).trim(), `${named} whose summary is empty`],
      [ports !== undefined && example.inputs.length !== ports, `${named} that does not fill its inputs`],
      ...countFaults(definition, example, named),
    ]);
  });
  const untried = !!rejects && examples.every((example) => !example.rejects?.length);
  const leftUntried = Object.keys(left)
    .filter((name) => examples.every((example) => !example.left?.[name]?.length))
    .map((name) => `has no example with ${name}`);
  return [...each, ...(untried ? ['has no example with rejects'] : []), ...leftUntried];
}

/** What rows go in has to come out where the definition promises it: the engine counts and cuts by that promise. */
function countFaults(
  { rowByRow, sameCount, rejects }: StepDefinition,
  { inputs, output, rejects: rejected = [] }: StepDefinition['examples'][number],
  named: string,
): readonly (readonly [boolean, string])[] {
  const [first] = inputs;
  const rows = first?.rows.length ?? 0;
  return [
    [!!rowByRow && !!first && output.length !== rows, `${named} that drops or adds rows, although rowByRow`],
    [!!sameCount && output.length !== rows, `${named} that drops or adds rows, although sameCount`],
    [
      !!rejects && !!first && output.length + rejected.length !== rows,
      `${named} whose output and rejects are not its input's rows`,
    ],
  ];
}

/** The words of those that hold. */
export const faults = (found: readonly (readonly [boolean, string])[]): string[] =>
  found.filter(([holds]) => holds).map(([, words]) => words);
