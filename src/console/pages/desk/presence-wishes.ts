import { ElMessage } from 'element-plus';
import { computed, type Ref, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { couldNot, Problem } from '../../api/problem.ts';
import { useInTurn } from '../../elements/in-turn.ts';
import { useAsking } from '../../elements/refusal.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { useLive } from '../../live/live.ts';
import { askForNotices } from '../../phone/attention.ts';
import { usePhone } from '../../phone/phone.ts';
import { usePresence } from '../../presence/presence.ts';
import { useStepOut } from './browser-phone-away.ts';
import { useDeskPhoneAway } from './desk-phone-away.ts';

type Wish = 'signIn' | 'signOut' | 'withdraw' | 'ready' | 'notReady' | 'endWrapUp' | 'extend';

export interface PresenceWishes {
  readonly busy: Readonly<Ref<boolean>>;
  /** What holds him back stands open to be read. */
  readonly reading: Ref<boolean>;
  readonly mayExtend: Readonly<Ref<boolean>>;
  readonly beReady: () => Promise<void>;
  readonly beNotReady: (reason: string) => Promise<void>;
  readonly endWrapUp: () => Promise<void>;
  /** By a minute. */
  readonly extend: () => void;
  readonly signIn: () => Promise<void>;
  readonly signOut: () => Promise<void>;
  readonly withdraw: () => Promise<void>;
}

const EXTEND_BY_S = 60;

/** What an agent asks for of his presence, by button or by key; `openReasons`: the list of breaks. */
export function usePresenceWishes(openReasons: () => void): PresenceWishes {
  const { t } = useI18n();
  const live = useLive();
  const phone = usePhone();
  const presence = usePresence();
  const deskPhone = useDeskPhoneAway();
  const { ask: askQuietly } = useAsking({ toast: true });
  const toDesk = useStepOut(askQuietly);
  const asking = useAsking({ toast: true });
  const inTurn = useInTurn(asking);
  const reading = ref(false);
  const state = computed(() => live.own?.state ?? 'SIGNED_OUT');

  /** Two keys pressed at once are two wishes: the second waits for the answer to the first. `which`: of several of one kind. */
  const wish = (kind: Wish, keys: string, work: () => Promise<unknown>, which: string | number = '') =>
    inTurn({ name: `${kind} ${which}`, keys, label: () => t(`desk.presence.${kind}`), work });

  /** What is there to be read is read first. While the books are away nothing can be: whether he is ready is call control's to say. */
  async function mustReadFirst(): Promise<boolean> {
    if (presence.mustRead.length === 0) return false;
    try {
      await presence.readNotices();
    } catch (error) {
      if (!couldNot(error)) throw error;
      return false;
    }
    return presence.mustRead.length > 0;
  }
  async function beReady(): Promise<void> {
    askForNotices();
    phone.allowSound();
    await wish('ready', 'Alt+R', async () => {
      if (await mustReadFirst()) {
        reading.value = true;
        return;
      }
      if (await deskPhone.stepIn())
        ElMessage({ type: 'success', message: t('desk.phone.steppedIn'), showClose: true });
      await toDesk();
      try {
        await presence.ready();
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'knowledge.noticeUnread') throw error;
        await presence.readNotices();
        reading.value = presence.mustRead.length > 0;
        throw error;
      }
    });
  }

  const mayExtend = computed(() => {
    const agent = live.own;
    return (
      agent?.state === 'WRAP_UP' &&
      agent.wrapUpLatestMs !== null &&
      agent.wrapUpUntilMs !== null &&
      agent.wrapUpUntilMs < agent.wrapUpLatestMs
    );
  });
  let extendedS = 0;
  watch(
    () => live.own?.callId,
    () => {
      extendedS = 0;
    },
  );
  let presses = 0;
  /** The API counts what is added in all: pressed twice it is two minutes. */
  function extend(): void {
    presses += 1;
    void wish(
      'extend',
      'Alt+W',
      async () => {
        await presence.extendWrapUp(extendedS + EXTEND_BY_S);
        extendedS += EXTEND_BY_S;
      },
      presses,
    );
  }
  const endWrapUp = () => wish('endWrapUp', 'Alt+Q', () => presence.endWrapUp());

  useShortcuts([
    {
      keys: 'Alt+R',
      label: () => t('desk.presence.ready'),
      run: () => void beReady(),
      // Whoever has just asked for a break, and thinks better of it, is still ready on this screen.
      when: () =>
        ['NOT_READY', 'WRAP_UP'].includes(state.value) ||
        (asking.busy.value && !['RINGING', 'TALKING'].includes(state.value)),
    },
    {
      keys: 'Alt+N',
      label: () => t('desk.presence.notReady'),
      run: openReasons,
      when: () => state.value !== 'SIGNED_OUT',
    },
    {
      keys: 'Alt+Q',
      label: () => t('desk.presence.endWrapUp'),
      run: () => void endWrapUp(),
      when: () => state.value === 'WRAP_UP',
    },
    {
      keys: 'Alt+W',
      label: () => t('desk.presence.extend'),
      run: extend,
      when: () => mayExtend.value,
    },
  ]);

  return {
    ...{ busy: asking.busy, reading, mayExtend, beReady, endWrapUp, extend },
    beNotReady: (reason) => wish('notReady', '', () => presence.notReady(reason), reason),
    signIn: () => wish('signIn', '', () => presence.signIn()),
    signOut: () => wish('signOut', '', () => presence.signOut()),
    withdraw: () => wish('withdraw', '', () => presence.withdrawRequest()),
  };
}
