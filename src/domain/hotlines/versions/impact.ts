import type { Finding } from '../lint/finding.ts';
import type { Replay } from '../replay.ts';
import { approvalLevel, type RatedChange } from './risk.ts';
import { APPROVALS_NEEDED } from './risks.ts';

export const IMPACT_CHECKS = [
  'changes',
  'base',
  'approval',
  'lint',
  'calls',
  'seats',
  'agents',
  'knowledge',
  'tasks',
] as const;
export type ImpactCheckCode = (typeof IMPACT_CHECKS)[number];

/** stop: it cannot be published so; attention: somebody should know before; pass: nothing to see to. */
export const OUTCOMES = ['pass', 'attention', 'stop'] as const;
export type Outcome = (typeof OUTCOMES)[number];

interface Words {
  readonly zh: string;
  readonly en: string;
}
export interface ImpactCheck extends Words {
  readonly code: ImpactCheckCode;
  readonly outcome: Outcome;
}
export interface Verdict {
  readonly outcome: Outcome;
  readonly words: Words;
  /** In the order in which one goes through them. */
  readonly checks: readonly ImpactCheck[];
}

/** Everything that was looked up about a version before it is published. */
export interface ImpactFacts {
  readonly changes: readonly RatedChange[];
  /** Persons who approved it. */
  readonly approvals: number;
  /** Another version was published since this one was begun. */
  readonly baseMoved: boolean;
  readonly findings: readonly Finding[];
  /** The last days' calls through it; null when there were too many even of one day. */
  readonly replayed: { readonly days: number; readonly replay: Replay } | null;
  /** Agents assigned to a desk. */
  readonly agentsOf: (queue: string) => number;
  /** Desks that a line leads to and nobody is assigned to. */
  readonly desksWithoutAgents: readonly string[];
  /** Of each line whose calls the centre begins to answer: what its agents could answer, and what they could not. */
  readonly knowledge: readonly KnowledgeGap[];
  readonly tasks: { readonly open: number; readonly touched: number; readonly withdrawn: number };
}

export interface KnowledgeGap {
  readonly number: string;
  /** Entries that may be told today: of the line itself, or of its unit. */
  readonly entries: number;
  /** Kinds of matters of the unit's tickets that no entry is about, the most frequent first. */
  readonly uncovered: readonly { readonly code: string; readonly name: string; readonly tickets: number }[];
  /** What was looked for in calls of the line and not found, the most frequent first. */
  readonly inVain: readonly { readonly words: string; readonly times: number }[];
}

/** The checklist before a publication, and what it comes to. */
export function judgeImpact(facts: ImpactFacts): Verdict {
  const checks = IMPACT_CHECKS.map((code) => ({ code, ...CHECKS[code](facts) }));
  const outcome = checks.reduce<Outcome>(
    (worst, one) => (OUTCOMES.indexOf(one.outcome) > OUTCOMES.indexOf(worst) ? one.outcome : worst),
    'pass',
  );
  const count = checks.filter((one) => one.outcome === outcome).length;
  return { outcome, words: VERDICTS[outcome](count), checks };
}

const VERDICTS: Readonly<Record<Outcome, (count: number) => Words>> = {
  pass: () => ({ zh: '可以发布，各项检查均通过', en: 'It may be published; every check passes' }),
  attention: (count) => ({
    zh: `可以发布，发布前请确认 ${count} 项`,
    en: `It may be published; see to ${count} ${count === 1 ? 'point' : 'points'} first`,
  }),
  stop: (count) => ({
    zh: `不能发布，须先解决 ${count} 项`,
    en: `It cannot be published; ${count} ${count === 1 ? 'point stands' : 'points stand'} in the way`,
  }),
};

type Check = (facts: ImpactFacts) => Words & { readonly outcome: Outcome };
const said = (outcome: Outcome, zh: string, en: string) => ({ outcome, zh, en });

