import { computed, onBeforeUnmount, type Ref, ref, watch } from 'vue';
import { useLive } from '../../live/live.ts';
import { usePhone } from '../../phone/phone.ts';

/** An end is told of a moment after its sound is gone, and a beginning a moment before it comes. */
const SURE_AFTER_MS = 1_500;

/** He talks, says the switch, and this page carries no sound of it. */
export function useSoundLost(): Readonly<Ref<boolean>> {
  const live = useLive();
  const phone = usePhone();
  const silent = computed(
    () =>
      live.own?.state === 'TALKING' &&
      live.own.phoneKind === 'browser' &&
      live.own.persistentLeg === null &&
      phone.holding === 'here' &&
      (phone.call !== 'talks' || !phone.carried),
  );
  const lost = ref(false);
  let timer = 0;
  watch(
    silent,
    (is) => {
      window.clearTimeout(timer);
      if (!is) lost.value = false;
      else
        timer = window.setTimeout(() => {
          lost.value = true;
        }, SURE_AFTER_MS);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => window.clearTimeout(timer));
  return lost;
}
