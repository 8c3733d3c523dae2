import { createI18n } from 'vue-i18n';
import { AREAS } from '../areas.ts';
import { HOUSE_WORDS } from './house-words.ts';
import { keptLanguage } from './kept-language.ts';
import type { WordTable, WordTree } from './word-table.ts';

const tables = (language: keyof WordTable): Record<string, WordTree> => ({
  common: HOUSE_WORDS[language],
  ...Object.fromEntries(AREAS.map((area) => [area.code, area.words[language]])),
});

export const words = createI18n({
  legacy: false,
  locale: keptLanguage(),
  fallbackLocale: 'zh-CN',
  // A defect, and told as one: a test before a browser ends with none.
  missing: (_language, key) => {
    reportError(new Error(`there is no word for ${key}`));
    return key;
  },
  messages: { 'zh-CN': tables('zh-CN'), en: tables('en') },
});
document.documentElement.lang = words.global.locale.value;
