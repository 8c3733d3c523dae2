import { type Finding, findingsText, type Replayed, replayText } from '../rules-text.ts';
import { type Command, pathOf, word } from './command.ts';
import { daysOf } from './options.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}
type Outcome = 'pass' | 'attention' | 'stop';

/** What the API answers, as far as a terminal shows it. */
interface Impact {
  readonly version: number;
  readonly verdict: Words & { readonly outcome: Outcome };
  readonly checks: readonly (Words & { readonly outcome: Outcome })[];
  readonly changes: readonly {
    readonly change: { readonly words: Words };
    readonly risks: readonly (Words & { readonly code: string })[];
  }[];
  readonly findings: readonly Finding[];
  readonly replay: (Omit<Replayed, 'desks'> & { readonly days: number; readonly laterDays: number }) | null;
  readonly desks: readonly (Replayed['desks'][number] & { readonly agents: number })[];
  readonly tasks: readonly {
    readonly item: { readonly words: Words };
    readonly withdrawn: boolean;
  }[];
}

const MARKS: Readonly<Record<Outcome, string>> = { pass: '通过', attention: '注意', stop: '不可' };

function impactText(impact: Impact): string {
  const { version, verdict, checks, changes, findings, replay, desks, tasks } = impact;
  const section = (title: string, rows: readonly string[]): readonly string[] =>
    rows.length === 0 ? [] : ['', title, ...rows];
  return [
    `第 ${version} 版：${verdict.zh}`,
    verdict.en,
    ...checks.map(({ outcome, zh, en }) => `  ${MARKS[outcome]}  ${zh}  ${en}`),
    ...section(
      '修改 changes',
      changes.flatMap(({ change, risks }) => [
        `- ${change.words.zh}`,
        ...risks.map(({ zh, en }) => `    风险：${zh} ${en}`),
      ]),
    ),
    ...section('规则检查 findings', findings.length === 0 ? [] : [findingsText(findings)]),
    ...section(
      `试算 replay${replay === null || replay.laterDays === 0 ? '' : `（推后 ${replay.laterDays} 天）`}`,
      replay === null ? [] : [`最近 ${replay.days} 日：${replayText({ ...replay, desks })}`],
    ),
    ...section(
      '话务员 agents',
      desks.map(({ queue, agents }) => `  ${queue}: ${agents}`),
    ),
    ...section(
      '过渡期任务 tasks',
      tasks.map(({ item, withdrawn }) => `  ${item.words.zh}${withdrawn ? '（发布后撤销）' : ''}`),
    ),
  ].join('\n');
}

export const IMPACT_COMMANDS: readonly Command[] = [
  {
    name: 'impact',
    words: 'V',
    does: {
      zh: '发布前的影响检查及结论；不能发布则返回 1',
      en: 'what publishing V would do, and whether it may; ends with 1 when not',
    },
    options: ['days'],
    example: 'impact 7 --days 30',
    async run(job) {
      const path = `${pathOf(word(job, 0, 'the version'))}/impact?days=${daysOf(job.options)}`;
      const impact = await job.counter.get<Impact>(path);
      job.print(impactText(impact));
      return impact.verdict.outcome === 'stop' ? 1 : 0;
    },
  },
];
