import { useI18n } from 'vue-i18n';
import { momentOf, useSpans } from '../../elements/moments.ts';

/** One clock of a ticket. */
export interface Clock {
  readonly startsAt: string | null;
  readonly dueAt: string | null;
  /** When it was over; null: it runs. */
  readonly endedAt: string | null;
}
export interface DueShown {
  readonly level: 'fine' | 'soon' | 'late' | 'over';
  readonly sign: string;
  readonly words: string;
  readonly moment: string;
}
const WARNED_FROM = 0.8;

/** How much time is left of a clock: by a sign and words, the colour only beside them. Null: it has no limit. */
export function useDue(): (clock: Clock, now: number) => DueShown | null {
  const { t } = useI18n();
  const span = useSpans();
  return ({ startsAt, dueAt, endedAt }, now) => {
    if (dueAt === null) return null;
    const due = Date.parse(dueAt);
    const moment = momentOf(dueAt);
    const at = endedAt === null ? now : Date.parse(endedAt);
    if (endedAt !== null) {
      return at <= due
        ? { level: 'over', sign: '✓', words: t('tickets.due.inTime'), moment }
        : { level: 'late', sign: '!', words: t('tickets.due.wasLate', { span: span(at - due) }), moment };
    }
    if (at > due) {
      return { level: 'late', sign: '!', words: t('tickets.due.late', { span: span(at - due) }), moment };
    }
    const begun = startsAt === null ? due : Date.parse(startsAt);
    const used = due === begun ? 1 : (at - begun) / (due - begun);
    const words = t('tickets.due.left', { span: span(due - at) });
    return used >= WARNED_FROM
      ? { level: 'soon', sign: '◔', words, moment }
      : { level: 'fine', sign: '', words, moment };
  };
}
