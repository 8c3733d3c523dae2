import { queuesOfMenus } from '../../ivr/ways.ts';
import { chainFrom, OWNER_FIRST_AT_MOST_MS, type Queue } from '../queue.ts';
import type { RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';
import { lintPlace } from './place.ts';

const at = (key: string, field: string | null = null): Finding['place'] => ({ thing: 'queue', key, field });
const MINUTE_MS = 60_000;

/** Does a caller in the queue find somebody, ever? Mirrors the router: its own agents, then along the chain. */
export function reachesPerson(
  code: string,
  queues: ReadonlyMap<string, Queue>,
  staffed: ReadonlySet<string>,
): boolean {
  return reached(code, queues).some((one) => staffed.has(one));
}

/** The desks that a waiting call gets to: a step without a moment at which it is taken leads nowhere. */
export function reached(code: string, queues: ReadonlyMap<string, Queue>): readonly string[] {
  return chainFrom(code, {
    get: (one) => {
      const queue = queues.get(one);
      return queue === undefined || queue.overflowAfterMs === null ? undefined : queue;
    },
  });
}

export function lintQueues(rules: RuleSet, context: LintContext): readonly Finding[] {
  const { agents } = context;
  const queues = new Map(rules.queues.map((queue) => [queue.code, queue]));
  const staffed = new Set(agents.flatMap((agent) => agent.queues));
  const { generalQueue } = rules.municipality;
  const used = new Set([
    generalQueue,
    ...rules.lines.map(({ queue }) => queue),
    ...queuesOfMenus(rules.menus),
  ]);
  const overflows = new Set(rules.queues.map(({ overflowQueue }) => overflowQueue));
  const findings: Finding[] = [];
  const say = (...args: Parameters<typeof finding>): void => void findings.push(finding(...args));

  if (!queues.has(generalQueue)) {
    const place = { thing: 'municipality', key: '', field: 'generalQueue' } as const;
    say(
      'queue.unknown',
      place,
      `总席队列 ${generalQueue} 不存在`,
      `the general queue ${generalQueue} does not exist`,
    );
  }
  const seen = new Set<string>();
  for (const queue of rules.queues) {
    const { code, overflowQueue, overflowAfterMs } = queue;
    if (seen.has(code)) say('queue.duplicate', at(code), `队列 ${code} 重复`, `queue ${code} stands twice`);
    seen.add(code);
    findings.push(...lintTimes(queue), ...lintOwnerFirst(queue, context), ...lintLastResort(queue));
    findings.push(...lintPlace(queue, context));
    if ((overflowQueue === null) !== (overflowAfterMs === null)) {
      say(
        'queue.overflowIncomplete',
        at(code),
        `队列 ${code} 的溢出设置不完整`,
        `queue ${code} overflows by half`,
      );
    }
    if (overflowQueue !== null && !queues.has(overflowQueue)) {
      const place = at(code, 'overflowQueue');
      say(
        'queue.overflowUnknown',
        place,
        `溢出队列 ${overflowQueue} 不存在`,
        `no queue ${overflowQueue} exists`,
      );
    }
    if (circles(code, queues)) {
      const place = at(code, 'overflowQueue');
      say(
        'queue.overflowCycle',
        place,
        `队列 ${code} 的溢出绕回自身`,
        `the overflow of ${code} leads back to it`,
      );
    }
    if (used.has(code) && !reachesPerson(code, queues, staffed)) {
      say(
        'queue.losesCalls',
        at(code),
        `队列 ${code} 没有话务员，溢出链上也没有，来电将无人接听`,
        `queue ${code} has no agent, nor has its overflow chain: its callers wait for nobody`,
      );
    }
    if (!used.has(code) && !overflows.has(code)) {
      say('queue.unused', at(code), `没有号码使用队列 ${code}`, `no number leads to queue ${code}`);
    }
  }
  return findings;
}

/** What the rules in force say already stands in the way of nothing: calls are kept for twenty seconds by it all the same. */
function lintOwnerFirst(
  { code, ownerFirstMs }: Queue,
  { queuesInForce = [] }: LintContext,
): readonly Finding[] {
  if (ownerFirstMs <= OWNER_FIRST_AT_MOST_MS) return [];
  const stands = queuesInForce.some((one) => one.code === code && one.ownerFirstMs === ownerFirstMs);
  const most = OWNER_FIRST_AT_MOST_MS / 1000;
  return [
    finding(
      'queue.ownerFirstLong',
      at(code, 'ownerFirstMs'),
      `队列 ${code} 先等原受理人 ${ownerFirstMs / 1000} 秒，最多 ${most} 秒；实际按 ${most} 秒执行`,
      `queue ${code} waits ${ownerFirstMs / 1000} s for the case owner, ${most} s at most; ${most} s is what is done`,
      stands ? 'warning' : 'error',
    ),
  ];
}

/** A last resort without its moment is none; a moment without a last resort is a word too much. */
function lintLastResort({ code, lastResort, lastResortAfterMs }: Queue): readonly Finding[] {
  if ((lastResort === 'wait') === (lastResortAfterMs === null)) return [];
  return [
    finding(
      'queue.lastResortIncomplete',
      at(code, 'lastResortAfterMs'),
      `队列 ${code} 的最后出路设置不完整`,
      `the last resort of queue ${code} is set by half`,
    ),
  ];
}

/** Following the overflows from `code` comes back to it. */
function circles(code: string, queues: ReadonlyMap<string, Queue>): boolean {
  let next = queues.get(code)?.overflowQueue ?? null;
  for (let steps = 0; next !== null && steps < queues.size; steps += 1) {
    if (next === code) return true;
    next = queues.get(next)?.overflowQueue ?? null;
  }
  return false;
}

function lintTimes(queue: Queue): readonly Finding[] {
  const { code, ringTimeoutMs, overflowAfterMs, wrapUpMs, ownerFirstMs } = queue;
  const { overflowLongestMs, lastResortAfterMs } = queue;
  const bounds = [
    ['ringTimeoutMs', ringTimeoutMs, 1_000, 5 * MINUTE_MS],
    ['overflowAfterMs', overflowAfterMs ?? 0, 0, 60 * MINUTE_MS],
    ['wrapUpMs', wrapUpMs, 0, 60 * MINUTE_MS],
    ['ownerFirstMs', ownerFirstMs, 0, MINUTE_MS],
    ['overflowLongestMs', overflowLongestMs ?? 1_000, 1_000, 60 * MINUTE_MS],
    ['lastResortAfterMs', lastResortAfterMs ?? 1_000, 1_000, 60 * MINUTE_MS],
    ['placeEveryMs', queue.placeEveryMs, 15_000, 30 * MINUTE_MS],
  ] as const;
  return bounds
    .filter(([, value, least, most]) => !(Number.isInteger(value) && value >= least && value <= most))
    .map(([field, value, least, most]) =>
      finding(
        'queue.time',
        at(code, field),
        `队列 ${code} 的时长 ${value} 毫秒不在 ${least} 至 ${most} 之间`,
        `${value} ms of queue ${code} is not between ${least} and ${most}`,
      ),
    );
}
