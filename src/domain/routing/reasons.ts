import type { SkillNeed } from '../skills/skills.ts';
import type { NotCredible } from './cadence.ts';
import type { InLine } from './estimate.ts';
import { CUT_OFF, PRIORITIES } from './rank.ts';
import { AHEAD_AT_MOST, saidMinutes } from './said-wait.ts';

/** Why a call still waits. `agentId`: for whom it is kept. */
export type WhyWaiting =
  | { readonly kind: 'keptForAgent'; readonly agentId: string }
  | { readonly kind: 'nobodySignedIn' }
  | { readonly kind: 'nobodyWithSkill'; readonly required: readonly SkillNeed[] }
  | { readonly kind: 'allBusy'; readonly present: number };

/** Why this agent, and why this caller. */
export interface Choice {
  readonly queue: string;
  /** The caller's own queue; another one after an overflow. */
  readonly home: string;
  /** What the agent can do and the caller asked for, preferences included. */
  readonly skilled: readonly SkillNeed[];
  readonly kept: boolean;
  readonly idleSinceMs: number;
  readonly waitingSinceMs: number;
  readonly priority: number;
}

const skillWords = (needs: readonly SkillNeed[]): string =>
  needs.map(({ skill, least }) => (least === 1 ? skill : `${skill}≥${least}`)).join('、');

export function choiceWords(choice: Choice, nowMs: number): string {
  const { queue, home, skilled, kept, idleSinceMs, waitingSinceMs, priority } = choice;
  const seconds = (sinceMs: number): number => Math.max(0, Math.round((nowMs - sinceMs) / 1000));
  const where = queue === home ? queue : `${home} 溢出至 ${queue}`;
  const able = skilled.length === 0 ? '' : `具备 ${skillWords(skilled)}，`;
  const who = kept ? '原受理人优先' : `最长空闲 ${seconds(idleSinceMs)} 秒`;
  return `${where}：${able}${who}；${order(priority)}，已等待 ${seconds(waitingSinceMs)} 秒`;
}

function order(priority: number): string {
  if (priority === CUT_OFF) return '通话中断优先';
  return priority === PRIORITIES.usual ? '排队最久' : `优先级 ${priority}`;
}

export function waitingWords(why: WhyWaiting): string {
  switch (why.kind) {
    case 'keptForAgent':
      return '正在等候原受理人，限时后转其他话务员';
    case 'nobodySignedIn':
      return '没有话务员签入';
    case 'nobodyWithSkill':
      return `没有具备 ${skillWords(why.required)} 的话务员签入`;
    case 'allBusy':
      return `签入的 ${why.present} 名话务员都不空闲`;
    default:
      return why satisfies never;
  }
}

const NOT_CREDIBLE_WORDS: Readonly<Record<NotCredible, string>> = {
  nobodyAtWork: '没有话务员在岗',
  particular: '要求的技能只有部分话务员具备',
  tooFewServed: '近半小时排队接通太少',
  spreadTooLarge: '近半小时接通快慢悬殊',
};

/** Where in line, and how long still; or why that cannot be said. */
export function lineWords({ ahead, estimate }: InLine): string {
  const before = `前面${ahead >= AHEAD_AT_MOST ? `至少 ${ahead}` : ` ${ahead}`} 位`;
  if (estimate.kind === 'notCredible') {
    return `${before}，等待时间无法可靠估计（${NOT_CREDIBLE_WORDS[estimate.why]}）`;
  }
  const minutes = saidMinutes(estimate.waitMs);
  return `${before}，预计还需${minutes === 'more' ? '超过 30' : `约 ${minutes}`} 分钟`;
}
