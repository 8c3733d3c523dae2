import { useI18n } from 'vue-i18n';
import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type CallRecord = AnswerOf<paths['/v1/calls/{id}']['get']>;
type Fact = CallRecord['facts'][number];

export interface CallStep {
  readonly seq: number;
  readonly at: string;
  readonly words: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What happened in a call, in the reader's language: what concerns who waited, who talked and who ended it. */
export function useCallSteps(): (
  call: CallRecord,
  queues: ReadonlyMap<string, string>,
) => readonly CallStep[] {
  const { t, te, locale } = useI18n();
  /** One of a few names; what a later release calls otherwise is shown as it is. */
  const named = (group: string, code: unknown): string => {
    const key = `calls.${group}.${text(code)}`;
    return te(key, 'zh-CN') ? t(key) : text(code);
  };
  /** Of a call out it is a code. */
  const reasonOf = (reason: unknown): string =>
    /^[a-zA-Z]+$/.test(text(reason)) ? named('purpose', reason) : text(reason);
  return (call, queues) => {
    const legs = new Map(call.legs.map((leg) => [leg.leg, leg]));
    const who = (leg: unknown): string => {
      const known = legs.get(text(leg));
      return [known?.agentNumber, known?.number].find((one) => one != null) ?? text(leg);
    };
    const queueOf = (code: unknown): string => queues.get(text(code)) ?? text(code);
    const wordsOf = ({ type, body }: Fact): string => {
      const reason = (locale.value === 'en' ? text(body.reasonEn) : '') || reasonOf(body.reason);
      return t(`calls.steps.${type}`, {
        reason,
        who: type === 'callEnded' ? named('by', body.releasedBy) : who(body.leg),
        queue: queueOf(body.queue),
        how: named(
          type === 'queueLeft'
            ? 'left'
            : type === 'listenedIn'
              ? 'listened'
              : type === 'transferred'
                ? 'transfer'
                : 'how',
          body.how,
        ),
        why: named('held', body.why),
        to: body.how === 'queue' ? queueOf(body.to) : who(body.to),
        desk: text(body.desk),
        dialled: text(body.dialled),
        callerId: text(body.callerId),
        grade: body.grade == null ? t('calls.noGrade') : named('grade', String(body.grade)),
      });
    };
    return call.facts
      .filter(({ type }) => te(`calls.steps.${type}`, 'zh-CN'))
      .map((fact) => ({ seq: fact.seq, at: fact.at, words: wordsOf(fact) }));
  };
}
