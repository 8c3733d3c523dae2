import { overflowInEnglish } from '../hotlines/overflow-words.ts';
import { type Frame, readInEnglish } from '../hotlines/said-twice.ts';
import { wayInEnglish } from '../hotlines/way-words.ts';
import { choiceInEnglish } from '../routing/choice-words.ts';

/** What a call's step gives as its reason where neither the rules nor the router do. A frame that another begins with stands after it. */
export const CALL_REASONS = {
  surveyToPerson: () => ({ zh: '自动回访转人工', en: 'asked for a person in an automatic return visit' }),
  answeredByKey: () => ({
    zh: '话务员按键接听，话机自动接起',
    en: 'the agent answered by key: the telephone picks up by itself',
  }),
  notConnected: () => ({ zh: '接通失败，优先重排', en: 'could not be connected: first in line again' }),
  fallbackRang: () => ({ zh: '备用队列', en: 'the spare queue' }),
  fallback: () => ({
    zh: '呼叫控制不可用，由备用队列受理',
    en: 'call control was away: the spare queue took the call',
  }),
  takenOver: () => ({ zh: '呼叫控制重启，重新接管', en: 'call control began anew and took the call up' }),
  takenBack: () => ({
    zh: '呼叫控制恢复，从备用队列接回，保留位置',
    en: 'call control is back: taken from the spare queue in the same place',
  }),
  rescued: () => ({ zh: '呼叫处理出错，转人工', en: 'the call could not be handled: to a person' }),
  noMessage: () => ({ zh: '无法留言，转人工', en: 'no message could be left: to a person' }),
  placeLost: () => ({ zh: '排队位置丢失，优先重排', en: 'the place was lost: first in line again' }),
  deskGone: (desk: string) => ({ zh: `专席 ${desk} 已撤销`, en: `desk ${desk} is no more` }),
  untold: () => ({
    zh: '告知语未能播放，转人工',
    en: 'what was to be told could not be played: to a person',
  }),
  eased: (seconds: string, skills: string) => ({
    zh: `${seconds} 秒内没有具备 ${skills} 的话务员签入，改由其他话务员受理`,
    en: `nobody with ${skills} was signed in within ${seconds} s: others take the call as well`,
  }),
  unitBack: () => ({ zh: '承办单位未接听，转回12345', en: 'the unit did not answer: back to 12345' }),
  centreBack: () => ({
    zh: '分中心未接听，转回12345',
    en: 'the other centre did not answer: back to 12345',
  }),
  bridge: (list: string) => ({ zh: `应急会商 ${list}`, en: `emergency bridge ${list}` }),
  transferred: () => ({ zh: '话务员转接', en: 'transferred by the agent' }),
  transferCancelled: () => ({
    zh: '转接已取消，优先重新接入',
    en: 'the transfer was called off: first in line again',
  }),
  transferNotTaken: () => ({
    zh: '转接无人接听，优先重新接入',
    en: 'nobody took the transfer: first in line again',
  }),
  returned: () => ({
    zh: '转接无人接听，退回转出的话务员',
    en: 'nobody took the transfer: back to the agent who gave the call away',
  }),
  cutOff: () => ({ zh: '通话中断，优先重新接入', en: 'the talk was cut off: first in line again' }),
  notJoined: () => ({ zh: '接通失败，优先重新接入', en: 'could not be joined: first in line again' }),
  rejoined: () => ({
    zh: '话机中断，重新呼叫原话务员',
    en: 'the telephone was cut off: its agent is rung again',
  }),
  calledByAgent: (number: string) => ({ zh: `座席 ${number} 呼出`, en: `called by agent ${number}` }),
  askedFor: (number: string) => ({ zh: `座席 ${number}`, en: `agent ${number} was asked for` }),
  longestIdle: (queue: string) => ({ zh: `${queue}：最长空闲`, en: `${queue}: idle longest` }),
  ownCall: () => ({ zh: '话务员主动外呼', en: 'the agent calls out' }),
} as const satisfies Readonly<Record<string, Frame>>;

/** Of these the reason is the machine's own; of all others a person may have written it, and it stays as he did. */
export const OWN_REASON_OF: ReadonlySet<string> = new Set([
  'queueEntered',
  'legRang',
  'farewell',
  'askEased',
]);

/** The reason of a call's step as it is read in English, names as they are; null: a person wrote it. */
export function callReasonInEnglish(reason: string): string | null {
  return (
    choiceInEnglish(reason) ??
    overflowInEnglish(reason) ??
    wayInEnglish(reason) ??
    readInEnglish(CALL_REASONS, reason)
  );
}
