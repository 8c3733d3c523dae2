import { onScopeDispose, type Ref, readonly, ref } from 'vue';
import { isRefusal } from '../api/problem.ts';

export interface ReadAgain {
  /** When it was last read; null: never yet. */
  readonly readAtMs: Readonly<Ref<number | null>>;
  readonly read: () => Promise<void>;
}

/**
 * Reads at once and then again and again while the page is open and somebody can see it. What the server refuses
 * meanwhile is passed over: the page goes on with what it has, and says how old that is.
 */
export function useReadAgain(everyMs: number, work: () => Promise<void>): ReadAgain {
  const readAtMs = ref<number | null>(null);
  let reading: Promise<void> | null = null;

  async function once(): Promise<void> {
    try {
      await work();
      readAtMs.value = Date.now();
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  function read(): Promise<void> {
    reading ??= once().finally(() => {
      reading = null;
    });
    return reading;
  }
  function seen(): void {
    if (!document.hidden) void read();
  }

  void read();
  const timer = window.setInterval(seen, everyMs);
  document.addEventListener('visibilitychange', seen);
  onScopeDispose(() => {
    window.clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
  });
  return { readAtMs: readonly(readAtMs), read };
}
