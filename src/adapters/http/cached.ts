import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers what everybody may read and keep for a while. Who has it already is told so in one line; the tag is that of what
 * is answered, so that two copies of this process give the same. Null: it has been answered with a 304.
 */
export function cached<T extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  body: T,
  maxAgeS: number,
): T | null {
  const tag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`;
  reply.header('cache-control', `public, max-age=${maxAgeS}`).header('etag', tag);
  const known = request.headers['if-none-match'];
  const has = known?.split(',').some((one) => [tag, '*'].includes(one.trim().replace(/^W\//, '')));
  if (!has) return body;
  reply.status(304).send();
  return null;
}
