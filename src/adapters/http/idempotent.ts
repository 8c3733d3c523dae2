import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IdempotencyClaim, IdempotentRequest } from '../../app/ports/idempotency.ts';
import { callerOf } from './guard.ts';
import { Refusal } from './problem-replies.ts';
import type { ApiServices } from './services.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation creates something: it honours Idempotency-Key. */
    readonly creates?: true;
  }
  interface FastifyRequest {
    idempotent: IdempotentRequest | null;
  }
}

/** Same key, same id: what a lost process left behind is recognised by it. A fresh one without a key. */
export function newIdFor(request: FastifyRequest, services: ApiServices, what: string): string {
  const claimed = request.idempotent;
  if (claimed === null) return services.newId();
  const hash = createHash('sha256').update(`${what}\n${claimed.accountId}\n${claimed.key}`).digest();
  // UUID version 8 (RFC 9562): ours, from a hash.
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Modes of a key: free -> under way -> answered (24 h). A refused request frees its key again: it created nothing,
 * and the corrected one may use it.
 */
export function registerIdempotency(app: FastifyInstance, services: ApiServices): void {
  app.decorateRequest('idempotent', null);

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (request.routeOptions.config.creates !== true || typeof key !== 'string') return;
    const claimed: IdempotentRequest = {
      accountId: callerOf(request).id,
      key,
      requestHash: createHash('sha256')
        .update(`${request.method} ${request.url}\n`)
        .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null))
        .digest(),
    };
    const claim: IdempotencyClaim = await services.idempotency.claim(claimed);
    switch (claim.kind) {
      case 'fresh':
        request.idempotent = claimed;
        return;
      case 'underWay':
        throw new Refusal('idempotency.underWay');
      case 'otherRequest':
        throw new Refusal('idempotency.otherRequest');
      case 'answered':
        return reply
          .status(claim.answer.status)
          .header('idempotency-replayed', 'true')
          .type('application/json; charset=utf-8')
          .serializer((text: string) => text)
          .send(claim.answer.body);
      default:
        return claim satisfies never;
    }
  });

  // Before the answer leaves: an answer that got lost on its way is still the answer.
  app.addHook('onSend', async (request, reply, payload) => {
    const claimed = request.idempotent;
    if (claimed === null) return payload;
    request.idempotent = null;
    try {
      if (reply.statusCode < 300 && typeof payload === 'string') {
        await services.idempotency.finish(claimed, { status: reply.statusCode, body: payload });
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
