// Languages are written as in BCP 47: `zh-CN`, `en`, `en-GB`, `yue`.

/** Of the product's own prompts. */
export const DEFAULT_LANGUAGE = 'zh-CN';

/** Without region or script: `en` of `en-GB`. */
export const primaryOf = (language: string): string => language.split('-', 1)[0]?.toLowerCase() ?? '';

export const isSameLanguage = (a: string, b: string): boolean => primaryOf(a) === primaryOf(b);

/** Whether who speaks `language` is meant by `wanted`: English by `en`, but not everybody by `en-GB`. */
export const isMeantBy = (language: string, wanted: string): boolean =>
  language.toLowerCase() === wanted.toLowerCase() || primaryOf(language) === wanted.toLowerCase();

/** The best of those that there are for who speaks `language`; null: none, the usual one is heard. */
export const bestOf = (there: readonly string[], language: string): string | null =>
  there.find((one) => one.toLowerCase() === language.toLowerCase()) ??
  there.find((one) => isSameLanguage(one, language)) ??
  null;

/** What the generated voice speaks; a prompt in another language is recorded. */
export const VOICE_LANGUAGES: ReadonlySet<string> = new Set([
  ...['zh', 'yue', 'ug', 'kk', 'ky', 'ko', 'vi', 'my'],
  ...['en', 'ru', 'ja', 'fr', 'de', 'es', 'ar'],
]);
export const hasVoice = (language: string): boolean => VOICE_LANGUAGES.has(primaryOf(language));
