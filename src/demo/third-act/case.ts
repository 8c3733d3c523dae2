import { createHash } from 'node:crypto';
import { TICKET_STATE_NAMES, type TicketState } from '../../domain/tickets/transitions.ts';
import type { ApiClient, TicketSeen } from '../api-client.ts';
import { until } from '../poll.ts';
import { type LineSeen, secondOf } from './by-itself.ts';

interface MovedSeen {
  readonly number: string;
  readonly state: TicketState;
  readonly version: number;
}
interface CaseSeen extends TicketSeen {
  readonly state: TicketState;
  readonly version: number;
  readonly closedAt: string | null;
  readonly timeline: readonly LineSeen[];
}
interface Proof {
  readonly version: number;
  readonly lines: readonly { readonly text: string; readonly hash: string }[];
}
interface OrderSeen {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly trigger: string;
  readonly dueAt: string;
  readonly explanation: { readonly rule: string } | null;
}
/** What a citizen says when asked; 5 is very content. */
export interface Answers {
  readonly resolved: boolean;
  readonly result: number;
  readonly process: number;
  readonly words?: string;
}
/** Said of a step: who, and what it came to. */
type Tell = (text: string) => void;

const CLOCKS: Readonly<Record<string, string>> = { citizen: '市民时钟', unit: '单位时钟' };

/** One ticket on its way: whoever takes the next step brings the version that was seen last. */
export class Case {
  readonly id: string;
  readonly number: string;
  readonly #tell: Tell;
  #version: number;

  constructor(ticket: { readonly id: string; readonly number: string }, tell: Tell) {
    this.id = ticket.id;
    this.number = ticket.number;
    this.#tell = tell;
    this.#version = 1;
  }

  get version(): number {
    return this.#version;
  }

  /** One step along the table. */
  async move(
    who: string,
    by: ApiClient,
    move: string,
    { reason = '', details = {} }: { readonly reason?: string; readonly details?: object } = {},
  ): Promise<void> {
    const version = await this.#latest(by);
    const moved = await by.post<MovedSeen>(`/v1/tickets/${this.id}/moves`, {
      move,
      version,
      reason,
      details,
    });
    this.#took(moved);
    const said = reason === '' ? '' : `：${reason}`;
    this.#tell(`${who} → ${TICKET_STATE_NAMES[moved.state]}${said}`);
  }

  /** The citizen's answers, as the return visitor writes them down. */
  async visited(by: ApiClient, answers: Answers): Promise<string | null> {
    const version = await this.#latest(by);
    const { tickets } = await by.post<{ tickets: readonly (MovedSeen & { order: string | null })[] }>(
      '/v1/visits',
      { outcome: 'answered', tickets: [{ id: this.id, version, answers }] },
    );
    const [visit] = tickets;
    if (visit === undefined) throw new Error('回访没有登记');
    this.#took(visit);
    const { resolved, result, process } = answers;
    this.#tell(
      `市民答：${resolved ? '已解决' : '未解决'}，结果 ${result} 分，过程 ${process} 分 → ${TICKET_STATE_NAMES[visit.state]}`,
    );
    return visit.order;
  }

  tell(text: string): void {
    this.#tell(text);
  }

  /** The order that this rule has issued for this ticket, with until when and why. */
  async order(by: ApiClient, trigger: string): Promise<OrderSeen> {
    const order = await until('督办单', 10_000, async () => {
      const { orders } = await by.get<{ orders: readonly OrderSeen[] }>(
        `/v1/supervision?ticketId=${this.id}`,
      );
      return orders.find((one) => one.trigger === trigger) ?? null;
    });
    this.#tell(
      `督办单 ${order.number}：${secondOf(order.dueAt)} 前反馈（${order.explanation?.rule ?? '没有说明'}）`,
    );
    return order;
  }

  /** Both clocks with why they end when they do; rejects when their time is not the demo's. */
  async clocks(by: ApiClient): Promise<void> {
    const { deadlines } = await by.get<TicketSeen>(`/v1/tickets/${this.id}`);
    for (const { clock, kind, dueAt, explanation } of deadlines) {
      const name = CLOCKS[clock];
      if (name === undefined || kind !== 'overdue') continue;
      this.#tell(`${name}至 ${secondOf(dueAt)}（${explanation?.rule ?? '没有说明'}）`);
      if (explanation?.daySeconds === undefined) throw new Error(`${name}没有按压缩时间计`);
    }
  }

  async lines(by: ApiClient): Promise<readonly LineSeen[]> {
    return (await by.get<CaseSeen>(`/v1/tickets/${this.id}`)).timeline;
  }

  /** How many of its days it took, and of how many. The citizen's clock says overdue when it took more, and then alone. */
  async days(by: ApiClient): Promise<string> {
    const { acceptedAt, closedAt, citizenDueAt, timeline, deadlines } = await by.get<CaseSeen>(
      `/v1/tickets/${this.id}`,
    );
    const day = deadlines.find(({ explanation }) => explanation?.daySeconds !== undefined)?.explanation;
    if (closedAt === null || citizenDueAt === null || day?.daySeconds === undefined) {
      throw new Error('没有结案时间或时限');
    }
    const daysTo = (iso: string): number =>
      (Date.parse(iso) - Date.parse(acceptedAt)) / ((day.daySeconds ?? 1) * 1000);
    const late = closedAt > citizenDueAt;
    const said = timeline.some(({ type, body }) => type === 'deadlineOverdue' && body.clock === 'citizen');
    if (late !== said) throw new Error(late ? '市民时钟已到，却没有记超期' : '按期结案，却记了超期');
    const inTime = late ? '已超期' : '按期';
    return `用时 ${daysTo(closedAt).toFixed(1)} 个工作日，时限 ${daysTo(citizenDueAt).toFixed(0)} 个，${inTime}`;
  }

  /** Holds the time line against its own hashes, as anybody can; returns how many lines it has. */
  async prove(by: ApiClient): Promise<number> {
    const { lines, version } = await by.get<Proof>(`/v1/tickets/${this.id}/proof`);
    let before: Buffer = Buffer.alloc(0);
    for (const { text, hash } of lines) {
      const expected = createHash('sha256').update(before).update(text, 'utf8').digest();
      if (expected.toString('hex') !== hash) throw new Error(`第 ${text} 行的散列不符`);
      before = expected;
    }
    if (lines.length !== version) throw new Error(`应有 ${version} 行，只有 ${lines.length} 行`);
    return lines.length;
  }

  async state(by: ApiClient): Promise<TicketState> {
    return (await by.get<CaseSeen>(`/v1/tickets/${this.id}`)).state;
  }

  /** Notes and the program's own steps count as well. */
  async #latest(by: ApiClient): Promise<number> {
    this.#version = (await by.get<CaseSeen>(`/v1/tickets/${this.id}`)).version;
    return this.#version;
  }

  #took({ version }: MovedSeen): void {
    this.#version = version;
  }
}
