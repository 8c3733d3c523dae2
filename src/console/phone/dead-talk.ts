import { computed, watch } from 'vue';
import type { useLive } from '../live/live.ts';

/** The switch tells of an end here and in the picture, and not always here first. */
const SURE_AFTER_MS = 5_000;

/**
 * A talk here of which the switch knows nothing any more: its good-bye went to a socket that was lost. It is put down, so that
 * the microphone is not open to nobody. What is on this line without being the agent's own call is left alone: a leg that
 * stays up, a lead who listens, a call of the fallback queue.
 */
export function putDeadTalkDown(
  live: ReturnType<typeof useLive>,
  isTalking: () => boolean,
  putDown: () => void,
): void {
  const dead = computed(() => {
    const { own } = live;
    if (!live.fresh || own === null || !isTalking()) return false;
    if (own.phoneKind !== 'browser' || own.persistentLeg !== null) return false;
    if (own.listensTo !== null || own.onForeignCall) return false;
    return own.state !== 'TALKING' && own.state !== 'RINGING';
  });
  let timer = 0;
  watch(dead, (is) => {
    window.clearTimeout(timer);
    if (is) timer = window.setTimeout(putDown, SURE_AFTER_MS);
  });
}
