import { computed, type Ref } from 'vue';
import { useLive } from '../../live/live.ts';
import { moveHere } from '../../phone/move-here.ts';
import { usePhone } from '../../phone/phone.ts';
import { usePresence } from '../../presence/presence.ts';

export interface DeskPhoneAway {
  /** His calls come to a desk telephone that the switch does not reach. */
  readonly away: Readonly<Ref<boolean>>;
  /** His calls come to this browser from now on. */
  readonly move: () => Promise<void>;
  /**
   * Whoever wants to be ready is not sent about for a telephone: where this browser may use a microphone it is one. True: it
   * took the place of the one on the desk.
   */
  readonly stepIn: () => Promise<boolean>;
}

export function useDeskPhoneAway(): DeskPhoneAway {
  const live = useLive();
  const phone = usePhone();
  const presence = usePresence();
  const away = computed(() => phone.kind === 'desk' && live.own !== null && !live.own.phoneReachable);
  const move = (): Promise<void> => moveHere(phone, () => presence.usePhoneOf('browser'));
  return {
    away,
    move,
    async stepIn() {
      if (!away.value || !live.fresh || phone.holding !== 'here') return false;
      await phone.lookAtMicrophone();
      if (phone.microphone !== 'there') return false;
      await move();
      return true;
    },
  };
}
