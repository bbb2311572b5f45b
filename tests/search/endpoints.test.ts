import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeWhole } from '../../electron/engine/workspace/write-whole.ts';
import { search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { answering, embeddingServer, right } from './embedding-server.ts';
import { describeModel, describeOtherwise } from './model-folder.ts';
import { makeTickets, openSharedSearch, quiet, tickets } from './open-search.ts';

describe('a model at an address', async () => {
  const { close, dir, database, room, find } = await openSharedSearch();
  const server = await embeddingServer();
  const { asked, next, origin } = server;
  afterAll(async () => {
    await server.close();
    await close();
  });
  await makeTickets(database, tickets);
  const folder = join(dir, 'models', 'far');
  const said = {
    id: 'far',
    endpoint: { url: `${origin}/v1/embeddings?v=1`, model: 'letters', key: 'FAR_KEY', batch: 2 },
    dimensions: 4,
    maxTokens: 100,
  };
  await describeModel(folder, said);
  vi.stubEnv('FAR_KEY', 'top-secret-1');
  const embed = (more: Record<string, unknown> = {}, call = {}) =>
    room.embed(
      search.embed.arg.parse({
        table: 'tickets',
        columns: ['body'],
        collection: 'far',
        model: 'far',
        ...more,
      }),
      quiet(call),
    );
  const told = (thrown: unknown) => JSON.stringify(thrown);
  beforeEach(() => {
    asked.length = 0;
    next.length = 0;
  });

  test('gets nothing before somebody agreed, by its address', async () => {
    for (const allowEndpoint of [undefined, 'https://elsewhere.example', `${origin}0`]) {
      await expect(embed({ allowEndpoint })).rejects.toMatchObject({
        problem: {
          code: 'bad_input',
          message: `The texts of body in "tickets", and every question asked of them, would leave this computer and go to ${origin}/v1/embeddings, with the key of FAR_KEY. Nobody agreed to that: nothing was sent.`,
          hint: expect.stringContaining(`--allow-endpoint ${origin},`),
        },
      });
    }
    expect(asked).toEqual([]);
    expect(await room.list({}, quiet())).toEqual([]);
  });

  test('never gets what is private, whoever agreed', async () => {
    const file = join(dir, 'checks', 'tickets.yaml');
    await writeWhole(
      file,
      'apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: tickets\n    properties:\n      - { name: body, logicalType: string, classification: private }\n',
    );
    await expect(embed({ allowEndpoint: origin })).rejects.toMatchObject({
      problem: { message: `body of "tickets" is private: it is not sent to ${origin}.` },
    });
    await rm(file);
    await expect(embed()).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/Nobody agreed/) },
    });
    expect(asked).toEqual([]);
  });

  test('gets each text once, in batches, and questions; the yes and the vectors are kept', async () => {
    expect(await embed({ allowEndpoint: origin })).toMatchObject({
      embedded: 6,
      documents: 6,
      notes: [`The texts of body went to ${origin}.`],
    });
    expect(asked.map(({ texts }) => texts.length)).toEqual([2, 2, 2]);
    expect(new Set(asked.flatMap(({ texts }) => texts))).toEqual(new Set(tickets.map(({ body }) => body)));
    expect(asked[0]).toMatchObject({ model: 'letters', key: 'Bearer top-secret-1' });
    const [first] = (await find({ text: 'You charged my card twice', collection: 'far', limit: 1 })).results;
    expect(first).toMatchObject({ row: 5, score: expect.closeTo(1, 5) });
    expect(asked.at(-1)?.texts).toEqual(['You charged my card twice']);
    expect(await embed()).toMatchObject({ embedded: 0, reused: 6, notes: [] });
    expect(asked).toHaveLength(4);
    expect((await room.models({}, quiet()))[1]).toMatchObject({
      id: 'far',
      version: 'letters',
      endpoint: { origin, keyName: 'FAR_KEY', hasKey: true, allowed: true },
    });
    const files = await readFile(join(folder, 'model.yaml'), 'utf8');
    expect(files).not.toContain('top-secret');
  });

  test('is asked again where a fault passes, and what was embedded before one that stays is kept', async () => {
    const again = { collection: 'again' };
    next.push(answering(429, {}, { 'retry-after': '0' }), answering(503, 'x', { 'retry-after': '0' }));
    expect(await embed(again)).toMatchObject({ embedded: 6 });
    expect(asked).toHaveLength(5);
    await database.run(sql`update tickets set body = body || ' indeed' where _row < 3`);
    next.push(answering(400, { error: { message: 'no such model' } }));
    const failed = await embed(again).catch(told);
    expect(failed).toContain(`${origin}, which has the model \\"far\\", answered 400: no such model.`);
    expect((await find({ text: '', like: { plus: ['4'] }, collection: 'again' })).results).toHaveLength(5);
    expect(await embed(again)).toMatchObject({ embedded: 2, reused: 4 });
  });

  test.each([
    ['fewer vectors', 200, { data: [] }, /gave 0 vectors for 1 texts/],
    ['other dimensions', 200, { data: [{ embedding: [1, 2] }] }, /2 dimensions, and is described with 4/],
    ['no number', 200, { data: [{ embedding: [1, 2, 3, null] }] }, /something that is no number/],
    ['zeros', 200, { data: [{ embedding: [0, 0, 0, 0] }] }, /a vector of zeros/],
    ['another place', 200, { data: [{ index: 3, embedding: [1, 2, 3, 4] }] }, /are not those of the texts/],
    ['no list', 200, { hello: 1 }, /without vectors/],
    ['a refusal that repeats the key', 401, { error: 'Wrong key top-secret-1' }, /refuses the key \(401\)\./],
    ['a fault that repeats the key', 400, { error: { message: 'top-secret-1?' } }, /answered 400\./],
  ])('that gives %s is told in words, without the key', async (_, status, body, message) => {
    next.push(answering(status, body));
    const failed = told(await find({ text: 'refund', collection: 'far' }).catch((thrown: unknown) => thrown));
    expect(failed).toMatch(message);
    expect(failed).not.toContain('top-secret');
    expect(asked).toHaveLength(1);
  });

  test('that breaks off in its answer is asked again', async () => {
    next.push((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"data":[');
      setTimeout(() => response.destroy(), 10);
    });
    expect((await find({ text: 'refund', collection: 'far', limit: 1 })).results).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  test('that fails for some texts has its other vectors kept', async () => {
    let answers = 0;
    const failing: typeof right = (response, one) =>
      ++answers === 3 ? answering(400, {})(response, one) : right(response, one);
    next.push(failing, failing, failing);
    await expect(embed({ collection: 'kept', columns: ['subject'] })).rejects.toMatchObject({
      problem: { code: 'server_failed' },
    });
    expect(await embed({ collection: 'kept', columns: ['subject'] })).toMatchObject({
      embedded: 2,
      reused: 4,
    });
  });

  test('is followed on its host, and nowhere else', async () => {
    next.push(answering(307, '', { location: '/v2' }));
    expect((await find({ text: 'refund', collection: 'far', limit: 1 })).results).toHaveLength(1);
    expect(asked).toHaveLength(2);
    next.push(answering(307, '', { location: 'http://localhost:9/steal' }));
    await expect(find({ text: 'refund', collection: 'far' })).rejects.toMatchObject({
      problem: {
        message: expect.stringMatching(/points to another host, localhost:9, which nothing was sent to/),
      },
    });
  });

  test('is left at once when it is cancelled', async () => {
    const cancel = new AbortController();
    next.push((response) => {
      cancel.abort();
      response.on('close', () => response.end());
    });
    await expect(embed({ collection: 'left' }, { signal: cancel.signal })).rejects.toMatchObject({
      problem: { code: 'cancelled' },
    });
  });

  test('takes a key of the window before that of the environment, for its own address only', async () => {
    await expect(
      room.giveKey({ model: 'far', origin: 'https://elsewhere.example', key: 'x' }, quiet()),
    ).rejects.toMatchObject({ problem: { message: expect.stringMatching(/is at http:\/\/127/) } });
    await room.giveKey({ model: 'far', origin, key: 'of-the-keychain' }, quiet());
    next.push(right);
    await find({ text: 'refund', collection: 'far' });
    expect(asked[0]?.key).toBe('Bearer of-the-keychain');
    await room.giveKey({ model: 'far', origin, key: null }, quiet());
    vi.stubEnv('FAR_KEY', '');
    await expect(find({ text: 'refund', collection: 'far' })).rejects.toMatchObject({
      problem: {
        message: `There is no key for ${origin}: nothing was sent.`,
        hint: expect.stringMatching(/FAR_KEY/),
      },
    });
    vi.stubEnv('FAR_KEY', 'top-secret-1');
  });

  test('gets nothing more once the yes is taken back, or at another address', async () => {
    await describeOtherwise(folder, { endpoint: { ...said.endpoint, key: 'OTHER_KEY' } });
    vi.stubEnv('OTHER_KEY', 'other');
    const refused = {
      problem: { message: expect.stringMatching(/Nobody agreed to that: nothing was sent/) },
    };
    await expect(find({ text: 'refund', collection: 'far' })).rejects.toMatchObject(refused);
    await describeOtherwise(folder, { endpoint: said.endpoint });
    await room.forbidEndpoint({ model: 'far' }, quiet());
    await expect(find({ text: 'refund', collection: 'far' })).rejects.toMatchObject(refused);
    const elsewhere = { text: 'refund', collection: 'far', allowEndpoint: `${origin}0` };
    await expect(find(elsewhere)).rejects.toMatchObject(refused);
    expect(asked).toEqual([]);
    await find({ text: 'refund', collection: 'far', allowEndpoint: origin });
    expect(asked).toHaveLength(1);
    await room.forbidEndpoint({ model: 'far' }, quiet());
  });

  test('is described by a form, with TLS unless it is on this computer', async () => {
    const asked = { name: 'new-one', model: 'm', dimensions: 4, maxTokens: 100 };
    const add = (url: string) => room.addEndpoint({ ...asked, url, key: 'NEW_KEY' }, quiet());
    await expect(add('http://models.example/v1')).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/has to be https/) },
    });
    await expect(add('https://me:pw@models.example/v1')).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/no user and no password/) },
    });
    await add('https://models.example/v1/embeddings');
    expect(await readFile(join(dir, 'models', 'new-one', 'model.yaml'), 'utf8')).toBe(
      'id: new-one\nendpoint:\n  url: https://models.example/v1/embeddings\n  model: m\n  key: NEW_KEY\ndimensions: 4\nmaxTokens: 100\n',
    );
    await expect(add('https://models.example/v1')).rejects.toMatchObject({
      problem: { message: 'There is a model "new-one" already.' },
    });
    expect((await room.models({}, quiet())).map(({ id, endpoint }) => [id, endpoint?.allowed])).toEqual([
      ['all-MiniLM-L6-v2', undefined],
      ['far', false],
      ['new-one', false],
    ]);
  });
});
