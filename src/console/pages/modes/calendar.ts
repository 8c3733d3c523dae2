import { type Ref, shallowRef, watch } from 'vue';
import { answer, api } from '../../api/client.ts';
import { isRefusal } from '../../api/problem.ts';
import { dayOf } from '../../elements/moments.ts';
import { useAsking } from '../../elements/refusal.ts';
import type { ModeCalendar } from './shapes.ts';
import { addDays, type Holiday, holidaysOf, type Span } from './time-line.ts';

interface Shown {
  readonly span: Span;
  readonly calendar: ModeCalendar;
  readonly holidays: readonly Holiday[];
}

/** Of a working calendar no more is told at once. */
const HOLIDAYS_AT_MOST_DAYS = 399;

/** The modes from so many days before today to so many after. What comes for an earlier question is dropped. */
export function useModeCalendar(
  back: () => number,
  ahead: () => number,
  draft: () => number | null,
): {
  readonly shown: Ref<Shown | null>;
  readonly busy: Ref<boolean>;
  readonly refusal: Ref<string | null>;
  readonly read: () => Promise<void>;
} {
  const shown = shallowRef<Shown | null>(null);
  const { ask, busy, refusal } = useAsking();
  let question = 0;

  async function holidaysIn({ from, to }: Span): Promise<readonly Holiday[]> {
    const last = addDays(from, HOLIDAYS_AT_MOST_DAYS);
    try {
      const query = { from, to: to < last ? to : last };
      return holidaysOf((await answer(api.GET('/v1/calendar', { params: { query } }))).days);
    } catch (error) {
      // The modes are what the page is about.
      if (!isRefusal(error)) throw error;
      return [];
    }
  }
  async function read(): Promise<void> {
    question += 1;
    const mine = question;
    const today = dayOf(Date.now());
    const span = { from: addDays(today, -back()), to: addDays(today, ahead()) };
    const number = draft();
    busy.value = false;
    await ask(async () => {
      const query = { ...span, ...(number === null ? {} : { draft: String(number) }) };
      const [calendar, holidays] = await Promise.all([
        answer(api.GET('/v1/rules/calendar', { params: { query } })),
        holidaysIn({ from: today, to: span.to }),
      ]);
      if (mine === question) shown.value = { span, calendar, holidays };
    });
  }
  watch([back, ahead, draft], () => void read(), { immediate: true });
  return { shown, busy, refusal, read };
}
