import type { ExitReason } from '../ivr/course.ts';
import { REFUSALS } from '../restrictions/refusals.ts';
import { type Frame, readInEnglish, type Said } from './said-twice.ts';

/** Why a call goes where its number leads it (RD-04 to RD-08). */
export const WAYS = {
  unregistered: () => ({
    zh: '号码未登记，由总席受理',
    en: 'a number that is not registered: the general desk takes it',
  }),
  transitionOver: () => ({
    zh: '过渡期已满，由总席受理',
    en: 'its transition is over: the general desk takes it',
  }),
  endTold: (day: string) => ({
    zh: `过渡期于 ${day} 届满，按规则播报后结束`,
    en: `its transition ended on ${day}: it is told so`,
  }),
  main: () => ({ zh: '主号码，由总席受理', en: 'the main number' }),
  forwarded: () => ({ zh: '呼叫转移号码，由总席受理', en: 'a number that is forwarded here' }),
  transition: () => ({ zh: '过渡期内号码，由总席受理', en: 'a number in its transition' }),
  merged: () => ({
    zh: '号码已并入主号码，由总席受理',
    en: 'a number that was merged: the general desk takes it',
  }),
  offHours: (hours: string) => ({
    zh: `不在专席受理时间（${hours}），由总席受理`,
    en: 'outside the hours of its desk: the general desk takes it',
  }),
  dedicated: () => ({ zh: '专席受理号码，由专席受理', en: 'a number with its own desk' }),
  noUnit: () => ({
    zh: '并行号码未登记承办单位电话，由12345受理',
    en: 'no telephone of the unit is registered',
  }),
  unitSentBack: () => ({ zh: '承办单位已将来电转回，由12345受理', en: 'the unit sent the call back' }),
  unitFirst: (name: string) => ({
    zh: `双号并行，先接 ${name}`,
    en: `parallel numbers: ${name} is rung first`,
  }),
  noCentre: () => ({
    zh: '分中心号码没有可用的分中心地址，由12345受理',
    en: 'no address of the other centre can be used',
  }),
  centreSentBack: () => ({
    zh: '分中心已将来电转回，由12345受理',
    en: 'the other centre sent the call back',
  }),
  centre: (name: string) => ({ zh: `设分中心，转 ${name}`, en: `a number of another centre: ${name}` }),
  unplanned: () => ({
    zh: '规则无法应用，由总席受理',
    en: 'the rules could not be applied: the general desk takes it',
  }),
} as const satisfies Readonly<Record<string, Frame>>;

/** On top of one of them, where the rules name a desk that is not there. */
export const deskMissing = (why: string, desk: string): string => `${why}；专席 ${desk} 不存在，改由总席受理`;
export const deskMissingEnglish = (why: string, desk: string): string =>
  `${why}; there is no desk ${desk}, the general desk takes it`;

/** Why a menu let a caller go. */
export const MENU_EXITS: Readonly<Record<ExitReason, Said>> = {
  chosen: { zh: '按键选择', en: 'the key that was pressed' },
  condition: { zh: '符合条件', en: 'its condition holds' },
  announced: { zh: '播报完毕', en: 'all was played' },
  wrong: { zh: '按键有误', en: 'wrong keys' },
  nothing: { zh: '没有按键', en: 'no key' },
  personAsked: { zh: '要求人工', en: 'a person was asked for' },
  ticketTold: { zh: '已告知工单进度', en: 'the progress of the ticket was told' },
  ticketNotFound: { zh: '没有查到工单', en: 'no ticket was found' },
  lookupFailed: { zh: '工单暂时无法查询', en: 'tickets cannot be looked up now' },
  tooManySteps: { zh: '步数过多', en: 'too many steps' },
  broken: { zh: '菜单不完整', en: 'the menu is incomplete' },
};
export const byMenu = (exit: ExitReason): Said => ({
  zh: `菜单：${MENU_EXITS[exit].zh}`,
  en: `by the menu: ${MENU_EXITS[exit].en}`,
});

/** Why a call went its way, from the words in the books; null: these are none of them. */
export function wayInEnglish(words: string): string | null {
  const menu = Object.entries(MENU_EXITS).find(
    // A release before this one wrote the code alone.
    ([code, { zh }]) => words === `菜单：${zh}` || words === `菜单：${code}`,
  );
  if (menu !== undefined) return `by the menu: ${menu[1].en}`;
  const [, why, desk] = new RegExp(`^${deskMissing('(.+)', '(.+?)')}$`).exec(words) ?? [];
  if (why !== undefined && desk !== undefined) {
    return deskMissingEnglish(readInEnglish(WAYS, why) ?? why, desk);
  }
  return readInEnglish(WAYS, words) ?? readInEnglish(REFUSALS, words);
}
