import { useI18n } from 'vue-i18n';
import type { FailedWork, FailingRound } from './jobs.ts';

/** What a piece of work is, in words that whoever looks after it knows. */
export function useWorkWords() {
  const { t, te } = useI18n();
  return {
    /** `20261126-0012 市民时钟 80%`, `20261126-0012 签收`: which mark of which ticket. */
    whatOf({ mark, what }: FailedWork): string {
      if (mark === null) return what;
      const { ticket, clock, kind, level } = mark;
      if (clock === 'stage') {
        const stage = te(`tickets.stage.${kind}`) ? t(`tickets.stage.${kind}`) : kind;
        return `${ticket} ${t('jobs.stageMark', { stage })} ${level}%`;
      }
      return `${ticket} ${t(`tickets.clock.${clock}`)} ${level}%`;
    },
    /** A round of a later release is called as it calls itself. */
    roundOf: ({ name }: FailingRound): string => (te(`jobs.round.${name}`) ? t(`jobs.round.${name}`) : name),
  };
}
