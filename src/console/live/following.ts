import { watch } from 'vue';
import { isRefusal } from '../api/problem.ts';
import { useLive } from './live.ts';

/**
 * What the server is asked for again and again while somebody looks: at once, when a notice of that kind tells of it, when
 * the line is back, and now and then, since what is told may be lost and an end may come without a word.
 */
export function useFollowing(kind: string, everyMs: number, read: () => Promise<void>) {
  const live = useLive();

  async function look(): Promise<void> {
    try {
      await read();
    } catch (error) {
      // Asked again in a moment; the lamp in the head tells of a server that is away.
      if (!isRefusal(error)) throw error;
    }
  }

  /** Until what it returns is called. */
  function follow(): () => void {
    void look();
    const timer = window.setInterval(() => void look(), everyMs);
    const deaf = live.onNotice((notice) => {
      if (notice.kind === kind) void look();
    });
    const blind = watch(
      () => live.fresh,
      (fresh) => {
        if (fresh) void look();
      },
    );
    return () => {
      window.clearInterval(timer);
      deaf();
      blind();
    };
  }
  return { look, follow };
}
