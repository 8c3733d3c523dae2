import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IdempotencyClaim, IdempotentRequest, StoredAnswer } from '../../app/ports/idempotency.ts';
import { callerOf } from './guard.ts';
import { isKeyless } from './keyless.ts';
import { Refusal } from './problem-replies.ts';
import type { ApiServices } from './services.ts';
import { IdempotencyHeaders } from './shapes/elements.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The operation creates something: it honours Idempotency-Key. `itself`: in the transaction that creates it. Any other
     * POST does so unasked, but for those that pass the key on to call control, and those of `keyless.ts`.
     */
    readonly creates?: true | 'itself';
  }
  interface FastifyRequest {
    /** The key under which this was asked. */
    underKey: IdempotentRequest | null;
    /** The key that we have claimed; the answer is kept under it as it leaves. */
    idempotent: IdempotentRequest | null;
  }
}

/**
 * Same key and same request, same id: what a lost process left behind is recognised by it. Another request under a key that
 * was forgotten long ago is another thing, and must not be answered with the old one. A fresh id without a key.
 */
export function newIdFor(request: FastifyRequest, services: ApiServices, what: string): string {
  const asked = request.underKey;
  if (asked === null) return services.newId();
  const hash = createHash('sha256')
    .update(`${what}\n${asked.accountId}\n${asked.key}\n`)
    .update(asked.requestHash)
    .digest();
  // UUID version 8 (RFC 9562): ours, from a hash.
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Not carried out: it was, or is being, or is another's. */
export function replyInstead(
  claim: Exclude<IdempotencyClaim, { readonly kind: 'fresh' }>,
  reply: FastifyReply,
): FastifyReply {
  switch (claim.kind) {
    case 'underWay':
      throw new Refusal('idempotency.underWay');
    case 'otherRequest':
      throw new Refusal('idempotency.otherRequest');
    case 'answered':
      return replyStored(claim.answer, reply.header('idempotency-replayed', 'true'));
    default:
      return claim satisfies never;
  }
}

/** Byte for byte as it is kept. */
export function replyStored({ status, body }: StoredAnswer, reply: FastifyReply): FastifyReply {
  if (body === '') return reply.status(status).send();
  return reply
    .status(status)
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(body);
}

/**
 * Modes of a key: free -> under way -> answered (24 h). A refused request frees its key again: it created nothing,
 * and the corrected one may use it.
 */
export function registerIdempotency(app: FastifyInstance, services: ApiServices): void {
  app.decorateRequest('underKey', null);
  app.decorateRequest('idempotent', null);

  app.addHook('onRoute', (route) => {
    const { creates } = route.config ?? {};
    const says = (route.schema?.headers as typeof IdempotencyHeaders | undefined)?.properties[
      'idempotency-key'
    ];
    if (route.method !== 'POST' || says !== undefined) return;
    // What creates something takes it, whether or not its route says so in its description.
    if (creates === undefined && isKeyless(route.schema?.operationId)) return;
    route.config = { ...route.config, creates: creates ?? true };
    route.schema = { ...route.schema, headers: IdempotencyHeaders };
  });

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    const { creates } = request.routeOptions.config;
    if (creates === undefined || typeof key !== 'string') return;
    const asked: IdempotentRequest = {
      accountId: callerOf(request).id,
      key,
      requestHash: createHash('sha256')
        .update(`${request.method} ${request.url}\n`)
        .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null))
        .digest(),
    };
    request.underKey = asked;
    if (creates === 'itself') return;
    const claim: IdempotencyClaim = await services.idempotency.claim(asked);
    if (claim.kind !== 'fresh') return replyInstead(claim, reply);
    request.idempotent = asked;
  });

  // Before the answer leaves: an answer that got lost on its way is still the answer.
  app.addHook('onSend', async (request, reply, payload) => {
    const claimed = request.idempotent;
    if (claimed === null) return payload;
    request.idempotent = null;
    try {
      const body = payload ?? '';
      if (reply.statusCode < 300 && typeof body === 'string') {
        await services.idempotency.finish(claimed, { status: reply.statusCode, body });
      } else {
        await services.idempotency.release(claimed);
      }
    } catch (err) {
      // The work is done and its answer goes out; the key stays under way and is taken over after its time.
      request.log.warn({ err }, 'the answer under an idempotency key could not be kept');
    }
    return payload;
  });
}
