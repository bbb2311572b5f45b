import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { problem } from '../../../shared/problem.ts';
import { writeShop } from '../../setup/sample/shop.ts';
import { defineCommand } from '../define-command.ts';
import { openLocalEngine } from '../local-engine.ts';
import { write } from '../output.ts';
import { type Station, walkRoad } from '../road.ts';

interface Options {
  readonly server?: string;
  readonly keep?: boolean;
  readonly json?: boolean;
}

export default defineCommand<Options>({
  usage: 'road',
  summary: 'walks the whole road on a fresh copy of the sample workspace and prints each station’s result',
  json: '{ workspace, ok, stations: [{ station, ok, says, ms }] }',
  order: 90,
  configure: (command: Command) =>
    command
      .option(
        '--server <url>',
        'promote to this PostgreSQL (postgres://user@host:port/database; password from PGPASSWORD)',
      )
      .option('--keep', 'leave the workspace there and say where'),
  async run({ options, long }) {
    const scratch = await mkdtemp(join(tmpdir(), 'assay-road-'));
    const dir = join(scratch, 'Shop');
    const show = (station: Station) =>
      options.json ? Promise.resolve() : write(process.stdout, `${line(station)}\n`);
    try {
      writeShop(dir);
      const { engine, close } = await openLocalEngine(dir);
      try {
        const stations = await walkRoad(engine, dir, {
          server: options.server ? serverOf(options.server) : undefined,
          long,
          show,
        });
        const ok = stations.every((station) => station.ok);
        const kept = options.keep ? `The workspace is in ${dir}.\n` : '';
        const text = `${ok ? 'The whole road works.' : 'The road is broken where it says so above.'}\n${kept}`;
        return { json: { workspace: options.keep ? dir : null, ok, stations }, text, exit: ok ? 0 : 1 };
      } finally {
        await close();
      }
    } finally {
      if (!options.keep) await rm(scratch, { recursive: true, force: true });
    }
  },
});

const line = ({ station, ok, says, ms }: Station) =>
  `${ok ? '✓' : '✗'} ${station.padEnd(9)} ${says}  (${(ms / 1000).toFixed(1)} s)`;

/** The target that a postgres:// address names. */
function serverOf(address: string) {
  if (!URL.canParse(address)) {
    throw problem('bad_input', `"${address}" is not an address of a server.`, {
      hint: 'Write it as postgres://user@host:port/database.',
    });
  }
  const { hostname, port, pathname, username, searchParams } = new URL(address);
  return {
    name: 'server',
    kind: 'postgres' as const,
    host: hostname,
    port: port ? Number(port) : 5432,
    database: pathname.slice(1) || 'postgres',
    user: username || 'postgres',
    tls: searchParams.get('sslmode') === 'disable' ? ('disable' as const) : ('verify-full' as const),
  };
}
