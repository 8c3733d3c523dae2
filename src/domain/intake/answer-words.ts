import type { IntakeOutcome, ParkReason } from './incoming.ts';

/** Why his words wait, in the words of whoever writes to him; the rest is the clerk's matter. */
const WAITING: Partial<Record<ParkReason, string>> = {
  notText: '暂时只能受理文字，请用文字写明时间、地点和事情。',
  empty: '没有看到文字内容，请写明时间、地点和事情。',
  tooLong: '内容过长，工作人员会查看；也可分几条发送。',
  notTheirs: '在这里没有找到您名下的这个工单编号，工作人员会核对。',
  over: '该工单已结束，工作人员会查看您的留言。',
  stop: '已转工作人员处理。',
  numberOnly: '没有找到您名下待补电话的工单，工作人员会核对；反映诉求请用文字写明时间、地点和事情。',
};

export interface AnswerFacts {
  readonly outcome: IntakeOutcome;
  readonly ticketNumber: string | null;
  readonly reason: ParkReason | null;
  readonly mainNumber: string;
  /** Nobody can call him or tell him a step: no telephone stands in his ticket. */
  readonly withoutNumber: boolean;
}

/** In the very words by which a number is known as his own (`ownNumberIn`). */
const ASK_NUMBER = '为便于联系您，请回复“我的电话”加上手机号码。';

/** What is answered at once on a channel that lets us answer (5 s of WeChat); by text message the outbox says it. */
export function answerWords({
  outcome,
  ticketNumber,
  reason,
  mainNumber,
  withoutNumber,
}: AnswerFacts): string {
  const call = `${withoutNumber ? ASK_NUMBER : ''}急事请直接拨打${mainNumber}。`;
  switch (outcome) {
    case 'opened':
      return `您的诉求已受理，编号${ticketNumber}。补充情况请写上这个编号。${call}`;
    case 'joined':
      return `已记入您的诉求${ticketNumber}。${call}`;
    case 'supplemented':
      return `已补充到工单${ticketNumber}。${call}`;
    case 'parked':
      return `已收到。${(reason === null ? undefined : WAITING[reason]) ?? '工作人员会查看。'}${call}`;
    default:
      return outcome satisfies never;
  }
}

export const greetingWords = (mainNumber: string): string =>
  `您好！可直接在这里用文字反映诉求，请写明时间、地点和事情，并写上“我的电话”加手机号码。急事请拨打${mainNumber}。`;
