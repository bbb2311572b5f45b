import { Lightbulb } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openSuggestions } from '../rules/open-checks.ts';

/** Opens the rules that the data suggests: of all tables, or of one. */
export default () => [
  defineCommand({
    id: 'checks.suggest',
    title: 'Suggest rules for all tables',
    group: 'Checks',
    icon: Lightbulb,
    run: () => openSuggestions(),
  }),
  ...['table', 'checks'].map((on) =>
    defineCommand({
      id: `checks.suggest-${on}`,
      title: 'Suggest rules',
      group: 'Checks',
      icon: Lightbulb,
      on,
      enabled: ({ target }) => target?.kind === on,
      run: ({ target }) => target && openSuggestions(target.key),
    }),
  ),
];
