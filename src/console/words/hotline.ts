import { type ShallowRef, shallowRef } from 'vue';
import type { AnswerOf } from '../api/answer-of.ts';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { isRefusal } from '../api/problem.ts';
import { LANGUAGES } from './kept-language.ts';
import { words } from './words.ts';

type Hotline = AnswerOf<paths['/v1/public/hotline']['get']>;
const KEPT = 'yihaotong.hotline';
const hotline = shallowRef<Hotline | null>(null);

/** What everybody may know of this town's hotline; null until it was read. */
export const useHotline = (): Readonly<ShallowRef<Hotline | null>> => hotline;

function name(number: string): void {
  for (const language of LANGUAGES)
    words.global.mergeLocaleMessage(language, { common: { hotlineNumber: number } });
}

/** From now on every page names this town's own number; as it was last, where the server does not answer. */
export async function learnHotline(): Promise<void> {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept !== null) name(kept);
  } catch {
    // A browser that keeps nothing begins with the number of nearly all towns.
  }
  try {
    hotline.value = await answer(api.GET('/v1/public/hotline'));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return;
  }
  name(hotline.value.number);
  try {
    localStorage.setItem(KEPT, hotline.value.number);
  } catch {
    // It is asked for again the next time.
  }
}
