import { type Ref, ref, watch } from 'vue';
import { isRefusal } from '../api/problem.ts';
import { useLive } from './live.ts';

/** What is known of it: `unknown`, the server has refused or been silent from the first; `earlier`, since it last answered. */
export type Knowledge = 'asking' | 'unknown' | 'now' | 'earlier';

export interface Following {
  readonly known: Readonly<Ref<Knowledge>>;
  readonly look: () => Promise<void>;
  /** Until what it returns is called. */
  readonly follow: () => () => void;
}

/**
 * What the server is asked for again and again while somebody looks: at once, when a notice of that kind tells of it, when
 * the line is back, and now and then, since what is told may be lost and an end may come without a word.
 */
export function useFollowing(kind: string, everyMs: number, read: () => Promise<void>): Following {
  const live = useLive();
  const known = ref<Knowledge>('asking');

  async function look(): Promise<void> {
    try {
      await read();
      known.value = 'now';
    } catch (error) {
      // Asked again in a moment; until then nobody takes what was for what is.
      if (!isRefusal(error)) throw error;
      known.value = known.value === 'now' || known.value === 'earlier' ? 'earlier' : 'unknown';
    }
  }

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
  return { known, look, follow };
}
