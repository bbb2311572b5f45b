import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Database } from '../../electron/engine/database/database.ts';
import { searchRoom } from '../../electron/engine/search/room.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { search } from '../../shared/contract/search.ts';
import { ident, sql } from '../../shared/sql.ts';
import type { CallContext, Progress } from '../../shared/wire.ts';

export interface Ticket {
  readonly subject: string | null;
  readonly body?: string | null;
  readonly priority?: string | null;
  readonly amount?: number | null;
  readonly open?: boolean | null;
}

/** Tickets whose meaning is plain, so that who is near to whom can be said beforehand. */
export const tickets: readonly Ticket[] = [
  {
    subject: 'My parcel never arrived',
    body: 'The courier lost the package',
    priority: 'high',
    amount: 12.5,
    open: true,
  },
  {
    subject: 'Refund please',
    body: 'I want my money back for the broken lamp',
    priority: 'high',
    amount: 80,
    open: true,
  },
  {
    subject: 'Password reset',
    body: 'I cannot log in to my account',
    priority: 'low',
    amount: null,
    open: false,
  },
  {
    subject: 'The app crashes',
    body: 'It closes when I open the camera',
    priority: 'medium',
    amount: 0,
    open: true,
  },
  { subject: 'Wrong invoice', body: 'You charged my card twice', priority: 'high', amount: 80, open: false },
  {
    subject: 'Thank you',
    body: 'Great service, friendly people',
    priority: 'low',
    amount: null,
    open: false,
  },
];

/** A search room on an empty workspace of its own, closed when the test ends. */
export async function openSearch() {
  const opened = await openSharedSearch();
  onTestFinished(opened.close);
  return opened;
}

/** The same for several tests, to be closed by them. */
export async function openSharedSearch() {
  const dir = await mkdtemp(join(tmpdir(), 'assay-search-'));
  const workspace = await openWorkspace({ dir, create: true });
  const { database } = workspace;
  const room = searchRoom({ workspace, database, emit: () => {} });
  return {
    close: async () => {
      await workspace.close();
      await rm(dir, { recursive: true, force: true });
    },
    dir,
    workspace,
    database,
    room,
    embed: (
      arg: { table: string; columns: string[]; collection?: string; metadata?: string[] },
      call?: Partial<CallContext>,
    ) => room.embed(arg, quiet(call)),
    find: (arg: { text: string } & Record<string, unknown>) => room.find(search.find.arg.parse(arg), quiet()),
  };
}

export const quiet = (call: Partial<CallContext> = {}): CallContext => ({
  signal: new AbortController().signal,
  progress: (_: Progress) => {},
  ...call,
});

/** Makes a table of tickets as an import would. */
export async function makeTickets(
  database: Database,
  rows: readonly Ticket[],
  table = 'tickets',
): Promise<void> {
  await database.run(sql`
    create table ${ident('public', table)} (_row bigint primary key, subject text, body text, priority text, amount numeric, open boolean)`);
  await database.run(sql`
    insert into ${ident('public', table)} select ordinality, r->>'subject', r->>'body', r->>'priority', (r->>'amount')::numeric, (r->>'open')::boolean
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as e(r)`);
  await database.run(sql`
    insert into assay.tables (name, origin, source, row_count) values (${table}, 'import', 'tickets.csv', ${rows.length})`);
}
