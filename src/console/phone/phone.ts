import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { answer, api } from '../api/client.ts';
import { isRefusal, Problem } from '../api/problem.ts';
import { useLive } from '../live/live.ts';
import { useSession } from '../session/session.ts';
import { CallEar } from './call-ear.ts';
import { putDeadTalkDown } from './dead-talk.ts';
import {
  closeStream,
  type MicrophoneNow,
  NoMicrophone,
  onDevicesChange,
  openMicrophone,
  tryMicrophone,
} from './microphone.ts';
import type { CallQuality } from './opinion.ts';
import { type Holding, PhoneTab } from './phone-tab.ts';
import { reportQuality } from './quality-report.ts';
import { type LineNow, type SipAccount, SipPhone } from './sip-phone.ts';

/** After a refusal the account is read again and tried, later each time: a secret may have been changed. */
const AGAIN_MS = [3_000, 10_000, 30_000, 60_000] as const;

/**
 * The telephone in this browser. It says whether it is registered, whether it rings and carries sound; whom the agent
 * talks with, and how, is in the live picture and nowhere else.
 */
export const usePhone = defineStore('phone', () => {
  const session = useSession();
  const live = useLive();
  const holding = ref<Holding>('asking');
  const line = shallowRef<LineNow>({ kind: 'off' });
  const call = ref<'none' | 'rings' | 'talks'>('none');
  const microphone = ref<MicrophoneNow>('unknown');
  const soundBlocked = ref(false);
  const quality = shallowRef<CallQuality | null>(null);
  /** The sound of the call comes and goes. */
  const carried = ref(true);
  const ear = new CallEar({
    blocked: (blocked) => {
      soundBlocked.value = blocked;
    },
    quality: (now) => {
      quality.value = now;
    },
  });
  reportQuality(() => ear.take());
  /** Whose telephone this tab is. */
  let owner: string | null = null;
  let tab: PhoneTab | null = null;
  let sip: SipPhone | null = null;
  let mouth: MediaStream | null = null;
  /** The key was pressed, the microphone is being opened. */
  let answering = false;
  /** His session ended in the middle of a talk: the citizen is not cut off for that, and no further call comes here. */
  const leaving = ref(false);
  let again = 0;
  let tries = 0;
  /** The call that is to be picked up as soon as it rings here. */
  let wanted: string | null = null;
  let leaveDevices: (() => void) | null = null;

  /** Which of the agent's telephones calls come to. */
  const kind = computed(() => live.own?.phoneKind ?? session.agent?.phone.kind ?? null);
  const registered = computed(() => line.value.kind === 'registered');
  /** The agent wants his calls here from now on: the switch must find this telephone before it agrees. */
  const moving = ref(false);

  /** From the first page of an agent on, until he signs out of the console. */
  function open(agentId: string): void {
    if (owner === agentId) return;
    close();
    owner = agentId;
    leaveDevices = onDevicesChange(() => void lookAtMicrophone());
    tab = new PhoneTab(agentId, (now) => {
      holding.value = now;
      if (now === 'here') void lookAtMicrophone();
      void follow();
    });
  }

  function close(): void {
    owner = null;
    leaving.value = false;
    leaveDevices?.();
    leaveDevices = null;
    tab?.close();
    tab = null;
    holding.value = 'asking';
    hangUpLine();
    drop();
  }

  // At once, whoever ends the session and however: the next one at this desk must not be rung for the one before.
  watch(
    () => session.account?.id ?? null,
    (id) => {
      leaving.value = owner !== null && id === null && session.ended && call.value === 'talks';
      if (owner !== null && id !== owner && !leaving.value) close();
    },
    { flush: 'sync' },
  );

  // The network is back, as the other socket has found: this one is looked for now, and asked whether it is alive.
  watch(
    () => live.line,
    (now) => {
      if (now === 'open' && line.value.kind !== 'refused') sip?.tryAgain();
    },
  );
  putDeadTalkDown(live, () => call.value === 'talks', hangUpLine);

  /** Registers where calls come to this browser and this tab is its telephone; else not. */
  async function follow(): Promise<void> {
    if (leaving.value) return;
    const here = holding.value === 'here' && (kind.value === 'browser' || moving.value);
    if (!here) {
      drop();
      return;
    }
    if (sip === null && line.value.kind === 'off') await register();
  }

  async function register(): Promise<void> {
    window.clearTimeout(again);
    line.value = { kind: 'connecting' };
    try {
      const started = await SipPhone.start(await ownAccount(), {
        line: lineIs,
        call: callIs,
        sound: (heard) => ear.hear(heard, () => sip?.connection ?? null),
        carried: (now) => {
          carried.value = now;
        },
      });
      // Given up meanwhile.
      if (holding.value !== 'here') started.stop();
      else sip = started;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      lineIs({ kind: 'refused', cause: error instanceof Problem ? error.code : 'unreachable' });
    }
  }

  async function ownAccount(): Promise<SipAccount> {
    const phone = await answer(
      api.PUT('/v1/agents/me/phones/{kind}', { params: { path: { kind: 'browser' } } }),
    );
    const socket = new URL('/sip', location.href);
    socket.protocol = socket.protocol === 'https:' ? 'wss:' : 'ws:';
    return {
      socketAddress: socket.href,
      uri: phone.sipAddress.replace(/:\d+$/, ''),
      secret: phone.secret,
    };
  }

  function lineIs(now: LineNow): void {
    line.value = now;
    if (now.kind === 'registered') tries = 0;
    if (now.kind !== 'refused') return;
    const pause = AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] ?? 60_000;
    tries += 1;
    window.clearTimeout(again);
    again = window.setTimeout(() => void retry(), pause);
  }

  /** Registers, though calls go elsewhere still; `taken`: they come here now, or it was not to be. */
  async function offerItself(): Promise<void> {
    moving.value = true;
    await follow();
  }

  function taken(): void {
    moving.value = false;
    void follow();
  }

  /** Begins anew, with what the account says by now. */
  async function retry(): Promise<void> {
    if (call.value !== 'none') {
      sip?.tryAgain();
      return;
    }
    drop();
    await follow();
  }

  function drop(): void {
    window.clearTimeout(again);
    sip?.stop();
    sip = null;
    line.value = { kind: 'off' };
  }

  function callIs(now: 'none' | 'rings' | 'talks'): void {
    call.value = now;
    // A ring after a talk that was lost: nothing of that one is spoken into any more.
    if (now !== 'talks') {
      closeStream(mouth);
      mouth = null;
    }
    if (now === 'rings' && wanted !== null && wanted === live.own?.callId) void pickUp();
    wanted = null;
    if (now === 'none') quality.value = null;
    if (leaving.value && now !== 'talks') close();
  }

  async function lookAtMicrophone(): Promise<void> {
    // While it is in use its own track tells; trying it then would blink the headset's lamp.
    if (call.value !== 'talks') microphone.value = await tryMicrophone();
    else if (mouth?.getAudioTracks().some(({ readyState }) => readyState === 'live') !== true)
      await speakAnew();
  }

  /** The headset was pulled out in the middle of a talk: whatever microphone there is takes its place. */
  async function speakAnew(): Promise<void> {
    const stream = await microphoneNow();
    if (stream === null) return;
    closeStream(mouth);
    mouth = stream;
    await sip?.speak(stream);
  }

  async function microphoneNow(): Promise<MediaStream | null> {
    try {
      const stream = await openMicrophone();
      microphone.value = 'there';
      return stream;
    } catch (error) {
      if (!(error instanceof NoMicrophone)) throw error;
      microphone.value = error.why;
      return null;
    }
  }

  /** Picks up; what the switch has told of already and rings here only in a moment, then. False: no microphone, it rings on. */
  async function pickUp(): Promise<boolean> {
    const { own } = live;
    if (call.value === 'none' && own?.state === 'RINGING') wanted = own.callId;
    if (call.value !== 'rings' || answering) return true;
    answering = true;
    const stream = await microphoneNow().finally(() => {
      answering = false;
    });
    if (stream === null) return false;
    if (call.value !== 'rings' || mouth !== null) {
      closeStream(stream);
      return true;
    }
    mouth = stream;
    sip?.answer(stream);
    return true;
  }

  /** The microphone here is silent, whatever the switch does. */
  function silence(silent: boolean): void {
    for (const track of mouth?.getAudioTracks() ?? []) track.enabled = !silent;
  }

  /** Only where call control cannot be asked: it ends the talk by itself. */
  function hangUpLine(): void {
    sip?.hangUp();
  }

  function takeOver(): void {
    tab?.takeOver();
  }

  const allowSound = (): void => ear.allow();

  return {
    ...{ holding, line, call, microphone, soundBlocked, quality, carried, leaving, kind, registered },
    ...{ open, close, follow, retry, offerItself, taken, lookAtMicrophone, speakAnew },
    ...{ pickUp, silence, hangUpLine, takeOver, allowSound },
  };
});
