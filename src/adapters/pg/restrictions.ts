import type {
  AppealView,
  MeasureEventEntry,
  MeasureView,
  RestrictionBook,
} from '../../app/ports/restrictions.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { Measure } from '../../domain/restrictions/measure.ts';
import type { PgDatabase } from './database.ts';
import { moveEvents } from './move-events.ts';
import { areaCodeOf } from './municipality.ts';
import { readPage } from './page-cursor.ts';
import { ms } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

/** Whoever changes restrictions, in whichever process, meets the others on this lock. */
const LOCK_KEY = 1_234_500_013;

const COLUMNS = `r.id, r.number, r.step, r.calls_per_hour as "callsPerHour", r.hours, ${ms('r.from_at')} as "fromMs",
  ${ms('r.until_at')} as "untilMs", r.note, r.reason, r.state, r.requested_by as "requestedBy",
  ${ms('r.requested_at')} as "requestedMs", r.approved_by as "approvedBy"`;
const MEASURE = `select ${COLUMNS} from restrictions r`;
const VIEW_COLUMNS = `${COLUMNS}, p.display_name as "requestedByName", q.display_name as "approvedByName",
    (select id from restriction_appeals where restriction_id = r.id and state = 'open') as "openAppeal",
    (select count(*)::int from call_facts f
      where f.type = 'farewell' and f.body->>'restriction' = r.id::text) as "refusedCalls"`;
const VIEW_FROM =
  'restrictions r join accounts p on p.id = r.requested_by left join accounts q on q.id = r.approved_by';
const VIEW = `select ${VIEW_COLUMNS} from ${VIEW_FROM}`;
const APPEAL = `select p.id, p.restriction_id as "measureId", p.state, p.text, p.recorded_by as "recordedBy",
    ${ms('p.recorded_at')} as "recordedMs", p.decided_by as "decidedBy", ${ms('p.decided_at')} as "decidedMs",
    p.answer, a.display_name as "recordedByName", d.display_name as "decidedByName",
    jsonb_build_object('requestedBy', r.requested_by, 'approvedBy', r.approved_by) as measure
  from restriction_appeals p join restrictions r on r.id = p.restriction_id left join accounts a on a.id = p.recorded_by left join accounts d on d.id = p.decided_by`;

export function restrictionBooks(db: PgDatabase): RestrictionBook {
  const history = moveEvents(db, { table: 'restriction_events', key: 'restriction_id' });
  const measures = async (where: string, values: readonly unknown[], tx?: Transaction) =>
    (await db.on(tx).query<Measure>(`${MEASURE} where ${where}`, values)).rows;
  const appeals = async (where: string, values: readonly unknown[], tx?: Transaction) =>
    (await db.on(tx).query<AppealView>(`${APPEAL} where ${where} order by p.recorded_at`, values)).rows;
  return {
    async lock(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    },
    areaCode: (tx) => areaCodeOf(db, tx),
    async daysAtMost(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ days: number }>('select days_at_most as days from restriction_settings');
      const [settings] = rows;
      if (settings === undefined) throw new Error('the settings of restrictions are gone');
      return settings.days;
    },
    async setDaysAtMost(days, tx) {
      await db.on(tx).query('update restriction_settings set days_at_most = $1', [days]);
    },
    byId: async (id, tx) => (await measures('r.id = $1', [id], tx))[0] ?? null,
    ofNumber: (number, tx) => measures('r.number = $1', [number], tx),
    active: (tx) => measures(`r.state = 'active'`, [], tx),
    due: (nowMs, tx) => measures(`r.state = 'active' and r.until_at <= $1`, [new Date(nowMs)], tx),

    async save(measure, event, trace, tx) {
      await db
        .on(tx)
        .query(SAVE, [
          measure.id,
          measure.number,
          measure.step,
          measure.callsPerHour,
          measure.hours,
          new Date(measure.fromMs),
          new Date(measure.untilMs),
          measure.note,
          measure.reason,
          measure.state,
          measure.requestedBy,
          new Date(measure.requestedMs),
          measure.approvedBy,
        ]);
      await history.add(measure.id, event, trace, tx);
    },
    async view(id) {
      const { rows } = await db.query<MeasureView>(`${VIEW} where r.id = $1`, [id]);
      return rows[0] ?? null;
    },
    list({ number, states }, page) {
      const { values, bind } = binder();
      const conditions = [
        ...(number === undefined ? [] : [`r.number = ${bind(number)}`]),
        ...(states === undefined ? [] : [`r.state = any (${bind(states)})`]),
      ];
      const by = { at: 'r.requested_at', id: 'r.id', order: 'newestFirst' } as const;
      const list = { columns: VIEW_COLUMNS, from: VIEW_FROM, conditions, values, by };
      return readPage<MeasureView>(db, list, page);
    },
    events: (id) => history.of<MeasureEventEntry>(id, 'measureId'),

    appeals: (measureId, tx) => appeals('p.restriction_id = $1', [measureId], tx),
    appeal: async (id, tx) => (await appeals('p.id = $1', [id], tx))[0] ?? null,
    openAppeals: () => appeals(`p.state = 'open'`, []),
    async saveAppeal(appeal, tx) {
      await db
        .on(tx)
        .query(SAVE_APPEAL, [
          appeal.id,
          appeal.measureId,
          appeal.state,
          appeal.text,
          appeal.recordedBy,
          new Date(appeal.recordedMs),
          appeal.decidedBy,
          appeal.decidedMs === null ? null : new Date(appeal.decidedMs),
          appeal.answer,
        ]);
    },
  };
}

const SAVE = `
  insert into restrictions (id, number, step, calls_per_hour, hours, from_at, until_at, note, reason, state,
    requested_by, requested_at, approved_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  on conflict (id) do update set from_at = excluded.from_at, until_at = excluded.until_at, state = excluded.state,
    approved_by = excluded.approved_by`;

const SAVE_APPEAL = `
  insert into restriction_appeals (id, restriction_id, state, text, recorded_by, recorded_at, decided_by, decided_at,
    answer)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (id) do update set state = excluded.state, decided_by = excluded.decided_by,
    decided_at = excluded.decided_at, answer = excluded.answer`;
