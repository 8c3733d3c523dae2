import { createHmac } from 'node:crypto';
import type { MessageDriver } from '../../app/ports/messages.ts';
import type { Attempt } from '../../domain/messages/sending.ts';

const TIMEOUT_MS = 8000;
const PROOF_MAX = 200;
const ANSWER_MAX = 64 * 1024;
/** Statuses after which the same request may well be taken later; 409: the same key is under way there. */
const LATER = new Set([408, 409, 425, 429]);

/**
 * Hands a message to a gateway of the customer's by HTTP POST. The body is signed, so that the gateway knows us:
 * `x-yihaotong-signature: v1=HEX`, HMAC-SHA256 of `TIMESTAMP.BODY` under the common secret, with
 * `x-yihaotong-timestamp` in seconds. `idempotency-key` is the message's id and the same at every attempt: a gateway
 * that honours it sends a message once, whatever happens to us. 2xx: taken (an `id` in the answer is kept as proof);
 * 408, 409, 425, 429, 5xx or no answer: later; anything else: refused for good.
 */
export function webhookDriver(options: {
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}): MessageDriver {
  const { url, secret, timeoutMs = TIMEOUT_MS, now = Date.now } = options;
  return {
    name: 'webhook',
    async send({ id, createdAt, kind, number, text, subject }): Promise<Attempt> {
      const made = new Date(createdAt).toISOString();
      const body = JSON.stringify({ id, createdAt: made, kind, number, text, subject });
      const timestamp = String(Math.floor(now() / 1000));
      const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
      try {
        const response = await fetch(url, {
          method: 'POST',
          // Whoever redirects a citizen's number elsewhere is not the gateway that we were told of.
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'idempotency-key': id,
            'x-yihaotong-timestamp': timestamp,
            'x-yihaotong-signature': `v1=${signature}`,
          },
          body,
        });
        return await attemptOf(response);
      } catch (error) {
        return { kind: 'later', why: reasonOf(error), retryAfterMs: null };
      }
    },
  };
}

async function attemptOf(response: Response): Promise<Attempt> {
  const { status } = response;
  if (response.ok) return { kind: 'taken', proof: proofOf(status, await textOf(response)) };
  await response.body?.cancel();
  if (!LATER.has(status) && status < 500) return { kind: 'refused', why: `http ${status}` };
  return { kind: 'later', why: `http ${status}`, retryAfterMs: retryAfterOf(response) };
}

/** No more of an answer than a proof needs; one that breaks off after the 2xx was a yes all the same. */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.length > ANSWER_MAX) break;
    }
  } catch {
    return '';
  }
  return text;
}

function proofOf(status: number, text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined;
    if (typeof id === 'string' || typeof id === 'number') return String(id).slice(0, PROOF_MAX);
  } catch {
    return `http ${status}`;
  }
  return `http ${status}`;
}

function retryAfterOf(response: Response): number | null {
  const text = response.headers.get('retry-after') ?? '';
  return /^\d{1,7}$/.test(text) ? Number(text) * 1000 : null;
}

/** `ECONNREFUSED`, `TimeoutError`: a word and not a sentence with addresses in it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
