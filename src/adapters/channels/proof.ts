import { createHash, timingSafeEqual } from 'node:crypto';

/** A clock may be wrong by this much, and a delivery under way as long; later or earlier it is somebody's recording of one. */
export const REPLAY_MS = 300_000;

export const isFresh = (seconds: string, now: number): boolean =>
  Math.abs(now - Number(seconds) * 1000) <= REPLAY_MS;

/** In a time that tells nothing of how much of it was right. */
export function isSameProof(said: string, right: string): boolean {
  const [one, other] = [Buffer.from(said), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** An id for what has none of its own: the same words again are the same message. */
export const idOfBody = (body: string): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** The first of a header or a query's value; '' where there is none. */
export const firstOf = (value: unknown): string => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' ? one : '';
};