const CHECKS: Readonly<Record<ImpactCheckCode, Check>> = {
  changes: ({ changes }) =>
    changes.length === 0
      ? said('attention', '与现行规则没有不同', 'Nothing differs from the rules in force')
      : said('pass', `修改 ${changes.length} 处`, `${changes.length} changes`),

  base: ({ baseMoved }) =>
    baseMoved
      ? said(
          'stop',
          '起草后已发布其他版本，须先合并',
          'Another version was published meanwhile; rebase first',
        )
      : said('pass', '以现行规则为起点', 'It begins with the rules in force'),

  approval: ({ changes, approvals }) => {
    const level = approvalLevel(changes);
    const needed = APPROVALS_NEEDED[level];
    if (level === 'forbidden')
      return said('stop', '含有不得进行的修改', 'It holds a change that is never allowed');
    if (approvals >= needed) return said('pass', '无须他人复核或已复核', 'No approval is missing');
    return said(
      'attention',
      `有风险的修改，须 ${needed} 名他人复核，已有 ${approvals} 名`,
      `Risky changes: ${needed} other persons must approve, ${approvals} did`,
    );
  },

  lint: ({ findings }) => {
    const of = (severity: Finding['severity']): number =>
      findings.filter((one) => one.severity === severity).length;
    const [errors, warnings] = [of('error'), of('warning')];
    const [zh, en] = [`错误 ${errors} 项，警告 ${warnings} 项`, `${errors} errors, ${warnings} warnings`];
    const outcome = errors > 0 ? 'stop' : warnings > 0 ? 'attention' : 'pass';
    return said(outcome, `规则检查：${zh}`, `The linter: ${en}`);
  },

  calls: ({ replayed }) => {
    if (replayed === null)
      return said('attention', '来电过多，未能试算', 'Too many calls to replay even one day');
    const { days, replay } = replayed;
    const { calls, moved, otherPrompts } = replay;
    if (calls === 0)
      return said(
        'attention',
        `最近 ${days} 日没有来电可供试算`,
        `No calls in the last ${days} days to replay`,
      );
    return said(
      moved.length > 0 || otherPrompts > 0 ? 'attention' : 'pass',
      `最近 ${days} 日 ${calls} 个来电中，${moved.length} 个去向改变，${otherPrompts} 个提示语改变`,
      `Of ${calls} calls in ${days} days ${moved.length} go elsewhere, ${otherPrompts} hear something else`,
    );
  },

  seats: ({ replayed, agentsOf }) => {
    const short = (replayed?.replay.desks ?? []).filter(
      ({ queue, before, after }) =>
        after.seatsNeeded > before.seatsNeeded && after.seatsNeeded > agentsOf(queue),
    );
    if (short.length === 0)
      return said('pass', '各专席席位够用', 'No desk needs more seats than it has agents');
    const zh = short.map(
      ({ queue, after }) => `${queue} 需 ${after.seatsNeeded} 席，有 ${agentsOf(queue)} 人`,
    );
    const en = short.map(({ queue, after }) => `${queue} needs ${after.seatsNeeded}, has ${agentsOf(queue)}`);
    return said('attention', `席位不足：${zh.join('；')}`, `Too few seats: ${en.join('; ')}`);
  },

  agents: ({ desksWithoutAgents: desks }) =>
    desks.length === 0
      ? said('pass', '每个专席都有话务员', 'Every desk has agents')
      : said('attention', `没有话务员：${desks.join('、')}`, `Without agents: ${desks.join(', ')}`),

  knowledge: ({ knowledge }) => {
    const gaps = knowledge.filter(
      ({ entries, uncovered, inVain }) => entries === 0 || uncovered.length + inVain.length > 0,
    );
    if (gaps.length === 0) return said('pass', '知识库没有缺口', 'The knowledge base has no gap');
    const zh = gaps.map(({ number, entries, uncovered, inVain }) =>
      [
        `${number} 有 ${entries} 条`,
        ...(uncovered.length === 0 ? [] : [`缺 ${uncovered.map(({ name }) => name).join('、')}`]),
        ...(inVain.length === 0 ? [] : [`${inVain.length} 种问法查不到`]),
      ].join('，'),
    );
    const en = gaps.map(
      ({ number, entries, uncovered, inVain }) =>
        `${number} has ${entries} entries, ${uncovered.length} kinds of matters and ${inVain.length} questions without any`,
    );
    return said('attention', `知识库缺口：${zh.join('；')}`, `Gaps of the knowledge base: ${en.join('; ')}`);
  },

  tasks: ({ tasks: { open, touched, withdrawn } }) =>
    touched === 0 && withdrawn === 0
      ? said(
          'pass',
          `未处理的过渡期任务 ${open} 项，均不涉及`,
          `${open} open tasks of transitions, none touched`,
        )
      : said(
          'attention',
          `所改号码有 ${touched} 项未处理的过渡期任务，发布后将撤销 ${withdrawn} 项`,
          `${touched} open tasks of the changed numbers; publishing withdraws ${withdrawn}`,
        ),
};
