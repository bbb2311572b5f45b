import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came. */
export interface Asked {
  readonly texts: readonly string[];
  readonly model: string;
  readonly key: string | undefined;
}

type Answer = (response: ServerResponse, asked: Asked) => void;

/** A vector of four dimensions that tells its text: how many a, e, i, o are in it, and one more. */
const vectorOf = (text: string) => [...'aeio'].map((letter) => text.toLowerCase().split(letter).length);

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** The right vectors, last text first, as servers may. */
export const right: Answer = (response, { texts }) =>
  json(response, 200, {
    data: texts.map((text, index) => ({ index, embedding: vectorOf(text) })).reverse(),
  });

/** An answer of another kind. */
export const answering =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    json(response, status, body, headers);

/** A server like OpenAI's on this computer; `next` are the answers that come before right ones. */
export async function embeddingServer() {
  const asked: Asked[] = [];
  const next: Answer[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then(({ input, model }) => {
      const one = { texts: input, model, key: request.headers.authorization };
      asked.push(one);
      (next.shift() ?? right)(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { asked, next, origin: `http://127.0.0.1:${port}`, close: () => ended(server) };
}

async function bodyOf(request: IncomingMessage): Promise<{ input: string[]; model: string }> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString() || '{"input":[],"model":""}') as {
    input: string[];
    model: string;
  };
}

const ended = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
