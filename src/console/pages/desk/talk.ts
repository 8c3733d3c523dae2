import { computed, shallowRef, watch } from 'vue';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { couldNot } from '../../api/problem.ts';
import { type Asking, useAsking } from '../../elements/refusal.ts';
import { useLive } from '../../live/live.ts';
import { usePhone } from '../../phone/phone.ts';
import { forTarget, type Written } from './sent-along.ts';
import { TalkWishes } from './talk-wishes.ts';

type Ringing = NonNullable<
  paths['/v1/agents/me/talk/consult']['post']['requestBody']
>['content']['application/json'];
/** Somebody who can be rung. */
export type Target = Ringing['target'];
export type RingingWish = 'consult' | 'transfer' | 'invite';
type PlainWish = 'hold' | 'resume' | 'swap' | 'complete' | 'merge' | 'leave';
type PartyWish = 'mute' | 'unmute' | 'cancel' | 'accepted';
interface OfCall {
  call?: string;
}
const WISHES = [
  ...[
    'hold',
    'resume',
    'swap',
    'complete',
    'merge',
    'leave',
    'mute',
    'unmute',
    'cancel',
    'accepted',
    'remove',
  ],
  ...['digits', 'consult', 'transfer', 'invite', 'hangUp', 'pause', 'record'],
] as const;

