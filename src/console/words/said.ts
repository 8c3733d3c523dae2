import { useI18n } from 'vue-i18n';

/** What the API says in both languages, in the one that is read. */
export function useSaid(): (zh: string, en: string) => string {
  const { locale } = useI18n();
  return (zh, en) => (locale.value === 'en' ? en : zh);
}
