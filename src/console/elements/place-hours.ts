import { useI18n } from 'vue-i18n';

/** When a place is open, in the reader's language. */
export function usePlaceHours(): (place: { readonly hours: string; readonly spokenHours: string }) => string {
  const { locale } = useI18n();
  return ({ hours, spokenHours }) => (locale.value === 'en' ? hours : spokenHours);
}
