import { ElMessage } from 'element-plus';
import { computed, onBeforeUnmount, type Ref, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { isRefusal } from '../../api/problem.ts';
import { useLive } from '../../live/live.ts';
import { usePhone } from '../../phone/phone.ts';
import { usePresence } from '../../presence/presence.ts';

/** A registration takes a moment, and a short cut mends itself: what lasts is told of, and acted on. */
const SURE_AFTER_MS = 8_000;
/** He looks at the citizen's matter, and his telephone rings elsewhere from now on. */
const SAID_FOR_MS = 10_000;
/** A telephone that is plugged in is there in a moment; nobody waits for longer at a desk that rings nowhere. */
const AGAIN_AFTER_MS = 5_000;
const NO_MICROPHONE = ['refused', 'none', 'busy', 'unsafe'];

export type BrowserFault = 'refused' | 'cut' | 'microphone';

export interface BrowserPhoneAway {
  /** Why this page, to which his calls come, cannot take one, and has not been able to for a while. */
  readonly away: Readonly<Ref<BrowserFault | null>>;
  /** His calls come to his desk telephone from now on; refused where he has none, or it is away as well. */
  readonly move: () => Promise<unknown>;
}

/** The other way round from a desk telephone that is away: the page fails, and the desk takes the calls (D1). */
export function useBrowserPhoneAway(): BrowserPhoneAway {
  const live = useLive();
  const phone = usePhone();
  const presence = usePresence();
  const fault = computed<BrowserFault | null>(() => {
    const state = live.own?.state;
    // In a call what is lost is told of the call, and no telephone is changed under it.
    if (state === undefined || ['SIGNED_OUT', 'RINGING', 'TALKING'].includes(state)) return null;
    if (phone.kind !== 'browser' || phone.holding !== 'here') return null;
    if (!phone.registered) return phone.line.kind === 'refused' ? 'refused' : 'cut';
    return NO_MICROPHONE.includes(phone.microphone) ? 'microphone' : null;
  });
  const away = ref<BrowserFault | null>(null);
  let timer = 0;
  // From one try to the next it is connecting or refused: that is one fault, and its time runs on.
  watch(
    () => fault.value !== null,
    (faulty) => {
      window.clearTimeout(timer);
      if (!faulty) away.value = null;
      else
        timer = window.setTimeout(() => {
          away.value = fault.value;
        }, SURE_AFTER_MS);
    },
    { immediate: true },
  );
  watch(fault, (now) => {
    if (away.value !== null && now !== null) away.value = now;
  });
  onBeforeUnmount(() => window.clearTimeout(timer));

  return { away, move: () => presence.usePhoneOf('desk') };
}

/**
 * Whoever is ready, or would be but for this page, wants his calls: where a telephone stands on his desk they ring there, by
 * themselves or when he asks to be ready again. Asked for until it is so: the one on the desk may be plugged in meanwhile, and the
 * switch may hold the one in the page for there long after its line was cut.
 */
export function useStepOut(quietly: (work: () => Promise<void>) => unknown): () => Promise<void> {
  const { t } = useI18n();
  const live = useLive();
  const { away, move } = useBrowserPhoneAway();

  async function toDesk(): Promise<void> {
    if (away.value === null || !live.fresh) return;
    try {
      await move();
    } catch (error) {
      // He has none, or it is away as well: what to do stands at the desk.
      if (isRefusal(error)) return;
      throw error;
    }
    ElMessage({
      type: 'warning',
      message: t('desk.phone.steppedOut'),
      showClose: true,
      duration: SAID_FOR_MS,
    });
  }
  const wanted = computed(
    () => away.value !== null && (live.own?.state === 'READY' || live.own?.reason === 'phoneUnreachable'),
  );
  let timer = 0;
  watch(wanted, (now) => {
    window.clearInterval(timer);
    if (!now) return;
    void quietly(toDesk);
    timer = window.setInterval(() => void quietly(toDesk), AGAIN_AFTER_MS);
  });
  onBeforeUnmount(() => window.clearInterval(timer));
  return toDesk;
}
