import type { Finding } from '../../domain/hotlines/lint/finding.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import { transitionTasks } from '../../domain/hotlines/register/transition.ts';
import { taskChanges } from '../../domain/hotlines/register/work-items.ts';
import type { Replay } from '../../domain/hotlines/replay.ts';
import { judgeImpact, type KnowledgeGap, type Verdict } from '../../domain/hotlines/versions/impact.ts';
import { ratedChanges } from '../../domain/hotlines/versions/publishing.ts';
import type { RatedChange } from '../../domain/hotlines/versions/risk.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { AppError } from '../errors.ts';
import type { KnowledgeGaps } from '../ports/knowledge-gaps.ts';
import type { WorkItem, WorkItemBook } from '../ports/work-items.ts';
import { replayCalls } from './replay-calls.ts';
import { publishContext, type RuleDeps, systemContext, versionBy } from './rule-change.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const TASKS_SHOWN = 500;

export interface Impact {
  readonly version: RuleVersion;
  readonly verdict: Verdict;
  readonly changes: readonly RatedChange[];
  readonly findings: readonly Finding[];
  /** null: too many calls even of one day. `laterMs`: so much later than they came, because the rules begin then. */
  readonly replayed: { readonly days: number; readonly laterMs: number; readonly replay: Replay } | null;
  readonly desks: readonly { readonly queue: string; readonly name: string; readonly agents: number }[];
  readonly desksWithoutAgents: readonly string[];
  readonly knowledge: readonly KnowledgeGap[];
  /** Open tasks of the changed numbers; which of them publishing would withdraw. */
  readonly tasks: readonly { readonly item: WorkItem; readonly withdrawn: boolean }[];
}

/**
 * Everything to be known before a version goes out (A12), against the rules in force: what differs and how risky it
 * is, the linter, the last days' calls, seats, desks without agents, tasks, and what it comes to. Changes nothing.
 */
export function impactOfRules(
  deps: RuleDeps & { readonly work: WorkItemBook; readonly knowledgeGaps: KnowledgeGaps },
) {
  return async (ref: string, days: number): Promise<Impact> => {
    const version = await versionBy(deps, ref);
    const current = await versionBy(deps, 'published');
    const now = deps.now();
    const looked = await publishContext(deps, version, systemContext(now), current);
    const changes = ratedChanges(version, looked);
    const laterMs = laterFor(changes, version, now, days);
    const replayed = await replayThatFits(deps, ref, days, laterMs);

    const agents = new Map<string, number>();
    for (const { queues } of await deps.agents.list())
      for (const queue of queues) agents.set(queue, (agents.get(queue) ?? 0) + 1);
    const agentsOf = (queue: string): number => agents.get(queue) ?? 0;
    const used = new Set([
      version.rules.municipality.generalQueue,
      ...version.rules.lines.map(({ queue }) => queue),
    ]);
    // Also those that only calls of the last days know: a desk that the version gives up.
    const met = (replayed?.replay.desks ?? []).map(({ queue }) => queue);
    const names = new Map(
      [...current.rules.queues, ...version.rules.queues].map(({ code, name }) => [code, name]),
    );
    const desks = [...new Set([...used, ...met])]
      .sort()
      .map((queue) => ({ queue, name: names.get(queue) ?? queue, agents: agentsOf(queue) }));
    const desksWithoutAgents = desks.flatMap(({ queue, agents: some }) =>
      some === 0 && used.has(queue) ? [queue] : [],
    );

    const day = localDate(now, version.rules.municipality.timeZone);
    const knowledge = await deps.knowledgeGaps.of(taken(version, changes), {
      since: now - days * DAY_MS,
      day,
    });
    const { tasks, open } = await tasksOf(deps, version, changes, now);
    const verdict = judgeImpact({
      changes,
      approvals: version.approvals.length,
      baseMoved: version.publishedAt === null && version.baseId !== current.id,
      findings: looked.findings,
      replayed,
      agentsOf,
      desksWithoutAgents,
      knowledge,
      tasks: {
        open,
        touched: tasks.length,
        withdrawn: tasks.filter(({ withdrawn }) => withdrawn).length,
      },
    });
    const { findings } = looked;
    return { version, verdict, changes, findings, replayed, desks, desksWithoutAgents, knowledge, tasks };
  };
}

/** Lines that are new, or handled in another way: their callers come to agents who must know what to say. */
function taken({ rules }: RuleVersion, changes: readonly RatedChange[]) {
  const numbers = new Set(
    changes.flatMap(({ change }) => {
      if (change.place.thing !== 'line') return [];
      const isTaken = change.kind === 'added' || (change.kind === 'changed' && change.field === 'mode');
      return isTaken ? [change.place.key.split('@')[0] ?? ''] : [];
    }),
  );
  const lines = rules.lines.filter(({ number }) => numbers.has(number));
  return [...new Map(lines.map(({ number, unitCode }) => [number, { number, unitCode }])).values()];
}

/** Rules that begin later are tried at that time: the calls come so many whole weeks later, weekdays kept. */
function laterFor(
  changes: readonly RatedChange[],
  { effectiveAt, rules }: RuleVersion,
  now: number,
  days: number,
): number {
  const today = localDate(now, rules.municipality.timeZone);
  const begins = changes.map(({ change }) => {
    const day =
      change.kind === 'changed'
        ? change.field === 'validFrom' && String(change.to)
        : change.kind === 'added' && 'validFrom' in change.row && change.row.validFrom;
    return day === false || day <= today ? 0 : Date.parse(`${day}T00:00:00Z`);
  });
  const begin = Math.max(effectiveAt ?? 0, ...begins);
  if (!(begin > now)) return 0;
  return Math.ceil((begin - (now - days * DAY_MS)) / WEEK_MS) * WEEK_MS;
}

async function replayThatFits(
  deps: RuleDeps,
  ref: string,
  days: number,
  laterMs: number,
): Promise<Impact['replayed']> {
  for (let tried = days; tried >= 1; tried = Math.floor(tried / 2)) {
    try {
      return { days: tried, laterMs, replay: await replayCalls(deps)(ref, tried, laterMs) };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'rules.tooManyCalls') throw error;
    }
  }
  return null;
}

async function tasksOf(
  deps: { readonly work: WorkItemBook },
  version: RuleVersion,
  changes: readonly RatedChange[],
  now: number,
): Promise<{ readonly tasks: Impact['tasks']; readonly open: number }> {
  const { items } = await deps.work.list({ state: 'open' }, { limit: TASKS_SHOWN });
  const today = localDate(now, version.rules.municipality.timeZone);
  const changed = new Set(
    changes.flatMap(({ change: { place } }) =>
      place.thing === 'line' ? [place.key.split('@')[0] ?? ''] : [],
    ),
  );
  const after = taskChanges(transitionTasks(version.rules.lines), items, today);
  const withdrawn = new Set(after.withdraw.map(({ key }) => key));
  const tasks = items
    .filter(({ number }) => changed.has(number))
    .map((item) => ({ item, withdrawn: withdrawn.has(item.key) }));
  return { tasks, open: items.length };
}
