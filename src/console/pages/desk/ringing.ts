import { computed, onBeforeUnmount, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { useLive } from '../../live/live.ts';
import { callAttention } from '../../phone/attention.ts';
import { usePhone } from '../../phone/phone.ts';

/**
 * A call comes, on whatever page: tone, notice and title until it is taken or gone, and the desk is opened. F2 picks up.
 * What was talked on in this browser before its page was loaded anew is picked up by itself: the agent is in that talk.
 */
export function useRinging(): void {
  const { t } = useI18n();
  const live = useLive();
  const phone = usePhone();
  const router = useRouter();
  let quiet: (() => void) | null = null;

  const rings = computed(() => phone.call === 'rings');
  /** He is in this talk already, says the switch: its sound alone is missing. */
  const resumes = computed(() => rings.value && live.own?.state === 'TALKING');
  const canPickUp = computed(
    () =>
      rings.value ||
      (live.own?.state === 'RINGING' && live.own.phoneKind === 'browser' && phone.holding === 'here'),
  );
  const attention = computed(() => rings.value && !resumes.value);

  watch(
    attention,
    (wanted) => {
      quiet?.();
      quiet = null;
      if (!wanted) return;
      const call = live.ownCall;
      quiet = callAttention(t('desk.rings', { line: call?.lineName ?? call?.dialled ?? '' }));
      if (router.currentRoute.value.name !== 'desk') void router.push({ name: 'desk' });
    },
    { immediate: true },
  );
  watch(
    resumes,
    (wanted) => {
      if (wanted) void phone.pickUp();
    },
    { immediate: true },
  );
  onBeforeUnmount(() => quiet?.());
  useShortcuts([
    {
      keys: 'F2',
      label: () => t('desk.answer'),
      run: () => void phone.pickUp(),
      when: () => canPickUp.value,
    },
  ]);
}
