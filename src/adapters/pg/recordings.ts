import type { DueSegment, RecordingBook, RecordingView, WantingSegment } from '../../app/ports/recordings.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import { RECORDING_STATES, type RecordingState } from '../../domain/recordings/recording-table.ts';
import type { ToldFact } from '../../domain/recordings/told-fact.ts';
import { betweenDays } from './call-counts.ts';
import type { PgDatabase } from './database.ts';
import { spokenByEmployer } from './employers.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';

const CLAIM = `
  update recordings set look_at = $2
  where id in (select id from recordings where source is not null and look_at <= $1
    order by look_at limit $3 for update skip locked)
  returning id, call_id as "callId", segment, kind, state, source, file, looks`;

const VIEW = `r.call_id as "callId", r.segment, r.kind, r.state, ${iso('r.state_at')} as "stateAt", r.fault,
  ${iso('r.began_at')} as "beganAt", ${iso('r.ended_at')} as "endedAt", r.file, r.channels,
  r.duration_ms as "durationMs", r.heard_ms as "heardMs", r.bytes::float8 as bytes, encode(r.sha256, 'hex') as sha256,
  r.gaps`;

export function recordingBooks(db: PgDatabase): RecordingBook {
  return {
    async claim(now, until, limit) {
      const { rows } = await db.query<DueSegment>(CLAIM, [new Date(now), new Date(until), limit]);
      return rows;
    },

    async facts(callId) {
      const { rows } = await db.query<ToldFact>(
        `select ${ms('at')} as "atMs", type, body from call_facts
         where call_id = $1 order by at, seq`,
        [callId],
      );
      return rows;
    },

    async wait(id, againMs, stalled) {
      await db.query(
        `update recordings set look_at = $2, stalled_at = case when $3 then coalesce(stalled_at, now()) end
         where id = $1`,
        [id, new Date(againMs), stalled],
      );
    },

    async miss(id, fault, at, againMs) {
      await db.query(
        `update recordings r set state = 'failed', fault = $2, looks = r.looks + 1,
           state_at = case when r.state = 'failed' then r.state_at else $3 end,
           source = case when $4::timestamptz is null then null else r.source end,
           look_at = coalesce($4, r.look_at)
         where r.id = $1 and r.state in ('started', 'failed')`,
        [id, fault, new Date(at), againMs === null ? null : new Date(againMs)],
      );
    },

    async seal(id, at, { state, fault, endedMs, file, sealed, gaps }) {
      await db.query(
        `update recordings set state = $2, state_at = $3, fault = $4, ended_at = $5, file = $6, channels = $7,
           duration_ms = $8, heard_ms = $9, bytes = $10, sha256 = $11, gaps = $12::jsonb, stalled_at = null
         where id = $1 and state in ('started', 'failed')`,
        [
          id,
          state,
          new Date(at),
          fault,
          new Date(endedMs),
          file,
          sealed.channels,
          sealed.durationMs,
          sealed.heardMs,
          sealed.bytes,
          sealed.sha256,
          JSON.stringify(gaps),
        ],
      );
    },

    async sourceGone(id) {
      await db.query(`update recordings set source = null where id = $1`, [id]);
    },

    async untold(limit) {
      const { rows } = await db.query<WantingSegment>(
        `select id, call_id as "callId", segment, state, coalesce(fault, 'notStarted') as fault from recordings
         where alarmed_at is null and state in ('partial', 'failed') order by state_at limit $1`,
        [limit],
      );
      return rows;
    },

    async told(id, at) {
      await db.query('update recordings set alarmed_at = $2 where id = $1', [id, new Date(at)]);
    },

    async stillSo(state, fault, sinceMs) {
      const { rows } = await db.query<{ count: number }>(
        `select count(*)::integer as count from recordings where state = $1 and fault = $2 and alarmed_at >= $3`,
        [state, fault, new Date(sinceMs)],
      );
      return rows[0]?.count ?? 0;
    },

    async stalled() {
      const { rows } = await db.query<{ count: number }>(
        `select count(*)::integer as count from recordings where state = 'started' and stalled_at is not null`,
      );
      return rows[0]?.count ?? 0;
    },

    async storedSince(ms) {
      const { rows } = await db.query(
        `select from recordings where began_at > $1 and kind = 'conversation' and state = 'stored' limit 1`,
        [new Date(ms)],
      );
      return rows.length > 0;
    },

    async sealedSince(ms) {
      const { rows } = await db.query(
        `select from recordings where state_at > $1 and state in ('stored', 'partial') limit 1`,
        [new Date(ms)],
      );
      return rows.length > 0;
    },

    async ofCall(callId) {
      const { rows } = await db.query<RecordingView>(
        `select ${VIEW} from recordings r where r.call_id = $1 order by r.began_at, r.segment`,
        [callId],
      );
      return rows;
    },

    async list({ state, day, employer }, page) {
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const conditions: string[] = [];
      if (state !== undefined) conditions.push(`r.state = ${bind(state)}`);
      if (day !== undefined) conditions.push(onDay(bind(day)));
      if (employer !== undefined) conditions.push(spokenByEmployer('r.call_id', bind(employer)));
      const list = {
        columns: VIEW,
        from: 'recordings r',
        ...{ conditions, values },
        by: { at: 'r.began_at', id: 'r.id', order: 'newestFirst' },
      } as const;
      const { rows: recordings, next } = await readPage<RecordingView>(db, list, page);
      return { recordings, next };
    },

    async count(day) {
      const { rows } = await db.query<{ state: RecordingState; count: number }>(
        `select r.state, count(*)::integer as count from recordings r where ${onDay('$1')} group by r.state`,
        [day],
      );
      const found = new Map(rows.map(({ state, count }) => [state, count]));
      const counts = RECORDING_STATES.map((state) => [state, found.get(state) ?? 0] as const);
      return Object.fromEntries(counts) as Record<RecordingState, number>;
    },
  };
}

