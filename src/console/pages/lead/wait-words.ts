import { useI18n } from 'vue-i18n';
import type { CallSeen } from '../../live/messages.ts';

type Waiting = NonNullable<CallSeen['waiting']>;

/** Why a citizen waits, as call control says it, in the reader's language; what an earlier release said is Chinese alone. */
export function useWaitWords(): {
  readonly now: (waiting: Waiting) => string;
  readonly before: (told: { readonly reason: string; readonly reasonEn?: string }) => string;
} {
  const { locale } = useI18n();
  return {
    now: ({ words, wordsEn = words }) => (locale.value === 'en' ? wordsEn : words),
    before: ({ reason, reasonEn = reason }) => (locale.value === 'en' ? reasonEn : reason),
  };
}
