import type { SkillNeed } from '../skills/skills.ts';
import type { NotCredible } from './cadence.ts';
import type { InLine } from './estimate.ts';
import { AHEAD_AT_MOST, saidMinutes } from './said-wait.ts';
import { skillWords } from './skill-words.ts';

/** Why a call still waits. `agentId`: for whom it is kept. */
export type WhyWaiting =
  | { readonly kind: 'keptForAgent'; readonly agentId: string }
  | { readonly kind: 'nobodySignedIn' }
  | { readonly kind: 'nobodyWithSkill'; readonly required: readonly SkillNeed[] }
  | { readonly kind: 'allBusy'; readonly present: number };

/** As an operator reads it in either language. */
interface Words {
  readonly zh: string;
  readonly en: string;
}

export function waitingWords(why: WhyWaiting): Words {
  switch (why.kind) {
    case 'keptForAgent':
      return {
        zh: '正在等候原受理人，限时后转其他话务员',
        en: 'kept for the agent who has the case, for a limited time',
      };
    case 'nobodySignedIn':
      return { zh: '没有话务员签入', en: 'no agent is signed in' };
    case 'nobodyWithSkill':
      return {
        zh: `没有具备 ${skillWords(why.required)} 的话务员签入`,
        en: `no agent with ${skillWords(why.required, ', ')} is signed in`,
      };
    case 'allBusy':
      return {
        zh: `签入的 ${why.present} 名话务员都不空闲`,
        en: `no agent of the ${why.present} signed in is free`,
      };
    default:
      return why satisfies never;
  }
}

const NOT_CREDIBLE_WORDS: Readonly<Record<NotCredible, Words>> = {
  nobodyAtWork: { zh: '没有话务员在岗', en: 'no agent is at work' },
  particular: { zh: '要求的技能只有部分话务员具备', en: 'only some agents have the skills asked for' },
  tooFewServed: { zh: '近半小时排队接通太少', en: 'too few were answered in the last half hour' },
  spreadTooLarge: { zh: '近半小时接通快慢悬殊', en: 'the waits of the last half hour differ too much' },
};

/** Where in line, and how long still; or why that cannot be said. */
export function lineWords({ ahead, estimate }: InLine): Words {
  const many = ahead >= AHEAD_AT_MOST;
  const before = {
    zh: `前面${many ? `至少 ${ahead}` : ` ${ahead}`} 位`,
    en: `${many ? 'at least ' : ''}${ahead} before`,
  };
  if (estimate.kind === 'notCredible') {
    const { zh, en } = NOT_CREDIBLE_WORDS[estimate.why];
    return {
      zh: `${before.zh}，等待时间无法可靠估计（${zh}）`,
      en: `${before.en}, the wait cannot be estimated (${en})`,
    };
  }
  const minutes = saidMinutes(estimate.waitMs);
  return {
    zh: `${before.zh}，预计还需${minutes === 'more' ? '超过 30' : `约 ${minutes}`} 分钟`,
    en: `${before.en}, ${minutes === 'more' ? 'more than 30' : `about ${minutes}`} min still expected`,
  };
}
