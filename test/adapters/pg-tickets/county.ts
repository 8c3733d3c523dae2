import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import type { Appeal } from '../../../src/domain/tickets/opening.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { freshDatabase } from '../../support/services.ts';

/** A small county with one clerk, two units and a category, in a database of its own. */
export interface County {
  readonly url: string;
  readonly db: PgDatabase;
  readonly agent: Actor;
  readonly lead: Actor;
  readonly unit: Actor;
  /** A call that an agent answered and that ended at `endedAt` (still under way without it). */
  call(options?: { answered?: boolean; endedAt?: number; callerNumber?: string }): Promise<string>;
  /** Closes our own connections, for a test that shuts everybody out. */
  disconnect(): Promise<void>;
  close(): Promise<void>;
}

export async function freshCounty(): Promise<County> {
  const database = await freshDatabase();
  const db = openDatabase(database.url, { max: 20, onError: (error) => expect.fail(error.message) });
  let disconnected: Promise<void> | null = null;
  const disconnect = (): Promise<void> => {
    disconnected ??= db.close();
    return disconnected;
  };
  const actor = (roles: Actor['roles'], unitCode: string | null): Actor => ({
    accountId: randomUUID(),
    roles,
    unitCode,
  });
  const agent = actor(['agent'], null);
  const lead = actor(['lead'], null);
  const unit = actor(['unit'], 'lighting');
  await db.query(`insert into municipality (name, area_code, time_zone, main_number, general_queue)
    values ('如东县', '0513', 'Asia/Shanghai', '12345', 'general')`);
  await db.query(`insert into units (code, name, kind)
    values ('lighting', '路灯管理所', 'government'), ('water', '自来水公司', 'public-utility')`);
  await db.query(`insert into categories (code, parent_code, name)
    values ('urban', null, '城市管理'), ('urban.lighting', 'urban', '路灯照明')`);
  await db.query(`update ticket_settings set number_prefix = 'RD'`);
  for (const [index, { accountId, roles, unitCode }] of [agent, lead, unit].entries()) {
    await db.query(
      `insert into accounts (id, username, display_name, password_hash, roles, unit_code)
       values ($1, $2, $3, 'x', $4, $5)`,
      [accountId, `user${index}`, `职员${index}`, roles, unitCode],
    );
  }
  return {
    url: database.url,
    db,
    agent,
    lead,
    unit,
    async call({ answered = true, endedAt, callerNumber = '13912345678' } = {}) {
      const id = randomUUID();
      await db.query(
        `insert into calls (id, arrived_at, trunk, dialled, caller_number, line, talk_started_at, ended_at, result)
         values ($1, now(), 'carrier', '12345', $2, '12345', $3, $4, $5)`,
        [
          id,
          callerNumber,
          answered ? new Date() : null,
          endedAt === undefined ? null : new Date(endedAt),
          endedAt === undefined ? null : answered ? 'answeredByAgent' : 'abandoned',
        ],
      );
      return id;
    },
    disconnect,
    async close() {
      await disconnect();
      await database.drop();
    },
  };
}

export function appeal(over: Partial<Appeal> = {}): Appeal {
  return {
    type: 'COMPLAINT',
    categoryCode: 'urban.lighting',
    title: '',
    content: '青园路三盏路灯不亮，晚上看不清路。',
    place: '青园路与江海路路口',
    confidential: false,
    urgency: 'normal',
    citizenName: '王小明',
    citizenNumber: '',
    unitCode: 'lighting',
    ...over,
  };
}
