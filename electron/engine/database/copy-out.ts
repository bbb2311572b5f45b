import { type PGlite, protocol } from '@electric-sql/pglite';

const messageType = { data: 0x64, error: 0x45 } as const;
const errorFields: Readonly<Record<string, string>> = {
  M: 'message',
  C: 'code',
  D: 'detail',
  H: 'hint',
  P: 'position',
};

/**
 * Runs `COPY … TO STDOUT` and gives what it wrote. Read straight from the protocol's messages this takes half the time
 * of PGlite's own way through a Blob.
 * Format: PostgreSQL documentation, "Message Formats".
 */
export async function copyOut(db: PGlite, text: string): Promise<Uint8Array> {
  const sink = growing();
  await db.runExclusive(async () => {
    await db.execProtocolRawStream(protocol.serialize.query(text), { onRawData: sink.add });
    // PGlite goes on sending to the sink until an ordinary call has ended: this one carries nothing of value.
    await db.execProtocol(protocol.serialize.sync());
  });
  return dataOf(sink.bytes()).slice();
}

/** Lives on from one COPY to the next: growing anew each time costs as much as copying out. */
let kept = new Uint8Array(1 << 16);
const mostKept = 32 << 20;

/** Collects pieces; each is copied at once, because it is a view of memory that changes. */
function growing() {
  let all = kept;
  let length = 0;
  return {
    add: (piece: Uint8Array) => {
      if (length + piece.length > all.length) {
        const larger = new Uint8Array(Math.max(all.length * 2, length + piece.length));
        larger.set(all.subarray(0, length));
        all = larger;
        if (all.length <= mostKept) kept = all;
      }
      all.set(piece, length);
      length += piece.length;
    },
    bytes: () => all.subarray(0, length),
  };
}

/** What the messages of type CopyData carry, moved together in place; an ErrorResponse is thrown. */
function dataOf(messages: Uint8Array): Uint8Array {
  const view = new DataView(messages.buffer, messages.byteOffset, messages.byteLength);
  let end = 0;
  for (let at = 0; at + 5 <= messages.length; ) {
    const next = at + 1 + view.getInt32(at + 1);
    if (messages[at] === messageType.data) {
      messages.copyWithin(end, at + 5, next);
      end += next - at - 5;
    } else if (messages[at] === messageType.error) throw errorOf(messages.subarray(at + 5, next));
    at = next;
  }
  return messages.subarray(0, end);
}

function errorOf(body: Uint8Array): Error {
  const parts = new TextDecoder().decode(body).split('\0').filter(Boolean);
  const fields = parts.map((part) => [errorFields[part.charAt(0)], part.slice(1)] as const);
  return Object.assign(new Error(), Object.fromEntries(fields.filter(([name]) => name !== undefined)));
}
