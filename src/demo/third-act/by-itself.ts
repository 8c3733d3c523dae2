import { STAGE_NAMES, type Stage } from '../../domain/deadlines/stages.ts';
import type { ApiClient } from '../api-client.ts';
import { until } from '../poll.ts';

/** A line of a ticket's time line, as far as it tells what the program did by itself. */
export interface LineSeen {
  readonly seq: number;
  readonly at: string;
  readonly actor: object | null;
  readonly type: string;
  readonly reason: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the program does with a ticket that its unit lets lie: each comes of the one before it. */
export const LEFT_TO_LIE = [
  ['deadlineWarning unit 50', '单位时钟用到 50% 的预警'],
  ['deadlineWarning unit 80', '单位时钟用到 80% 的预警'],
  ['deadlineOverdue unit 100', '单位时钟到期'],
  ['urged', '自动催办'],
  ['supervisionIssued overdue', '自动书面督办'],
] as const;

/** Later than this a job was not at its time: it was found by a sweep, or the machine stood still. */
const LATE_MS = 10_000;

export function stepOf({ type, body: { clock, level, trigger } }: LineSeen): string {
  return type === 'supervisionIssued'
    ? `${type} ${trigger}`
    : [type, clock, level].filter((part) => part !== undefined).join(' ');
}

/** What is wrong with what the program did by itself, a sentence each; empty when each came once, in order and in time. */
export function faultsOf(lines: readonly LineSeen[]): readonly string[] {
  const own = lines.filter(({ actor }) => actor === null);
  const faults: string[] = [];
  let after = 0;
  for (const [step, name] of LEFT_TO_LIE) {
    const found = own.filter((line) => stepOf(line) === step);
    const [line] = found;
    if (line === undefined) {
      faults.push(`没有${name}`);
      continue;
    }
    if (found.length > 1) faults.push(`${name}有 ${found.length} 次`);
    if (line.seq < after) faults.push(`${name}早于前一步`);
    after = line.seq;
    const lateMs = Number(line.body.lateMs ?? 0);
    if (lateMs > LATE_MS) faults.push(`${name}迟了 ${lateMs} 毫秒`);
    const dueAt = Date.parse(String(line.body.dueAt ?? line.at));
    if (line.type.startsWith('deadline') && Date.parse(line.at) < dueAt) faults.push(`${name}早于其时`);
  }
  return faults;
}

const CLOCKS: Readonly<Record<string, string>> = { citizen: '市民时钟', unit: '单位时钟' };
const SECOND = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
export const secondOf = (iso: string): string => SECOND.format(new Date(iso));

/** In words; null: it is told by whoever did it. */
export function wordsOf({ actor, type, reason, body }: LineSeen): string | null {
  if (actor !== null) return null;
  const { clock, level, stage, dueAt, lateMs, order } = body;
  const due =
    dueAt === undefined ? '' : `（应于 ${secondOf(String(dueAt))}，迟 ${Number(lateMs ?? 0)} 毫秒）`;
  const timed =
    stage === 'supervise' ? '督办反馈' : (STAGE_NAMES[stage as Stage] ?? CLOCKS[String(clock)] ?? '');
  switch (type) {
    case 'signFor':
      return '系统自动签收（无人签收，签收时限已到）';
    case 'deadlineWarning':
    case 'stageWarning':
      return `系统预警：${timed}用到 ${level}%${due}`;
    case 'deadlineOverdue':
    case 'stageOverdue':
      return `系统记超期：${timed}已到${due}`;
    case 'urged':
      return `系统催办：${reason}`;
    case 'supervisionIssued':
      return `系统下发督办单 ${order}：${reason}`;
    default:
      return null;
  }
}

/** A ticket that can be looked at, and told of. */
interface Watched {
  lines(by: ApiClient): Promise<readonly LineSeen[]>;
  tell(text: string): void;
}

/** Nobody touches the ticket: what the program does is told as it comes, until it has done `last`. Returns all lines. */
export async function watch(
  matter: Watched,
  by: ApiClient,
  last: string,
  withinMs: number,
): Promise<readonly LineSeen[]> {
  let told = 0;
  return await until(
    `系统处理至 ${last}`,
    withinMs,
    async () => {
      const lines = await matter.lines(by);
      for (const line of lines.filter(({ seq }) => seq > told)) {
        told = line.seq;
        const words = wordsOf(line);
        if (words !== null) matter.tell(words);
      }
      return lines.some((line) => line.actor === null && stepOf(line) === last) ? lines : null;
    },
    200,
  );
}
