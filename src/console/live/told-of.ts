import { onScopeDispose, watch } from 'vue';
import { useLive } from './live.ts';
import type { NoticeSeen } from './messages.ts';
import { type Readings, readingsOf } from './readings.ts';

export type ToldOf = Pick<Readings, 'told' | 'read'>;

/**
 * What a page shows was changed by somebody else: it is read anew `afterMs` after the first word of it, for more words come
 * at the same time. `may` is asked when the reading is to begin and not when the notice comes: by then somebody may be in the
 * middle of it.
 */
export function useToldOf({
  concerns,
  ...of
}: Parameters<typeof readingsOf>[0] & { readonly concerns: (notice: NoticeSeen) => boolean }): ToldOf {
  const live = useLive();
  const { told, read, heard, lineTurned, stop } = readingsOf(of);
  const deaf = live.onNotice((notice) => {
    if (concerns(notice)) heard();
  });
  watch(() => live.line, lineTurned);
  onScopeDispose(() => {
    deaf();
    stop();
  });
  return { told, read };
}
