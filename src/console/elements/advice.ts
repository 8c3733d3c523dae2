import { useI18n } from 'vue-i18n';

/** As the server says what is wrong with something that was written, and what would be right. */
export interface Advice {
  readonly wrong: string;
  readonly right: string;
  readonly wrongEn: string;
  readonly rightEn: string;
}

/** The same in the reader's language. */
export function useAdvice(): (advice: Advice) => { readonly wrong: string; readonly right: string } {
  const { locale } = useI18n();
  return ({ wrong, right, wrongEn, rightEn }) =>
    locale.value === 'en' ? { wrong: wrongEn, right: rightEn } : { wrong, right };
}
