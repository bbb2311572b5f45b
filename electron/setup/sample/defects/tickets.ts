import type { Random } from '../random.ts';
import type { Shop } from '../rows.ts';
import type { Defect } from './defect.ts';

export function spoilTickets(random: Random, { tickets }: Shop): Defect[] {
  const rows = random.shuffled(tickets).slice(0, 4);
  for (const row of rows) row.subject = null;
  return [
    {
      id: 'support-tickets-subject-empty',
      table: 'support_tickets',
      class: 'completeness',
      column: 'subject',
      done: 'The subject was left empty.',
      check: 'support_tickets_subject_present',
      rows,
      key: ['ticket_id'],
    },
  ];
}
