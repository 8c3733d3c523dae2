import { computed, onBeforeUnmount, watch } from 'vue';
import { api } from '../../api/client.ts';
import { isRefusal } from '../../api/problem.ts';
import { useLive } from '../../live/live.ts';
import { usePhone } from '../../phone/phone.ts';

/** The switch tells of an end a moment after the sound is gone: what is over is not asked for again. */
const SURE_AFTER_MS = 1_500;
const AGAIN_AFTER_MS = 5_000;

/**
 * The switch has this agent in a talk, and this page has no sound of it: it was loaded anew, or its line died. It asks to
 * be rung again; the citizen waits meanwhile.
 */
export function useRejoin(): void {
  const live = useLive();
  const phone = usePhone();
  let timer = 0;

  const lost = computed(() => {
    const { own } = live;
    if (!live.fresh || own?.state !== 'TALKING' || own.phoneKind !== 'browser' || own.persistentLeg !== null)
      return null;
    if (phone.holding !== 'here' || !phone.registered || phone.call !== 'none' || !own.phoneReachable)
      return null;
    const mine = live.ownCall?.talk?.parties.find(({ agentId }) => agentId === own.agentId);
    if (mine === undefined) return null;
    // Loaded anew once more while it was rung: that ring went to the page before.
    const rings = mine.state === 'ringing' && mine.role === 'rejoining';
    return rings || ['in', 'aside'].includes(mine.state) ? mine.id : null;
  });

  /** `leg` names the wish: of one leg that was lost it is one. */
  async function ask(leg: string): Promise<void> {
    if (lost.value !== leg) return;
    try {
      await api.POST('/v1/agents/me/talk/reconnect', {
        params: { header: { 'idempotency-key': `rejoin-${leg}` } },
      });
    } catch (error) {
      // Refused: the talk is over, which the live picture will tell. No answer: once more.
      if (!isRefusal(error)) throw error;
    }
    timer = window.setTimeout(() => void ask(leg), AGAIN_AFTER_MS);
  }

  watch(
    lost,
    (leg) => {
      window.clearTimeout(timer);
      if (leg !== null) timer = window.setTimeout(() => void ask(leg), SURE_AFTER_MS);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => window.clearTimeout(timer));
}
