export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
const KEPT = 'yihaotong.language';

/** Chinese unless this browser was told otherwise. */
export function keptLanguage(): Language {
  try {
    return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN';
  } catch {
    // A browser that keeps nothing (private window, policy) speaks Chinese.
    return 'zh-CN';
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // It holds until the page is closed.
  }
}
