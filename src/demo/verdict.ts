import type { CallDetailSeen, TicketSeen } from './api-client.ts';
import { type DemoCall, MODE_NAMES } from './script.ts';

/** One call of the demo as the database has it afterwards; null where it could not be read. */
export interface DemoRow {
  readonly call: DemoCall;
  readonly found: CallDetailSeen | null;
  readonly ticket: TicketSeen | null;
  /** Who took the call, by the telephone that rang. */
  readonly tookBy: string | null;
  /** What went wrong on the way. */
  readonly trouble: readonly string[];
}

export const HEADINGS = [
  '拨打',
  '识别为',
  '方式',
  '按键',
  '队列',
  '等待',
  '话务员',
  '结果',
  '工单',
  '时限',
] as const;

export function cells({ call, found, ticket }: DemoRow): readonly string[] {
  if (found === null) return [call.dialled, '未找到通话记录'];
  return [
    found.dialled,
    found.line ?? '—',
    MODE_NAMES[found.mode ?? ''] ?? '—',
    keysOf(found) || '—',
    found.queue ?? '—',
    waited(found),
    found.agentNumber ?? OUTSIDE[found.result ?? ''] ?? '—',
    OUTCOMES[found.outcome ?? ''] ?? UNATTENDED[found.result ?? ''] ?? '未登记',
    ticket?.number ?? '—',
    ticket?.citizenDueAt ? localTime(ticket.citizenDueAt) : '—',
  ];
}

const OUTCOMES: Readonly<Record<string, string>> = {
  answeredOnSpot: '当场解答',
  ticket: '转工单',
  invalid: '无效',
};

const OUTSIDE: Readonly<Record<string, string>> = { answeredByUnit: '承办单位', answeredByCentre: '分中心' };
const UNATTENDED: Readonly<Record<string, string>> = { informed: '已告知' };

/** What the citizen chose in menus. */
const keysOf = ({ facts }: CallDetailSeen): string =>
  facts.flatMap(({ type, body }) => (type === 'menuChoice' ? String(body.digits) : [])).join('');

/** What differs from what must be, a sentence each; empty when all is well. */
export function differences({ call, found, ticket, tookBy, trouble }: DemoRow): readonly string[] {
  const about = (text: string): string => `${call.label} ${call.dialled}: ${text}`;
  const wrong = trouble.map(about);
  if (found === null) return [...wrong, about('通话没有记录在案')];
  const compare = (what: string, is: string | null | undefined, must: string | null): void => {
    if ((is ?? null) !== must) wrong.push(about(`${what}是 ${is ?? '空'}，应为 ${must ?? '空'}`));
  };
  compare('识别为', found.line, call.expect.line);
  compare('方式', found.mode, call.expect.mode);
  compare('队列', found.queue, call.expect.queue);
  compare('接听', found.result, call.expect.result);
  compare('话务员', found.agentNumber, tookBy);
  compare('按键', keysOf(found), call.keys);
  compare('去向', found.outcome, outcomeOf(call));
  compare('工单', ticket?.callId, call.closing?.kind === 'ticket' ? found.id : null);
  if (!found.recorded) wrong.push(about('没有录音'));
  if (found.endedAt === null) wrong.push(about('通话没有结束记录'));
  if (call.closing?.kind === 'ticket') wrong.push(...deadlineFaults(ticket, call.closing).map(about));
  return wrong;
}

function outcomeOf({ closing }: DemoCall): string | null {
  if (closing === null) return null;
  return closing.kind === 'ticket' ? 'ticket' : 'answeredOnSpot';
}

function deadlineFaults(
  ticket: TicketSeen | null,
  closing: { readonly type: string; readonly workingDays: number },
): readonly string[] {
  if (ticket === null) return ['没有工单'];
  const overdue = ticket.deadlines.find((one) => one.clock === 'citizen' && one.kind === 'overdue');
  if (overdue === undefined) return ['工单没有办结时限'];
  const faults: string[] = [];
  const counted = overdue.explanation?.days.filter((day) => day.counts === 'counted').length ?? 0;
  if (counted !== closing.workingDays)
    faults.push(`时限数了 ${counted} 个工作日，应为 ${closing.workingDays} 个`);
  if (overdue.dueAt !== ticket.citizenDueAt) faults.push('工单上的时限与计时器的时限不同');
  if (overdue.state !== 'pending') faults.push(`计时器的状态是 ${overdue.state}，应为 pending`);
  if (ticket.type !== closing.type) faults.push(`工单类型是 ${ticket.type}，应为 ${closing.type}`);
  return faults;
}

function waited({ queuedAt, talkStartedAt }: CallDetailSeen): string {
  if (queuedAt === null || talkStartedAt === null) return '—';
  return `${((Date.parse(talkStartedAt) - Date.parse(queuedAt)) / 1000).toFixed(1)} 秒`;
}

function localTime(iso: string): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}
