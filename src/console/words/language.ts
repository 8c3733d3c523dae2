import { computed, type WritableComputedRef } from 'vue';
import { keepLanguage, type Language } from './kept-language.ts';
import { words } from './words.ts';

/** The language of this browser's console; setting it changes every word on the page at once. */
export function useLanguage(): { readonly language: WritableComputedRef<Language> } {
  const { locale } = words.global;
  const language = computed<Language>({
    get: () => (locale.value === 'en' ? 'en' : 'zh-CN'),
    set: (chosen) => {
      locale.value = chosen;
      document.documentElement.lang = chosen;
      keepLanguage(chosen);
    },
  });
  return { language };
}
