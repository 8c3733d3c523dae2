import { useI18n } from 'vue-i18n';
import type { LimitPreset } from './shapes.ts';

/** What limits are called in the reader's language, where they are called as the program brought them; else as a county wrote. */
export function usePresetNames(presets: () => readonly LimitPreset[]): (name: string) => string {
  const { t, te } = useI18n();
  return (name) => {
    const code = presets().find(({ content }) => content.name === name)?.code;
    const key = `limits.presetNames.${code ?? ''}`;
    return code !== undefined && te(key) ? t(key) : name;
  };
}