const onDay = (day: string): string => betweenDays('r.began_at', day, day);

/** Facts of these types change what is known of a segment. */
const TELLING: ReadonlySet<string> = new Set([
  'callArrived',
  'callAnswered',
  'callPlaced',
  'recordingBegan',
  'callEnded',
  'segmentBegan',
  'segmentEnded',
]);

/**
 * Rows of segments from all facts of these calls. What the worker found out by looking at the file is not undone: only
 * the ends of a segment come from facts once it is there.
 */
export async function deriveRecordings(
  db: PgDatabase,
  tx: Transaction,
  types: readonly string[],
  calls: readonly string[],
): Promise<void> {
  if (!types.some((type) => TELLING.has(type))) return;
  await db.on(tx).query(DERIVE_CONVERSATIONS, [calls]);
  if (types.some((type) => type === 'segmentBegan' || type === 'segmentEnded'))
    await db.on(tx).query(DERIVE_SEGMENTS, [calls]);
}

/** The switch says of a call out that it writes it; a late word undoes what was concluded from its silence. */
const BEGUN = `(excluded.state = 'started' and (recordings.state = 'notRequested' or recordings.fault = 'notStarted'))`;
/** As long as a switch that is slow may take to begin; the citizen is joined with nobody before. */
const BEGINS_WITHIN = `interval '3 seconds'`;
const MISSED = `(recordings.state = 'notRequested' and excluded.state = 'failed')`;

const ON_CONFLICT = `on conflict (call_id, segment) do update set
    began_at = excluded.began_at,
    ended_at = case when recordings.state in ('started', 'notRequested') then excluded.ended_at else recordings.ended_at end,
    look_at = case when ${BEGUN} then excluded.look_at
      when recordings.state = 'started' and recordings.ended_at is null and excluded.ended_at is not null
      then excluded.look_at else recordings.look_at end`;

// A call out is recorded from the citizen's answer: until then, and when he never answers, nothing is to be recorded.
// Answered and not recorded is a failure, said of a call out at its end: between the answer and the word of the switch
// lie some milliseconds. Who hangs up within as long as the switch may take was put through to nobody yet, and nothing
// was missed.
const DERIVE_CONVERSATIONS = `
  insert into recordings (call_id, segment, kind, state, state_at, fault, began_at, ended_at, source, look_at)
  select call_id, 'main', 'conversation',
    case when recording <> '' then 'started' when fault is not null or missed then 'failed' else 'notRequested' end,
    began, case when recording <> '' then null when fault is not null then fault when missed then 'notStarted'
      when placed and ended is not null then case when reached is null then 'notAnswered' else 'endedAtOnce' end end,
    began, ended, nullif(recording, ''), coalesce(ended + interval '2 seconds', began + interval '15 seconds')
  from (
    select call_id, arrived is null as placed, ended, recording, fault, coalesce(arrived, begun, placed) as began,
      reached, case when arrived is null then coalesce(ended - reached >= ${BEGINS_WITHIN}, false) else answered end as missed
    from (
      select call_id, min(at) filter (where type = 'callArrived') as arrived,
        min(at) filter (where type = 'callPlaced') as placed,
        min(at) filter (where type = 'recordingBegan') as begun,
        max(at) filter (where type = 'callEnded') as ended,
        coalesce(max(body->>'recording') filter (where type in ('callArrived', 'recordingBegan')), '') as recording,
        max(body->>'recordingFault') filter (where type in ('callArrived', 'recordingBegan')) as fault,
        bool_or(type in ('callAnswered', 'talkStarted')) as answered,
        min(at) filter (where type = 'talkStarted' or (type = 'legAnswered' and body->>'leg' ~ '[.]t[0-9]+$')) as reached
      from call_facts where call_id = any ($1::uuid[]) group by call_id
    ) told where arrived is not null or placed is not null
  ) c
  ${ON_CONFLICT},
    state = case when ${BEGUN} or ${MISSED} then excluded.state else recordings.state end,
    state_at = case when ${BEGUN} then excluded.began_at else recordings.state_at end,
    source = case when ${BEGUN} then excluded.source else recordings.source end,
    fault = case when ${BEGUN} or recordings.state = 'notRequested' then excluded.fault else recordings.fault end`;

// A fault is what call control heard of the switch; should there be a file all the same, the worker finds it.
const DERIVE_SEGMENTS = `
  insert into recordings (call_id, segment, kind, state, state_at, fault, began_at, ended_at, source, look_at)
  select b.call_id, b.body->>'segment', 'internal', case when e.fault is null then 'started' else 'failed' end, b.at,
    e.fault, b.at, e.at, b.body->>'recording', coalesce(e.at + interval '2 seconds', b.at + interval '15 seconds')
  from call_facts b left join lateral (
    select at, body->>'fault' as fault from call_facts e where e.call_id = b.call_id and e.at >= b.at
      and (e.type = 'callEnded' or (e.type = 'segmentEnded' and e.body->>'segment' = b.body->>'segment'))
    order by at, seq limit 1) e on true
  where b.call_id = any ($1::uuid[]) and b.type = 'segmentBegan'
  ${ON_CONFLICT},
    state = case when recordings.state = 'started' and excluded.state = 'failed' then 'failed' else recordings.state end,
    fault = case when recordings.state = 'started' then excluded.fault else recordings.fault end`;
