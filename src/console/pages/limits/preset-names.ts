import { useI18n } from 'vue-i18n';
import type { LimitPreset } from './shapes.ts';

/** What limits are called, and on what they rest, in the reader's language: of the program's own so, else as a county wrote it. */
export function usePresetNames(presets: () => readonly LimitPreset[]): {
  readonly called: (name: string) => string;
  readonly rests: (basis: string) => string;
} {
  const { locale } = useI18n();
  const english = (of: (preset: LimitPreset) => readonly [zh: string, en: string]) => (words: string) => {
    if (locale.value !== 'en') return words;
    return (
      presets()
        .map(of)
        .find(([zh]) => zh === words)?.[1] ?? words
    );
  };
  return {
    called: english(({ content, nameEn }) => [content.name, nameEn]),
    rests: english(({ content, basisEn }) => [content.basis, basisEn]),
  };
}