/** What an agent asks for in his talk, each wish under its own key; how the talk stands is in the live picture. */
export function useTalk() {
  const live = useLive();
  const phone = usePhone();
  const wishes = new TalkWishes();
  // The switch tells of what was done before the answer is here: whoever then asks for the opposite is not to be told to wait.
  const asks = new Map<string, Asking>(WISHES.map((wish) => [wish, useAsking({ toast: true })]));
  // What came of this is told where the list was chosen.
  const bridging = useAsking();
  asks.set('bridge', bridging);
  const askFor = <T>(kind: string, work: () => Promise<T>): Promise<T | undefined> =>
    asks.get(kind)?.ask(work) ?? Promise.resolve(undefined);

  const call = computed(() => live.ownCall);
  const talk = computed(() => live.ownCall?.talk ?? null);
  const mine = computed(
    () => talk.value?.parties.find(({ agentId }) => agentId === live.own?.agentId) ?? null,
  );
  const talking = computed(() => live.own?.state === 'TALKING' && mine.value !== null);
  const phase = computed(() => (talking.value ? (talk.value?.phase ?? null) : null));
  const consulted = computed(() => talk.value?.parties.find(({ role }) => role === 'consulted') ?? null);

  // Without the list of who is on call: it is rung down without anybody's wish.
  const stands = computed(() => {
    if (!live.fresh || talk.value === null) return null;
    const { phase, citizen, parties, sender } = talk.value;
    return JSON.stringify([call.value?.callId, phase, citizen, parties, sender]);
  });
  watch(stands, (now) => wishes.stands(now), { immediate: true });

  /** The call that is on this screen: what is late is not done to the next citizen. */
  const ofCall = (): OfCall => (call.value === null ? {} : { call: call.value.callId });

  /** `wish` names what is wanted, in this call. */
  function under<T>(
    wish: string,
    work: (params: { header: { 'idempotency-key': string }; query: OfCall }) => Promise<T>,
  ): Promise<T | undefined> {
    const [kind = ''] = wish.split(' ');
    const name = `${call.value?.callId ?? ''} ${wish}`;
    return askFor(kind, async () => {
      const params = { header: { 'idempotency-key': wishes.keyOf(name, Date.now()) }, query: ofCall() };
      const done = await work(params).catch((error: unknown) => {
        wishes.refused(name, error, Date.now());
        throw error;
      });
      wishes.done(name);
      return done;
    });
  }

  const plain = (kind: PlainWish) =>
    under(kind, (params) => api.POST(`/v1/agents/me/talk/${kind}`, { params }));
  const ofParty = (kind: PartyWish, party?: string) =>
    under(`${kind} ${party ?? ''}`, (params) =>
      api.POST(`/v1/agents/me/talk/${kind}`, {
        params,
        body: party === undefined ? null : { party },
      }),
    );
  const remove = (party: string) =>
    under(`remove ${party}`, (params) => api.POST('/v1/agents/me/talk/remove', { params, body: { party } }));
  const digits = (keys: string) =>
    under(`digits ${Date.now()}`, (params) =>
      api.POST('/v1/agents/me/talk/digits', { params, body: { digits: keys } }),
    );
  /** Of a call about a ticket its number goes along by itself. */
  const ofOwnCall = (ticket?: string): Written => ({
    isDiscreet: false,
    ...(ticket === undefined ? {} : { ticket }),
  });
  const noted = shallowRef<{ readonly callId: string; readonly along: Written } | null>(null);
  /** What is written of this call, and of no other. */
  const along = computed<Written>(() =>
    noted.value !== null && noted.value.callId === call.value?.callId
      ? noted.value.along
      : ofOwnCall(call.value?.about?.ticket),
  );
  const note = (callId: string, of: Written): void => {
    noted.value = { callId, along: of };
  };
  /** By call, an expert's id or a number: the picture shows numbers cut. */
  const rungOut = new Map<string, string>();
  const ring = (kind: RingingWish, target: Target) => {
    if (call.value !== null && target.kind === 'number') rungOut.set(call.value.callId, target.number);
    if (call.value !== null && target.kind === 'expert') rungOut.set(call.value.callId, target.expert);
    return under(`${kind} ${JSON.stringify(target)}`, (params) =>
      api.POST(`/v1/agents/me/talk/${kind}`, {
        params,
        body: { target, ...forTarget(along.value, target.kind) },
      }),
    );
  };
  /** Which number he rang out of this call last; null: none, since this page was opened. */
  const rung = (callId: string): string | null => rungOut.get(callId) ?? null;

  /** Whoever is on call by a duty list is called into the talk. */
  const openBridge = (list: string, reason: string) =>
    under(`bridge ${list} ${reason}`, (params) =>
      answer(
        api.POST('/v1/agents/me/talk/emergency-bridge', {
          params,
          body: { list, reason, ...forTarget(along.value, 'emergency') },
        }),
      ),
    );

  /** The microphone here is silent at once; what the others hear is the switch's to say. */
  async function muteSelf(wanted: boolean): Promise<void> {
    if (wanted) phone.silence(true);
    const done = await ofParty(wanted ? 'mute' : 'unmute');
    phone.silence(done === undefined ? !wanted : wanted);
  }

  /** Ended by call control; whenever that cannot be had, this telephone puts the receiver down. */
  async function hangUp(): Promise<void> {
    await askFor('hangUp', async () => {
      const meant = call.value?.callId;
      try {
        await answer(api.POST('/v1/agents/me/release-call', { params: { query: ofCall() } }));
      } catch (error) {
        // Meanwhile the next citizen may be on it, and he is not hung up on for the one before.
        const isStillOn = phone.call === 'talks' && (call.value === null || call.value.callId === meant);
        if (!couldNot(error) || !isStillOn) throw error;
        phone.hangUpLine();
      }
    });
  }

  const pauseRecording = (reason: string) =>
    askFor('pause', () =>
      api.POST('/v1/agents/me/recording/pause', {
        params: { query: ofCall() },
        body: { reason, seconds: 60 },
      }),
    );
  const resumeRecording = () =>
    askFor('record', () => api.POST('/v1/agents/me/recording/resume', { params: { query: ofCall() } }));

  return {
    ...{ call, talk, mine, talking, phase, consulted },
    ...{ bridging, openBridge, along, note },
    ...{ plain, ofParty, remove, digits, ring, rung, muteSelf, hangUp, pauseRecording, resumeRecording },
  };
}

export type Talk = ReturnType<typeof useTalk>;
