import type { CheckDefinition } from './define-check.ts';
import { checkClasses } from './define-check.ts';
import { faults, shapeFaults } from './definition-faults.ts';
import { schemaOf } from './params.ts';

/** What a rule's definition lacks to be shown, explained and tested, in words; none where it is complete. */
export const checkFaults = (definition: CheckDefinition): string[] => [
  ...wordFaults(definition),
  ...shapeFaults(definition.params, ''),
  ...exampleFaults(definition),
];

function wordFaults(definition: CheckDefinition): string[] {
  const { title, help, icon, breaks, badRows, differences, compared, metric, unit } = definition;
  const ways = [breaks, badRows, differences, metric].filter((way) => way !== undefined).length;
  return faults([
    [!title?.trim(), 'has no title'],
    [!help?.trim(), 'has no help'],
    [!!help?.trim() && help.trim().length < 20, 'has a help too short to help'],
    [!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(icon ?? ''), 'has no icon in kebab-case'],
    [!checkClasses.includes(definition.class), 'has no class'],
    [ways !== 1, 'needs exactly one of breaks, badRows, differences and metric'],
    [!!metric !== !!unit, 'needs both of metric and unit, or neither'],
    [!!differences !== !!compared, 'needs both of differences and compared, or neither'],
  ]);
}

function exampleFaults({ examples, params, says, differences, metric }: CheckDefinition): string[] {
  if (!examples?.length) return ['has no examples'];
  const each = examples.flatMap((example) => {
    const parsed = schemaOf(params).safeParse(example.params);
    const named = `has an example "${example.says}"`;
    const expected = metric ? example.verdict : differences ? example.differences : example.bad;
    return faults([
      [!example.says?.trim(), 'has an example that does not say what it shows'],
      [!parsed.success, `${named} whose parameters are not valid`],
      [parsed.success && !says(parsed.data).trim(), `${named} that is not put in words`],
      [expected === undefined, `${named} that expects nothing`],
    ]);
  });
  const untried = examples.every(
    ({ bad, differences, verdict }) => !bad?.length && !differences?.length && verdict !== 'fail',
  );
  return [...each, ...(untried ? ['has no example that breaks the rule'] : [])];
}
