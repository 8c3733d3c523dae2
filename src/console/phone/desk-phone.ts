import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { answer, api } from '../api/client.ts';
import { useIntentions } from '../elements/intention.ts';
import { useLive } from '../live/live.ts';

/** The telephone on the agent's table: call control has it pick up by itself, where it has been set to let that be done. */
export const useDeskPhone = defineStore('deskPhone', () => {
  const live = useLive();
  const wishes = useIntentions();
  const rings = computed(() => live.own?.state === 'RINGING' && live.own.phoneKind === 'desk');
  /** From the key to the answer, whichever key it was: the telephone is asked once. */
  const asking = ref(false);

  /** Throws what the API refuses: a telephone that does not know how rings on. */
  async function pickUp(): Promise<void> {
    const { own } = live;
    if (!rings.value || own?.callId == null || asking.value) return;
    // A call that comes back to the same telephone is another ring, and another wish.
    const wish = `${own.callId} ${own.sinceMs}`;
    asking.value = true;
    try {
      const params = { header: { 'idempotency-key': wishes.keyOf(wish) }, query: { call: own.callId } };
      await answer(api.POST('/v1/agents/me/answer', { params }));
      wishes.done(wish);
    } catch (error) {
      wishes.refused(wish, error);
      throw error;
    } finally {
      asking.value = false;
    }
  }

  return { rings, asking, pickUp };
});
