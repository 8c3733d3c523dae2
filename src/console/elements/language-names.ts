import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** What is none has no name, and stands as it was written. */
const WELL_FORMED = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** A language by its name in the reader's own, and not by its code: 英语, English. */
export function useLanguageNames(): (code: string) => string {
  const { locale } = useI18n();
  const names = computed(() => new Intl.DisplayNames([locale.value], { type: 'language', fallback: 'code' }));
  return (code) => (WELL_FORMED.test(code) ? (names.value.of(code) ?? code) : code);
}
