import { ElMessage } from 'element-plus';
import { type Ref, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { Problem, Unreachable } from '../api/problem.ts';
import { keyWaits } from '../keyboard/waiting-keys.ts';
import { useBooks } from '../session/books.ts';

/** What the page calls the field that the API calls so: `body.entries.0.lead`; null: nothing else. */
export type NamedField = (field: string) => string | null;

/** What a refusal says to the one who caused it, in his language, and what can be done. */
export function useRefusalWords(named: NamedField = () => null): (error: unknown) => string {
  const { t, locale } = useI18n();
  return (error) => {
    if (error instanceof Unreachable) return t('common.problem.unreachable');
    if (!(error instanceof Problem)) throw error;
    const { title, titleEn, errors = [] } = error.document;
    const isEnglish = locale.value === 'en';
    const fields = errors.map(
      ({ field, message, messageEn }) => `${named(field) ?? field} ${isEnglish ? messageEn : message}`,
    );
    const said = isEnglish ? titleEn : title;
    const what =
      fields.length === 0 ? said : `${said}${t('common.colon')}${fields.join(t('common.semicolon'))}`;
    const again =
      error.retryAfterS === null
        ? ''
        : `${t('common.semicolon')}${t('common.problem.retryIn', { seconds: error.retryAfterS })}`;
    return `${what}${again}`;
  };
}

/** What stands over the page for as long as the books are away is not covered by what goes by. */
const BELOW_BANNER_PX = 76;

export interface Asking {
  readonly busy: Ref<boolean>;
  /** The last refusal in words, until the next try. */
  readonly refusal: Ref<string | null>;
  /** Runs once at a time; the value, or undefined when it was refused or is under way, which whoever pressed a key is told. */
  readonly ask: <T>(work: () => Promise<T>) => Promise<T | undefined>;
}

/** One button, one request: busy meanwhile, the refusal in words beside it. What is no refusal is a defect and is thrown. */
export function useAsking(options: AskingOptions = {}): Asking {
  return useAskings(options)();
}

/** The same for as many buttons as come. */
export function useAskings(options: AskingOptions = {}): () => Asking {
  const wordsOf = useRefusalWords(options.named);
  const books = useBooks();
  return () => askingBy(wordsOf, books, options);
}

interface AskingOptions {
  readonly toast?: boolean;
  readonly named?: NamedField;
}

function askingBy(
  wordsOf: (error: unknown) => string,
  books: ReturnType<typeof useBooks>,
  options: AskingOptions,
): Asking {
  const busy = ref(false);
  const refusal = ref<string | null>(null);
  return {
    busy,
    refusal,
    async ask(work) {
      if (busy.value) {
        keyWaits();
        return undefined;
      }
      busy.value = true;
      refusal.value = null;
      try {
        return await work();
      } catch (error) {
        refusal.value = wordsOf(error);
        if (options.toast === true) {
          const below = books.away ? { offset: BELOW_BANNER_PX } : {};
          ElMessage({ type: 'error', message: refusal.value, showClose: true, grouping: true, ...below });
        }
        return undefined;
      } finally {
        busy.value = false;
      }
    },
  };
}
