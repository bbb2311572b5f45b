import { connect, createServer, type Server, type Socket } from 'node:net';

/** What the network does at a point: ends the connection, resets it, or says nothing more. */
export type Fault = 'cut' | 'reset' | 'stall';

/** Stands between a promotion and the server, and lets the connection break after so many bytes. */
export class UnreliableProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #passed = 0;
  #at = Number.POSITIVE_INFINITY;
  #fault: Fault = 'cut';
  #words: string | undefined;
  /** How often it broke. */
  broken = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async before(port: number): Promise<UnreliableProxy> {
    const server = createServer();
    const proxy = new UnreliableProxy(server);
    server.on('connection', (client) => proxy.#carry(client, connect(port, '127.0.0.1')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Bytes that went through both ways since the last `breakAt`. */
  get passed(): number {
    return this.#passed;
  }

  /** From now on: breaks once, when so many bytes have passed. */
  breakAt(bytes: number, fault: Fault): void {
    this.#passed = 0;
    this.broken = 0;
    this.#at = bytes;
    this.#fault = fault;
  }

  /** From now on: breaks once, instead of passing on an answer of the server that has these words in it. */
  breakBefore(words: string): void {
    this.breakAt(Number.POSITIVE_INFINITY, 'cut');
    this.#words = words;
  }

  #carry(client: Socket, server: Socket): void {
    const pair = [client, server] as const;
    for (const [from, to] of [pair, [server, client] as const]) {
      this.#sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.on('data', (bytes) => this.#pass(bytes, from, to, pair));
    }
  }

  #pass(bytes: Buffer, from: Socket, to: Socket, pair: readonly [Socket, Socket]): void {
    const before = this.#passed;
    if (this.#words !== undefined && from === pair[1] && bytes.includes(this.#words)) this.#at = before;
    this.#passed += bytes.length;
    if (this.#passed < this.#at) {
      if (!to.write(bytes)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      return;
    }
    to.write(bytes.subarray(0, Math.max(0, this.#at - before)));
    this.#at = Number.POSITIVE_INFINITY;
    this.#words = undefined;
    this.broken++;
    this.#break(pair);
  }

  #break(pair: readonly [Socket, Socket]): void {
    if (this.#fault === 'stall') for (const socket of pair) socket.removeAllListeners('data').pause();
    else if (this.#fault === 'reset') for (const socket of pair) socket.resetAndDestroy();
    else for (const socket of pair) socket.end();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
