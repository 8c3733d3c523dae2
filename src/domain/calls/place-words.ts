import type { PlacePrompt } from '../ivr/queue-prompts.ts';
import {
  type SaidAhead,
  type SaidMinutes,
  sayAhead,
  sayWait,
  UNTOLD_UNDER_MS,
} from '../routing/said-wait.ts';
import type { Call, Waiting } from './call.ts';
import type { CallContext, QueueRules } from './call-context.ts';
import type { PlaceTold } from './told-in-queue.ts';

/** After joining: the greeting is over, and an agent who is idle has been found by then. */
export const FIRST_LOOK_MS = 5_000;
/** Nothing was to be said: it is looked at again, and said as soon as there is. */
const LOOK_AGAIN_MS = 15_000;

const NOTHING_TOLD: PlaceTold = { nextMs: 0, ahead: null, wait: null };

/** When his place is looked at; null: nobody asks for it at this desk. */
export function placeDueMs({ place, comfortedMs }: Waiting, rules: QueueRules): number | null {
  const isAsked = rules.tellsPlace || (rules.callback ?? null)?.aboveEstimateMs != null;
  return isAsked ? (place?.nextMs ?? comfortedMs + FIRST_LOOK_MS) : null;
}

/** What is new of his place and his wait, and the room for what he was told. No prompts: there is nothing to say. */
export function lookAtPlace(
  call: Call,
  waiting: Waiting,
  context: CallContext,
): { readonly place: PlaceTold; readonly prompts: readonly string[] } {
  const { nowMs } = context;
  const { tellsPlace, placeEveryMs } = context.queueRules(waiting.queue);
  const told = waiting.place ?? NOTHING_TOLD;
  const again = (nextMs: number) => ({ place: { ...told, nextMs }, prompts: [] });
  const line = context.inLine?.(call.id) ?? null;
  if (!tellsPlace || line === null) return again(nowMs + LOOK_AGAIN_MS);
  const { ahead, estimate } = line;
  if (estimate.kind === 'credible') {
    if (estimate.waitMs < UNTOLD_UNDER_MS) return again(nowMs + LOOK_AGAIN_MS);
  } else {
    // Nobody knows how long it will be: short it is not once he has waited that long.
    const enteredMs = waiting.hops?.[0]?.sinceMs ?? waiting.sinceMs;
    if (nowMs < enteredMs + UNTOLD_UNDER_MS) return again(enteredMs + UNTOLD_UNDER_MS);
  }
  const place = sayAhead(told.ahead, ahead);
  const wait = estimate.kind === 'credible' ? sayWait(told.wait, estimate.waitMs, nowMs) : null;
  if (place === null && wait === null) return again(nowMs + LOOK_AGAIN_MS);
  const language = languageOf(call);
  return {
    place: { nextMs: nowMs + placeEveryMs, ahead: place ?? told.ahead, wait: wait ?? told.wait },
    prompts: [
      ...(place === null ? [] : [waitingPrompt({ ahead: place }, language)]),
      ...(wait === null ? [] : [waitingPrompt({ minutes: wait.minutes }, language)]),
    ],
  };
}

type SpokenLanguage = 'zh' | 'en';
type Told = { readonly ahead: SaidAhead } | { readonly minutes: SaidMinutes };

/** The compiler sees to it that every number that is said has its sentence. */
export function waitingPrompt(told: Told, language: SpokenLanguage): PlacePrompt | `${PlacePrompt}-en` {
  const name: PlacePrompt =
    'ahead' in told ? (`queue-ahead-${told.ahead}` as const) : (`queue-wait-${told.minutes}` as const);
  return language === 'en' ? `${name}-en` : name;
}

const languageOf = ({ caller }: Call): SpokenLanguage =>
  caller?.language != null && /^en(-|$)/i.test(caller.language) ? 'en' : 'zh';
