import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { cutText } from '../../electron/engine/search/collections/cut-text.ts';
import { templateColumns, templatePieces } from '../../electron/engine/search/collections/template.ts';
import { search } from '../../shared/contract/search.ts';
import { sql } from '../../shared/sql.ts';
import { makeTickets, openSharedSearch, quiet } from './open-search.ts';

/** A word is a token here. */
const words = (text: string) => text.match(/\S+/g)?.length ?? 0;

describe('a long text', () => {
  test('is cut at words, with an overlap', () => {
    expect(cutText('a b c d e f g', { by: 'tokens', tokens: 3, overlap: 1 }, words)).toEqual([
      'a b c',
      'c d e',
      'e f g',
    ]);
  });

  test('is cut at sentences; one that is too long alone at words', () => {
    const text = 'It broke. I am sad. This one is really far too long for a part. Bye.';
    expect(cutText(text, { by: 'sentences', tokens: 5, overlap: 0 }, words)).toEqual([
      'It broke. I am sad.',
      'This one is really far',
      'too long for a part.',
      'Bye.',
    ]);
  });

  test('without blanks is cut within its words', () => {
    const characters = (text: string) => [...text].length;
    const parts = cutText('包裹𠮷丢了我要退款', { by: 'tokens', tokens: 3, overlap: 0 }, characters);
    expect(parts.join('')).toBe('包裹𠮷丢了我要退款');
    for (const part of parts) expect(characters(part)).toBeLessThanOrEqual(3);
  });

  test('is cut below headings, which each part keeps', () => {
    const text = 'Before.\n# Returns\nSend it back. We pay.\n## Alone\n# Last\nEnd.';
    expect(cutText(text, { by: 'headings', tokens: 5, overlap: 0 }, words)).toEqual([
      'Before.',
      '# Returns\nSend it back.',
      '# Returns\nWe pay.',
      '## Alone',
      '# Last\nEnd.',
    ]);
  });

  test('loses no word, and no part is too long', () => {
    const text = fc.array(fc.constantFrom('one', 'two.', 'three!', 'four', '\n', 'five?'), { maxLength: 60 });
    const by = fc.constantFrom('tokens' as const, 'sentences' as const);
    fc.assert(
      fc.property(text, by, fc.integer({ min: 2, max: 9 }), (pieces, unit, tokens) => {
        const whole = pieces.join(' ');
        const parts = cutText(whole, { by: unit, tokens, overlap: 0 }, words);
        expect(parts.join(' ').match(/\S+/g)).toEqual(whole.match(/\S+/g));
        for (const part of parts) expect(words(part)).toBeLessThanOrEqual(tokens);
        const lapping = cutText(whole, { by: unit, tokens, overlap: Math.floor(tokens / 2) }, words);
        for (const part of lapping) expect(words(part)).toBeLessThanOrEqual(tokens);
      }),
    );
  });
});

describe('a template', () => {
  test('names columns in braces; doubled ones are braces', () => {
    expect(templatePieces('{subject}: {{{body}}}')).toEqual([
      { column: 'subject' },
      { words: ': ' },
      { words: '{' },
      { column: 'body' },
      { words: '}' },
    ]);
    expect(templateColumns('{a} {b} {a}')).toEqual(['a', 'b']);
    expect(() => templatePieces('{a')).toThrow(/brace/);
  });
});

describe('a collection', async () => {
  const { close, database, room, find } = await openSharedSearch();
  afterAll(close);
  const embed = (asked: object) =>
    room.embed(search.embed.arg.parse({ table: 'tickets', ...asked }), quiet());
  const contents = () =>
    database.query<{ id: string; content: string }>(
      sql`select document_id as id, content from collections.tickets order by source_row, part`,
    );
  const body = 'The parcel came late. The lamp in it was broken. I want my money back.';
  await makeTickets(database, [
    { subject: 'Lamp', body },
    { subject: 'Camera', body: 'The app closes the camera.' },
    { subject: null, body: null },
  ]);

  test('of a template: what it changes is stale, and only that is computed again', async () => {
    await embed({ template: '{subject}: {body}' });
    expect(await contents()).toEqual([
      { id: '1', content: `Lamp: ${body}` },
      { id: '2', content: 'Camera: The app closes the camera.' },
    ]);
    expect(await embed({ template: '{subject}: {body}' })).toMatchObject({ embedded: 0, documents: 2 });
    expect(await embed({ template: '{body}' })).toMatchObject({ embedded: 2, documents: 2 });
    expect(await room.list({}, quiet())).toMatchObject([{ template: '{body}', cut: null, stale: 0 }]);
    await database.run(sql`update tickets set body = body || ' Soon!' where _row = 2`);
    await database.run(sql`update assay.tables set version = version + 1`);
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 1 }]);
    expect(await embed({ template: '{body}' })).toMatchObject({ embedded: 1, documents: 2 });
  });

  test('of parts: each is found alone, and grouped by its row', async () => {
    const cut = { by: 'sentences', tokens: 8 };
    expect(await embed({ columns: ['body'], cut })).toMatchObject({ documents: 4, removed: 0 });
    expect((await contents()).map(({ id }) => id)).toEqual(['1', '1#2', '1#3', '2']);
    const found = await find({ text: 'give me a refund', limit: 3 });
    expect(found.results[0]).toMatchObject({
      documentId: '1#3',
      row: 1,
      part: 2,
      content: 'I want my money back.',
    });
    const grouped = await find({ text: 'give me a refund', limit: 3, group: '_row' });
    expect(grouped.results.map(({ row }) => row)).toEqual([1, 2]);
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 0, cut: { ...cut, overlap: 0 } }]);
  });

  test('of parts: a row of which one is lacking is stale, and is mended', async () => {
    const cut = { by: 'sentences', tokens: 8 };
    await database.run(sql`delete from collections.tickets where document_id = '1#2'`);
    await database.run(sql`update assay.tables set version = version + 1`);
    expect(await room.list({}, quiet())).toMatchObject([{ stale: 1 }]);
    expect(await embed({ columns: ['body'], cut })).toMatchObject({ embedded: 1, documents: 4 });
    await database.run(sql`update tickets set body = 'The parcel came late.' where _row = 1`);
    expect(await embed({ columns: ['body'], cut })).toMatchObject({ embedded: 0, removed: 2, documents: 2 });
  });

  test('tells of scripts that the model does not know, and of texts it does not read to the end', async () => {
    await makeTickets(database, [{ subject: '我的包裹没有到达 𐌰𐌱 ꯀꯁ', body: 'far '.repeat(400) }], 'strange');
    const { notes } = await room.embed(
      search.embed.arg.parse({ table: 'strange', columns: ['subject', 'body'] }),
      quiet(),
    );
    expect(notes).toEqual([
      expect.stringMatching(/unknown/),
      expect.stringMatching(/longer than the 256 tokens/),
    ]);
  });

  test.each([
    [{}, /No column with text/],
    [{ template: 'nothing' }, /No column with text/],
    [{ template: '{nobody}' }, /no column "nobody"/],
    [{ template: '{body' }, /brace/],
  ])('%j is told in words', async (asked, message) => {
    await expect(embed(asked)).rejects.toMatchObject({
      problem: { message: expect.stringMatching(message) },
    });
  });
});
