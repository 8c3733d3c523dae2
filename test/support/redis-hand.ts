import { Redis } from 'ioredis';

/** A hand of the tests' own in a Redis, beside the product. */
export async function inRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** Who holds call control's lease; null when nobody does. */
export async function leaseHolder(url: string): Promise<{ readonly generation: number } | null> {
  return inRedis(url, async (redis) => {
    const text = await redis.get('yht:0:lease:call-control');
    return text === null ? null : JSON.parse(text);
  });
}
