import { problem } from '../../../../shared/problem.ts';
import type { Context } from '../../context.ts';
import { privateColumnsOf } from '../export/private-parts.ts';
import { type EndpointGate, notAllowed } from '../model/endpoint-gate.ts';
import type { Endpoint } from '../model/endpoint-manifest.ts';
import type { Source } from './source-texts.ts';

/** Refuses texts their way to an endpoint, or takes a person's yes to it. */
export type MayLeave = (to: Endpoint, source: Source) => Promise<void>;

/**
 * Private texts never leave, whoever agreed. Others do once somebody named the address, which is then kept for this workspace
 * on this computer.
 */
export const leavingBy =
  (
    context: Pick<Context, 'workspace' | 'database'>,
    gate: EndpointGate,
    agreed: string | undefined,
  ): MayLeave =>
  async (endpoint, { table, textColumns }) => {
    const shy = await privateColumnsOf(context, table, textColumns);
    if (shy.length > 0) throw isPrivate(endpoint, table, shy);
    await gate.agree(endpoint, agreed);
    if (await gate.isAllowed(endpoint)) return;
    throw notAllowed(
      endpoint,
      `The texts of ${textColumns.join(', ')} in "${table}", and every question asked of them,`,
    );
  };

const isPrivate = ({ origin }: Endpoint, table: string, columns: readonly string[]) =>
  problem('bad_input', `${columns.join(', ')} of "${table}" is private: it is not sent to ${origin}.`, {
    hint: 'Embed other columns, or by a model on this computer.',
    at: { table },
  });
