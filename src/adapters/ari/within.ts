export class NoAnswer extends Error {}

/** Asterisk's REST has no timeout, and ari-client gives it none. The work goes on; only the waiting ends. */
export function within<T>(limitMs: number, work: PromiseLike<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer(`${what} within ${limitMs} ms`)), limitMs);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
