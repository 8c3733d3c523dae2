import { acceptHMRUpdate, defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { answer, api, isWithoutSession, whenSessionEnds } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { couldNot, Problem } from '../api/problem.ts';
import { useBooks } from './books.ts';
import { forgetTypedWords, sendTypedWords } from './typed-words.ts';

type SessionAnswer = paths['/v1/session']['get']['responses'][200]['content']['application/json'];
export type Account = SessionAnswer['account'];
export type Role = Account['roles'][number];
/** The agent behind the account, with his telephone. */
export type OwnAgent = NonNullable<SessionAnswer['agent']>;

/** Who sits before this screen. */
export const useSession = defineStore('session', () => {
  const books = useBooks();
  const account = ref<Account | null>(null);
  const agent = ref<OwnAgent | null>(null);
  /** The last session ended by itself, not because somebody signed out here. */
  const ended = ref(false);
  let asked: Promise<void> | null = null;

  /** It is over by itself: the night passed, another tab signed out. */
  function over(): void {
    if (account.value === null) return;
    // First, so that whoever hears of the end knows whose doing it was.
    ended.value = true;
    account.value = null;
    agent.value = null;
  }
  whenSessionEnds(over);

  /** Resolves when it is known whether somebody is signed in. */
  function known(): Promise<void> {
    asked ??= read().catch((error: unknown) => {
      asked = null;
      // Nobody is signed in: known as well. What the server cannot say is not.
      if (!(error instanceof Problem) || couldNot(error)) throw error;
    });
    return asked;
  }

  async function read(): Promise<void> {
    const session = await answer(api.GET('/v1/session'));
    account.value = session.account;
    agent.value = session.agent;
    if (session.booksAway) await books.lost();
  }

  async function signIn(username: string, password: string): Promise<void> {
    await api.POST('/v1/session', { body: { username, password } });
    ended.value = false;
    asked = read();
    await asked;
  }

  /** False: the server has not got all that was typed, and nobody has said that he leaves all the same. */
  async function signOut(allTheSame: boolean): Promise<boolean> {
    if (!(await sendTypedWords()) && !allTheSame) return false;
    await api.DELETE('/v1/session').catch((error: unknown) => {
      // Already over. Any other refusal leaves it open: whoever goes now would leave his desk to the next at this machine.
      if (!(error instanceof Problem) || !isWithoutSession(error.code)) throw error;
    });
    if (account.value !== null) forgetTypedWords(account.value.id);
    account.value = null;
    agent.value = null;
    return true;
  }

  const roles = computed<readonly Role[]>(() => account.value?.roles ?? []);
  const has = (...wanted: readonly Role[]): boolean => wanted.some((role) => roles.value.includes(role));

  return { account, agent, ended, roles, has, known, read, over, signIn, signOut };
});

export type Session = ReturnType<typeof useSession>;

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useSession, import.meta.hot));
