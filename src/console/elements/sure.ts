import { ElMessageBox } from 'element-plus';
import { useI18n } from 'vue-i18n';

interface Sure {
  /** False: he thought better of it. `deed`: what the button says that does it. */
  readonly isSure: (words: string, deed: string) => Promise<boolean>;
  /** Before a click throws away what somebody has typed; asked only where there is something. */
  readonly mayDrop: (isTyped: boolean, deed: string) => Promise<boolean>;
}

/** What cannot be taken back is asked once more. */
export function useSure(): Sure {
  const { t } = useI18n();
  const isSure: Sure['isSure'] = (words, deed) =>
    ElMessageBox.confirm(words, deed, {
      confirmButtonText: deed,
      cancelButtonText: t('common.cancel'),
    }).then(
      () => true,
      () => false,
    );
  return {
    isSure,
    mayDrop: async (isTyped, deed) => !isTyped || (await isSure(t('common.dropSure'), deed)),
  };
}
