import { setTimeout as pause } from 'node:timers/promises';
import { type ProblemError, problem } from '../../../../shared/problem.ts';
import { failed, readAnswer } from './endpoint-answer.ts';
import type { EndpointModel } from './endpoint-manifest.ts';

/** With what an endpoint is asked. */
export interface Asking {
  readonly key: string | undefined;
  readonly signal: AbortSignal;
}

const mostTries = 6;
const firstPauseMs = 500;
/** A server that wants a longer rest is asked again by a person. */
const longestPauseMs = 120_000;
const mostRedirects = 3;

/** What another try may mend. */
class Passing extends Error {
  readonly told: ProblemError;
  readonly afterMs: number | undefined;

  constructor(told: ProblemError, afterMs?: number) {
    super(told.message);
    this.told = told;
    this.afterMs = afterMs;
  }
}

/** The vectors of a batch of texts, one after the other; what passes is tried again, ever more slowly. */
export async function askEndpoint(
  model: EndpointModel,
  texts: readonly string[],
  asking: Asking,
): Promise<Float32Array> {
  for (let tries = 1; ; tries++) {
    try {
      return readAnswer(model, texts.length, await answerOf(model, texts, asking));
    } catch (thrown) {
      if (asking.signal.aborted) throw problem('cancelled', 'Cancelled.');
      if (!(thrown instanceof Passing)) throw thrown;
      const wait = thrown.afterMs ?? firstPauseMs * 2 ** (tries - 1) * (1 + Math.random() / 4);
      if (tries === mostTries || wait > longestPauseMs) throw thrown.told;
      await pause(wait, undefined, { signal: asking.signal }).catch(() => {});
    }
  }
}

async function answerOf(model: EndpointModel, texts: readonly string[], asking: Asking): Promise<unknown> {
  const { endpoint } = model;
  const timeOut = AbortSignal.timeout(endpoint.timeoutSeconds * 1000);
  const signal = AbortSignal.any([asking.signal, timeOut]);
  try {
    const answer = await posted(model, bodyOf(model, texts), { ...asking, signal });
    const text = await answer.text().catch((thrown: unknown) => {
      throw signal.aborted ? thrown : new Passing(failed(model, 'broke off in the middle of its answer'));
    });
    if (!answer.ok) throw refusedBy(model, answer, text, asking.key);
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    if (timeOut.aborted)
      throw new Passing(failed(model, `did not answer within ${endpoint.timeoutSeconds} seconds`));
    if (thrown instanceof SyntaxError) throw failed(model, 'did not answer in JSON');
    throw thrown;
  }
}

const bodyOf = ({ endpoint, description }: EndpointModel, texts: readonly string[]): string =>
  JSON.stringify({
    model: endpoint.model,
    input: texts,
    encoding_format: 'float',
    ...(endpoint.sendDimensions ? { dimensions: description.dimensions } : {}),
  });

/** Posts to the address; it is followed where it moved, as long as it stays on its host. */
async function posted(model: EndpointModel, body: string, { key, signal }: Asking): Promise<Response> {
  let url = new URL(model.endpoint.url);
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body,
      redirect: 'manual',
      signal,
    }).catch((thrown: unknown) => {
      throw signal.aborted ? thrown : unreached(model, thrown);
    });
    const moved = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400 || moved === null) return answer;
    await answer.body?.cancel();
    if (!URL.canParse(moved, url.href)) throw failed(model, 'points to an address that is none');
    url = new URL(moved, url);
    if (url.origin !== model.endpoint.origin)
      throw failed(model, `points to another host, ${url.host}, which nothing was sent to`);
  }
  throw failed(model, 'points from one address to the next without end');
}

const passingCodes =
  /^(ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|EAI_AGAIN|UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT))$/;

function unreached(model: EndpointModel, thrown: unknown): Error {
  const cause = (thrown as { cause?: { code?: unknown; message?: unknown } }).cause;
  const code = String(cause?.code ?? cause?.message ?? 'no answer');
  const told = failed(model, `cannot be reached: ${code}`);
  return passingCodes.test(code) ? new Passing(told) : told;
}

/** Servers may repeat the key that they refuse: then nothing of their words is told. */
function refusedBy(model: EndpointModel, { status, headers }: Response, text: string, key?: string): Error {
  if (status === 401 || status === 403) return failed(model, `refuses the key (${status})`);
  const said = wordsOf(text);
  const telling = key !== undefined && said.includes(key.slice(0, 6)) ? '' : said;
  const told = failed(model, `answered ${status}${telling === '' ? '' : `: ${telling}`}`);
  if (status !== 429 && status < 500) return told;
  const after = headers.get('retry-after');
  const seconds = after === null ? Number.NaN : Number(after);
  return new Passing(told, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

function wordsOf(text: string): string {
  try {
    const said = JSON.parse(text) as { error?: { message?: unknown } | string; message?: unknown };
    const message = (typeof said.error === 'string' ? said.error : said.error?.message) ?? said.message;
    return typeof message === 'string' ? message.slice(0, 200) : '';
  } catch {
    return '';
  }
}
