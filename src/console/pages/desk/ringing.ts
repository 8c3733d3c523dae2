import { computed, onBeforeUnmount, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useAsking } from '../../elements/refusal.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { useLive } from '../../live/live.ts';
import { callAttention } from '../../phone/attention.ts';
import { useDeskPhone } from '../../phone/desk-phone.ts';
import { usePhone } from '../../phone/phone.ts';

/**
 * A call comes, on whatever page: tone, notice and title until it is taken or gone, and the page it is worked on is opened. F2 picks up,
 * here or at the telephone on the table.
 * What was talked on in this browser before its page was loaded anew is picked up by itself: the agent is in that talk.
 */
export function useRinging(): void {
  const { t } = useI18n();
  const live = useLive();
  const phone = usePhone();
  const deskPhone = useDeskPhone();
  const picking = useAsking({ toast: true });
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
    },
    { immediate: true },
  );
  // The telephone may ring a moment before the picture says for what; where there is no picture the desk is opened at once.
  const told = computed(() => !live.fresh || (live.own?.state === 'RINGING' && live.ownCall !== null));
  watch(
    () => attention.value && told.value,
    (rings) => {
      const page = router.currentRoute.value.name;
      // Whoever visits citizens by telephone placed this call himself, and has its matter before him.
      const placedHere = page === 'visits' && live.ownCall?.about?.purpose === 'returnVisit';
      // A lead who listens stays where he looks at the talk.
      const listens = live.own?.listensTo != null;
      if (rings && page !== 'desk' && !placedHere && !listens) void router.push({ name: 'desk' });
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
      run: () => void (deskPhone.rings ? picking.ask(deskPhone.pickUp) : phone.pickUp()),
      when: () => canPickUp.value || deskPhone.rings,
    },
  ]);
}
