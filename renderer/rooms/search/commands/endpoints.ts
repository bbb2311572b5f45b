import { Cloud } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openEndpoints } from '../endpoints/endpoints-dialog.tsx';

/** Shows the models that are at addresses, and adds one. */
export default defineCommand({
  id: 'search.endpoints',
  title: 'Models at addresses…',
  group: 'Search',
  icon: Cloud,
  run: openEndpoints,
});
