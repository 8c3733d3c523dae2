import { randomUUID } from 'node:crypto';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { deadlineBooks } from '../../../src/adapters/pg/deadlines.ts';
import { outboxBooks } from '../../../src/adapters/pg/outbox.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { ticketMoveBooks } from '../../../src/adapters/pg/ticket-moves.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { enqueueDeadlines } from '../../../src/app/deadlines/enqueue-deadlines.ts';
import { type Fired, fireDeadline } from '../../../src/app/deadlines/fire-deadline.ts';
import { signWhenDue } from '../../../src/app/deadlines/sign-when-due.ts';
import { sweepDeadlines } from '../../../src/app/deadlines/sweep-deadlines.ts';
import type { TicketNotice } from '../../../src/app/live/notices.ts';
import type { DeadlineBook } from '../../../src/app/ports/deadlines.ts';
import type { DeadlineJob, DeadlineQueue } from '../../../src/app/ports/jobs.ts';
import type { Matter, MatterOutcome } from '../../../src/app/ports/oversight-jobs.ts';
import { escalateInside } from '../../../src/app/supervision/escalate-overdue.ts';
import { type OpenedTicket, openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { readTicket } from '../../../src/app/tickets/read-tickets.ts';
import { relayOutbox } from '../../../src/app/tickets/relay-outbox.ts';
import { appeal, type County, freshCounty } from './county.ts';

export const HOUR = 3_600_000;
/** A Monday morning. */
export const ACCEPTED = Date.parse('2026-11-23T10:00:00+08:00');
const quiet = () => undefined;

/** A job store of a test's own; `away` makes it refuse, `emptied` lose everything. */
class Store implements DeadlineQueue {
  jobs = new Map<string, DeadlineJob>();
  away = false;
  marked = true;
  restoring = false;
  async add(jobs: readonly DeadlineJob[]): Promise<void> {
    if (this.away) throw new Error('away');
    for (const job of jobs) this.jobs.set(`dl-${job.deadlineId}-${job.generation}`, job);
  }
  /** Others wait there too: only what is gone is missing. */
  async missing(jobs: readonly DeadlineJob[]): Promise<readonly DeadlineJob[]> {
    return jobs.filter(({ deadlineId, generation }) => !this.jobs.has(`dl-${deadlineId}-${generation}`));
  }
  async intact(): Promise<boolean> {
    return this.marked;
  }
  async beginRestoring(): Promise<void> {
    this.restoring = true;
  }
  async endRestoring(): Promise<boolean> {
    this.marked = this.restoring;
    this.restoring = false;
    return this.marked;
  }
  emptied(): void {
    this.jobs.clear();
    this.marked = false;
    this.restoring = false;
  }
}

/** Where tickets are opened and their deadlines fire, over a real database, a job store and a clock of the test's. */
export class DeadlineDesk {
  readonly county: County;
  readonly deadlines: DeadlineBook;
  readonly queue = new Store();
  now = ACCEPTED;
  readonly heard: TicketNotice[] = [];
  /** What came to the job queue of supervision by the outbox. */
  readonly matters: Matter[] = [];
  readonly errors: object[] = [];

  private constructor(county: County) {
    this.county = county;
    this.deadlines = deadlineBooks(county.db);
  }

  static async open(): Promise<DeadlineDesk> {
    return new DeadlineDesk(await freshCounty());
  }

  readonly clock = (): number => this.now;
  readonly acting = { now: this.clock, newId: randomUUID };

  moving() {
    return {
      ...this.acting,
      database: this.county.db,
      deadlines: this.deadlines,
      ticketMoves: ticketMoveBooks(this.county.db),
      supervision: supervisionBooks(this.county.db),
      calendar: calendarBooks(this.county.db),
      log: { error: (fields: object) => void this.errors.push(fields) },
    };
  }

  open(accepted = ACCEPTED): Promise<OpenedTicket> {
    const deps = { tickets: ticketBooks(this.county.db), now: () => accepted, newId: randomUUID };
    const { agent } = this.county;
    return openTicket(deps)({ appeal: appeal({ citizenNumber: '13912345678' }), callId: null, actor: agent });
  }

  readonly enqueue = (ticketId: string | null = null): Promise<number> =>
    enqueueDeadlines({ deadlines: this.deadlines, queue: this.queue, now: this.clock })(ticketId);

  fire(id: string): Promise<Fired> {
    const moving = this.moving();
    const deps = {
      ...moving,
      autoSign: signWhenDue(moving),
      escalate: escalateInside(moving),
      alarms: alarmBooks(this.county.db),
    };
    return fireDeadline({ ...deps, enqueue: this.enqueue })(id);
  }

  sweep() {
    return sweepDeadlines({
      ...this.acting,
      deadlines: this.deadlines,
      queue: this.queue,
      enqueue: this.enqueue,
    })();
  }

  readonly heardMatter = async (matter: Matter): Promise<MatterOutcome> => {
    this.matters.push(matter);
    return 'queued';
  };

  relay(matter: (one: Matter) => Promise<MatterOutcome> = this.heardMatter) {
    return relayOutbox({
      outbox: outboxBooks(this.county.db),
      enqueue: this.enqueue,
      matter,
      notices: { publish: async (notice) => void ('ticketId' in notice && this.heard.push(notice)) },
      now: this.clock,
      log: {
        debug: quiet,
        info: quiet,
        warn: quiet,
        error: (fields: object) => void this.errors.push(fields),
      },
    })();
  }

  read(id: string) {
    return readTicket({ tickets: ticketBooks(this.county.db) })(id, this.county.lead);
  }

  /** Of a mark as it is spoken of: `citizen 100`, `stage sign`. */
  async idOf(ticketId: string, mark: string): Promise<string> {
    const [whose = '', level = ''] = mark.split(' ');
    const { rows } = await this.county.db.query<{ id: string }>(
      `select id from deadlines where ticket_id = $1 and clock = $2 and (level::text = $3 or kind = $3)
       order by level desc limit 1`,
      [ticketId, whose, level],
    );
    return rows[0]?.id ?? 'none';
  }

  close(): Promise<void> {
    return this.county.close();
  }
}
