import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './contract.ts';
import { isProblemDocument, Problem, Unreachable } from './problem.ts';

const ANSWER_WITHIN_MS = 20_000;

/** Whoever wants to know that the session has ended (another tab signed out, the night passed). */
const onSessionEnd = new Set<() => void>();
export function whenSessionEnds(tell: () => void): () => void {
  onSessionEnd.add(tell);
  return () => onSessionEnd.delete(tell);
}
/** Whoever wants to know that something was refused because the server has no books: the database is away, or seemed to be. */
const onBooksAway = new Set<() => Promise<void>>();
export function whenBooksAway(tell: () => Promise<void>): () => void {
  onBooksAway.add(tell);
  return () => onBooksAway.delete(tell);
}
/** The refusals that say: nobody is signed in. */
export const isWithoutSession = (code: string): boolean =>
  ['session.missing', 'session.invalid'].includes(code);

const READINESS = '/readyz';

/** Every refusal is thrown as what it is, so that a caller who forgets to look does not go on as if all were well. */
const refusals: Middleware = {
  async onResponse({ response, schemaPath }) {
    // How the server stands it says also by its status; that is the answer, and no refusal.
    if (response.ok || schemaPath === READINESS) return;
    const document = await response
      .clone()
      .json()
      .catch(() => null);
    if (!isProblemDocument(document))
      throw new Unreachable(new Error(`status ${response.status} without a problem`));
    if (isWithoutSession(document.code)) for (const tell of onSessionEnd) tell();
    if (document.code === 'database.away') await Promise.all([...onBooksAway].map((tell) => tell()));
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    throw new Problem(document, Number.isFinite(retryAfter) ? retryAfter : null);
  },
  onError({ error }) {
    return new Unreachable(error);
  },
};

/** The API, typed by its contract. Throws `Problem` or `Unreachable`. */
export const api = createClient<paths>({
  baseUrl: '/',
  fetch: (request) => fetch(request, { signal: withLimit(request.signal) }),
});
api.use(refusals);

function withLimit(given: AbortSignal): AbortSignal {
  return AbortSignal.any([given, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
}

/** The answer's body of a request that went well. */
export async function answer<T>(asked: Promise<{ readonly data?: T }>): Promise<NonNullable<T>> {
  const { data } = await asked;
  if (data === undefined || data === null) throw new Unreachable(new Error('an answer without a body'));
  return data;
}
