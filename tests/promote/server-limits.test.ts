import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { sayBusy } from '../../electron/engine/promote/connection/busy.ts';
import { connectServer } from '../../electron/engine/promote/connection/server-session.ts';
import { sql } from '../../shared/sql.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { startPooler } from '../postgres/start-pooler.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('behind a pooler a promotion works in session mode, and is refused in transaction mode before it begins', async () => {
  const { engine, target, ask } = await openTarget(server, 'create table t as select 1 as a');
  const transactions = await startPooler(server, 'transaction');
  onTestFinished(transactions.stop);
  await engine.workspace.saveTarget({ target: { ...target, port: transactions.port } });
  for (const call of ['plan', 'apply', 'probe'] as const)
    await expect(engine.promote[call]({ target: 'prod' })).rejects.toThrow(
      'lends connections for one transaction at a time',
    );
  expect(await ask(`select 1 from pg_namespace where nspname like 'assay%'`)).toEqual([]);
  const sessions = await startPooler(server, 'session');
  onTestFinished(sessions.stop);
  await engine.workspace.saveTarget({ target: { ...target, port: sessions.port } });
  expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');
});

/** Certificates of an authority of the test's own. */
function certify(dir: string) {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=test authority',
    '-days',
    '2',
  );
  const make = (name: string, host: string, days: string) => {
    const request = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${host}`];
    openssl('req', '-new', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...request);
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-days', days, '-out', `${name}.pem`);
  };
  return make;
}

/** What a server says to the first bytes of a client: that it speaks TLS, and with which certificate. */
async function listenWith(dir: string, name: string): Promise<number> {
  const [cert, key] = [`${name}.pem`, `${name}.key`].map((file) => readFileSync(join(dir, file)));
  const listening = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write('S');
      new TLSSocket(socket, { isServer: true, cert, key } as never).on('error', () => {});
    });
  });
  onTestFinished(() => void listening.close());
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return (listening.address() as AddressInfo).port;
}

test('a certificate that has expired, is for another host, or of an unknown authority is said in plain words', async () => {
  const dir = await scratchFolder();
  const make = certify(dir);
  make('old', 'IP:127.0.0.1', '-1');
  make('other', 'DNS:elsewhere.example', '2');
  const { signal } = new AbortController();
  const said = async (name: string, ca: string | undefined) => {
    const port = await listenWith(dir, name);
    const target = { name: 'x', kind: 'postgres', host: '127.0.0.1', port, tls: 'verify-full', ca } as const;
    const thrown = await connectServer(target as never, undefined, signal).catch((error: unknown) => error);
    return (thrown as { problem: { hint: string } }).problem.hint;
  };
  const ca = join(dir, 'ca.pem');
  expect(await said('old', ca)).toContain('has expired');
  expect(await said('other', ca)).toContain('is for another host');
  expect(await said('other', undefined)).toContain('Nobody this machine trusts');
});

test('a server without a free connection says so', async () => {
  const { engine, target, ask } = await openTarget(server, 'create table t as select 1 as a');
  await ask('create role narrow login connection limit 0');
  await engine.workspace.saveTarget({ target: { ...target, user: 'narrow' } });
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toMatchObject({
    problem: { hint: 'The server has no free connection: try again later.' },
  });
});

test('a user who may make no temporary views is told so before anything is touched', async () => {
  const { engine, target, ask } = await openTarget(server, 'create table t as select 1 as a');
  const { database } = target;
  await ask(`create role plain login; revoke temporary on database ${database} from public;
    grant create on database ${database} to plain; grant create on schema public to plain`);
  await engine.workspace.saveTarget({ target: { ...target, user: 'plain' } });
  const { grants } = await engine.promote.probe({ target: 'prod' });
  expect(grants).toBe(`grant temporary on database "${database}" to "plain";`);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toThrow('may not make temporary views');
  await ask(grants);
  expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');
  await ask(`create role "Other" login; grant create, temporary on database ${database} to "Other"`);
  await engine.workspace.saveTarget({ target: { ...target, user: 'Other', schema: 'own' } });
  const second = await engine.promote.probe({ target: 'prod' });
  expect(second.grants.split('\n')).toEqual([
    'grant usage on schema "assay_promotions" to "Other";',
    'grant select, insert, update on all tables in schema "assay_promotions" to "Other";',
  ]);
  await ask(second.grants);
  expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');

  const other = await connectServer(target, undefined, new AbortController().signal, 'reading');
  onTestFinished(() => other.close());
  const session = await connectServer(target, undefined, new AbortController().signal);
  onTestFinished(() => session.close());
  await other.run(sql`begin`);
  await other.query(sql`select * from t`);
  const { problem } = await sayBusy(session, [{ to: 'public', name: 't' }], undefined);
  expect(problem.message).toMatch(
    /^t is in use there by postgres, reading, process \d+, so nothing was swapped in\.$/,
  );
  await ask(`alter database ${database} set default_transaction_read_only = on`);
  expect(await engine.promote.probe({ target: 'prod' })).toMatchObject({
    missing: [`"${database}" takes no writes: default_transaction_read_only is on.`],
    grants: '',
  });
});

test('a server that wants TLS is told from others, and trusted by the file of its authority alone', async () => {
  const { engine, target, ask, dir } = await openTarget(server, 'create table t as select 1 as a');
  const make = certify(dir);
  make('own', 'IP:127.0.0.1', '2');
  make(String(target.user), 'DNS:client', '2');
  const [{ file = '' } = {}] = await ask(`select current_setting('hba_file') as file`);
  const { uid, gid } = statSync(String(file));
  const place = dirname(String(file));
  for (const name of ['own.pem', 'own.key', 'ca.pem']) {
    copyFileSync(join(dir, name), join(place, name));
    chownSync(join(place, name), uid, gid);
    chmodSync(join(place, name), 0o600);
  }
  await ask(`alter system set ssl_cert_file = 'own.pem'`);
  await ask(`alter system set ssl_key_file = 'own.key'`);
  await ask(`alter system set ssl_ca_file = 'ca.pem'`);
  await ask('alter system set ssl = on');
  writeFileSync(String(file), 'hostssl all all all trust\n');
  await ask('select pg_reload_conf()');
  const probe = async (tls: typeof target.tls | 'require' | 'verify-full', ca?: string, client = {}) => {
    await engine.workspace.saveTarget({ target: { ...target, tls, ...(ca ? { ca } : {}), ...client } });
    return engine.promote.probe({ target: 'prod' }).then(
      ({ encrypted }) => encrypted,
      ({ problem }) => problem.hint as string,
    );
  };
  await expect.poll(() => probe('disable')).toContain('The server wants encrypted connections');
  expect(await probe('verify-full')).toContain('Nobody this machine trusts has signed');
  expect([await probe('require'), await probe('verify-full', 'ca.pem')]).toEqual([true, true]);
  writeFileSync(String(file), 'hostssl all all all cert\n');
  process.kill(Number.parseInt(readFileSync(join(place, 'postmaster.pid'), 'utf8'), 10), 'SIGHUP');
  await expect
    .poll(() => probe('verify-full', 'ca.pem'))
    .toContain('wants a certificate that is made for this user');
  const client = { cert: `${target.user}.pem`, key: `${target.user}.key` };
  expect(await probe('verify-full', 'ca.pem', { cert: client.cert })).toContain('Name both');
  expect(await probe('verify-full', 'ca.pem', client)).toBe(true);
  expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');
});
