import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { isRefusal, Problem } from '../api/problem.ts';
import { useLive } from '../live/live.ts';
import { whenBooksAreBack } from '../session/books.ts';
import { useSession } from '../session/session.ts';

export type PresenceRules =
  paths['/v1/presence-rules']['get']['responses'][200]['content']['application/json'];
export type HouseNotice =
  paths['/v1/knowledge-notices']['get']['responses'][200]['content']['application/json']['notices'][number];

const NOTICES_LOOKED_AT = 50;
/** Of this window: signed in once by itself; after that it is for the agent to say. */
const SIGNED_IN_ONCE = 'yihaotong.signedIn';

const RULES_HERE = 'yihaotong.presenceRules';
const isBooksAway = (error: unknown): boolean => error instanceof Problem && error.code === 'database.away';

function keepRules(rules: PresenceRules): void {
  try {
    localStorage.setItem(RULES_HERE, JSON.stringify(rules));
  } catch {
    // They are asked for again.
  }
}
function keptRules(): PresenceRules | null {
  try {
    return JSON.parse(localStorage.getItem(RULES_HERE) ?? 'null') as PresenceRules | null;
  } catch {
    // What cannot be read is as good as not kept.
    return null;
  }
}

/** What an agent asks for of his own presence. How it stands is in the live picture; nothing here says so before it does. */
export const usePresence = defineStore('presence', () => {
  const live = useLive();
  const session = useSession();
  const rules = shallowRef<PresenceRules | null>(null);
  const notices = shallowRef<readonly HouseNotice[]>([]);
  /** Critical ones in force that this agent has not read: they hold him back from being ready. */
  const mustRead = computed(() =>
    notices.value.filter(
      ({ critical, readAt, withdrawnAt, until }) =>
        critical && readAt === null && withdrawnAt === null && Date.parse(until) > Date.now(),
    ),
  );
  const state = computed(() => live.own?.state ?? null);

  /** Without the books he is told of no notice; how that stands is over the page, and nobody asked. */
  async function learn(): Promise<void> {
    const told = readNotices().catch((error: unknown) => {
      if (!isBooksAway(error)) throw error;
    });
    await Promise.all([readRules(), told]);
  }

  whenBooksAreBack(() => {
    void learn().catch((error: unknown) => {
      // Nobody asked: he is told with his next wish.
      if (!isRefusal(error)) throw error;
    });
  });

  async function readRules(): Promise<void> {
    try {
      rules.value = await answer(api.GET('/v1/presence-rules'));
      keepRules(rules.value);
    } catch (error) {
      if (!isBooksAway(error)) throw error;
      // A break is taken all the same: the reasons are the house's, and change seldom.
      rules.value ??= keptRules();
    }
  }

  async function readNotices(): Promise<void> {
    const page = await answer(
      api.GET('/v1/knowledge-notices', { params: { query: { limit: NOTICES_LOOKED_AT } } }),
    );
    notices.value = page.notices;
  }

  /** Who opens the console at the beginning of a shift is at work; who has left it, or was sent, says so himself. */
  async function signInOnOpening(): Promise<void> {
    const kept = `${SIGNED_IN_ONCE}.${session.account?.id ?? ''}`;
    if (state.value !== 'SIGNED_OUT' || sessionStorage.getItem(kept) !== null) return;
    if (live.own?.signOut?.reason === 'forced') return;
    await signIn();
    sessionStorage.setItem(kept, '1');
  }

  const signIn = () => api.POST('/v1/agents/me/sign-in', { body: null });
  const signOut = () => api.POST('/v1/agents/me/sign-out');
  const ready = () => api.POST('/v1/agents/me/ready');
  const notReady = (reason: string) => api.POST('/v1/agents/me/not-ready', { body: { reason } });
  const withdrawRequest = () => api.POST('/v1/agents/me/withdraw-request');
  const endWrapUp = () => api.POST('/v1/agents/me/end-wrap-up');
  const extendWrapUp = (extraSeconds: number) =>
    api.POST('/v1/agents/me/extend-wrap-up', { body: { extraSeconds } });
  const usePhoneOf = (kind: 'browser' | 'desk') => api.POST('/v1/agents/me/phone', { body: { kind } });

  async function read(noticeId: string): Promise<void> {
    await api.POST('/v1/knowledge-notices/{id}/receipt', { params: { path: { id: noticeId } } });
    await readNotices();
  }

  return {
    ...{ rules, notices, mustRead, state, learn, readRules, readNotices, read },
    ...{
      signInOnOpening,
      signIn,
      signOut,
      ready,
      notReady,
      withdrawRequest,
      endWrapUp,
      extendWrapUp,
      usePhoneOf,
    },
  };
});
