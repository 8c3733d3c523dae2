import type { Fact, FactWriter } from '../../app/ports/facts.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { PgDatabase } from './database.ts';
import { writeCallbacks } from './fact-callbacks.ts';
import { deriveSubscribers } from './fact-subscribers.ts';
import { DERIVE_SURVEYS } from './fact-surveys.ts';
import { DERIVE_URGENT_CALLS } from './fact-urgent-calls.ts';
import { deriveRecordings } from './recordings.ts';

/** As much as one transaction takes; the writer may hand over more. */
const BATCH = 500;
/** Two writers at once (a takeover of call control) would derive rows from half of the facts each. */
const LOCK_KEY = 1_234_500_002;

/** SQLSTATE classes in which the data is at fault and trying again would fail for ever. */
const BAD_DATA = /^(22|23|54)/;

/**
 * The rows of `calls` and `call_legs` are recomputed from all facts of the calls that a batch touches, so facts may
 * come late, twice, or from the middle of a call.
 */
export function factWriter(
  db: PgDatabase,
  onRefused: (refused: { readonly id: string; readonly type: string; readonly reason: string }) => void,
): FactWriter {
  async function write(facts: readonly Fact[]): Promise<void> {
    try {
      await db.transact((tx) => insertAndDerive(db, tx, facts));
    } catch (error) {
      const reason = badData(error);
      if (reason === null) throw error;
      const [first] = facts;
      if (first === undefined) throw error;
      if (facts.length === 1) {
        await setAside(db, first, reason);
        onRefused({ id: first.id, type: first.type, reason });
        return;
      }
      // Somewhere in here is the culprit: halving finds it in few steps and writes all the others.
      const middle = Math.ceil(facts.length / 2);
      await write(facts.slice(0, middle));
      await write(facts.slice(middle));
    }
  }

  return {
    async writeFacts(facts) {
      for (let from = 0; from < facts.length; from += BATCH) await write(facts.slice(from, from + BATCH));
    },
  };
}

function badData(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !BAD_DATA.test(String(error.code))) return null;
  return `${String(error.code)}: ${error.message}`;
}

async function setAside(db: PgDatabase, fact: Fact, reason: string): Promise<void> {
  const readable = (text: string) => text.replaceAll('\u0000', '\uFFFD');
  await db.query('insert into refused_facts (id, fact, error) values ($1, $2, $3) on conflict do nothing', [
    readable(String(fact.id)),
    JSON.stringify(fact),
    readable(reason),
  ]);
}

async function insertAndDerive(db: PgDatabase, tx: Transaction, facts: readonly Fact[]): Promise<void> {
  const ofCalls = facts.flatMap((fact) => {
    if (fact.callId === null) return [];
    const { id, atMs, callId, seq, type, ...body } = fact;
    return [{ id, at_ms: atMs, call_id: callId, seq, type, body }];
  });
  const presence = facts.flatMap((fact) =>
    fact.callId === null && fact.type === 'presence'
      ? [
          {
            id: fact.id,
            at_ms: fact.atMs,
            agent_id: fact.agentId,
            state: fact.state,
            reason: fact.reason,
            seq: fact.seq ?? 0,
            limit_ms: fact.limitMs ?? null,
            counts_as_rest: fact.countsAsRest ?? false,
            of_call: fact.ofCall ?? null,
            by_account: fact.by ?? null,
            note: fact.note ?? null,
          },
        ]
      : [],
  );
  const on = db.on(tx);
  if (presence.length > 0) await on.query(INSERT_PRESENCE, [JSON.stringify(presence)]);
  await writeCallbacks(db, tx, facts);
  if (ofCalls.length === 0) return;
  await on.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
  await on.query(INSERT_FACTS, [JSON.stringify(ofCalls)]);
  const calls = [...new Set(ofCalls.map((fact) => fact.call_id))];
  await on.query(DERIVE_CALLS, [calls]);
  await on.query(DERIVE_LEGS, [calls]);
  if (ofCalls.some(({ type }) => type === 'queueEntered' || type === 'queueLeft')) {
    await on.query(DERIVE_VISITS, [calls]);
  }
  if (ofCalls.some(({ type }) => type === 'messageLeft')) await on.query(DERIVE_MESSAGES, [calls]);
  if (ofCalls.some(({ type }) => type === 'rating')) await on.query(DERIVE_RATINGS, [calls]);
  if (ofCalls.some(({ type }) => type === 'surveyEnded')) {
    await on.query(DERIVE_SURVEYS, [calls]);
    await on.query(DERIVE_URGENT_CALLS, [calls]);
  }
  await deriveRecordings(
    db,
    tx,
    ofCalls.map(({ type }) => type),
    calls,
  );
  await deriveSubscribers(db, tx, calls);
}

const INSERT_PRESENCE = `
  insert into presence_intervals (
    id, agent_id, state, reason, at, seq, limit_ms, counts_as_rest, of_call, by_account, note)
  select id, agent_id, state, reason, to_timestamp(at_ms / 1000), seq, limit_ms, counts_as_rest, of_call, by_account,
    note
  from jsonb_to_recordset($1::jsonb) as f(id uuid, at_ms double precision, agent_id uuid, state text, reason text,
    seq integer, limit_ms integer, counts_as_rest boolean, of_call uuid, by_account uuid, note text)
  on conflict (id) do nothing`;

const INSERT_FACTS = `
  insert into call_facts (id, call_id, seq, at, type, body)
  select id, call_id, seq, to_timestamp(at_ms / 1000), type, body
  from jsonb_to_recordset($1::jsonb)
    as f(id uuid, at_ms double precision, call_id uuid, seq integer, type text, body jsonb)
  on conflict (id) do nothing`;

/** The value of a fact's field: of the first such fact, or of the last, in the order of the call. */
const first = (type: string, value: string) =>
  `(array_agg(${value} order by at, seq) filter (where type = '${type}'))[1]`;
const last = (type: string, value: string) =>
  `(array_agg(${value} order by at desc, seq desc) filter (where type = '${type}'))[1]`;

// Queue: the last one entered; queued_at: since when the caller waits, whatever queue came later.
const DERIVE_CALLS = `
  insert into calls (
    id, arrived_at, trunk, dialled, caller_number, recording, line, mode, recognised_by, confidence,
    configuration_version, answered_at, queue, queued_at, agent_id, talk_started_at, ended_at, released_by, result,
    direction, purpose, callback_id, about_ticket, missed_call_id, dial_outcome)
  select call_id,
    coalesce(${first('callArrived', 'at')}, min(at)),
    coalesce(${first('callArrived', `body->>'trunk'`)}, ${first('callPlaced', `body->>'trunk'`)}, ''),
    coalesce(${first('callArrived', `body->>'dialled'`)}, ${first('callPlaced', `body->>'callerId'`)}, ''),
    coalesce(${first('callArrived', `body->>'callerNumber'`)}, ${first('callPlaced', `body->>'callerNumber'`)}, ''),
    coalesce(${first('callArrived', `body->>'recording'`)}, ${first('recordingBegan', `body->>'recording'`)}, ''),
    coalesce(${last('callRecognised', `body->>'line'`)}, ${first('callPlaced', `body->>'line'`)}),
    ${last('callRecognised', `body->>'mode'`)},
    ${last('callRecognised', `body->>'method'`)},
    ${last('callRecognised', `body->>'confidence'`)},
    coalesce(${last('callRecognised', `(body->>'configurationVersion')::bigint`)},
      ${first('callPlaced', `(body->>'configurationVersion')::bigint`)}),
    ${first('callAnswered', 'at')},
    ${last('queueEntered', `body->>'queue'`)},
    ${first('queueEntered', 'at')},
    coalesce(${last('talkStarted', `(body->>'agentId')::uuid`)}, ${first('callPlaced', `(body->>'agentId')::uuid`)}),
    ${first('talkStarted', 'at')},
    ${last('callEnded', 'at')},
    ${last('callEnded', `body->>'releasedBy'`)},
    ${last('callEnded', `body->>'result'`)},
    case when bool_or(type = 'callPlaced') then 'outbound' else 'inbound' end,
    ${first('callPlaced', `body->>'purpose'`)},
    ${first('callPlaced', `(body->>'callbackId')::uuid`)},
    ${first('callPlaced', `(body->>'ticketId')::uuid`)},
    ${first('callPlaced', `(body->>'missedCallId')::uuid`)},
    ${last('citizenDialled', `body->>'outcome'`)}
  from call_facts where call_id = any ($1::uuid[]) group by call_id
  on conflict (id) do update set
    arrived_at = excluded.arrived_at, trunk = excluded.trunk, dialled = excluded.dialled,
    caller_number = excluded.caller_number, recording = excluded.recording, line = excluded.line,
    mode = excluded.mode, recognised_by = excluded.recognised_by, confidence = excluded.confidence,
    configuration_version = excluded.configuration_version, answered_at = excluded.answered_at,
    queue = excluded.queue, queued_at = excluded.queued_at, agent_id = excluded.agent_id,
    talk_started_at = excluded.talk_started_at, ended_at = excluded.ended_at,
    released_by = excluded.released_by, result = excluded.result, direction = excluded.direction,
    purpose = excluded.purpose, callback_id = excluded.callback_id, about_ticket = excluded.about_ticket,
    missed_call_id = excluded.missed_call_id, dial_outcome = excluded.dial_outcome`;

// A call leaves one message; told again, or more exactly, it stays that one.
const DERIVE_MESSAGES = `
  insert into voice_messages (call_id, left_at, queue, recording, duration_ms, spoken_ms)
  select call_id, ${last('messageLeft', 'at')}, ${last('messageLeft', `body->>'queue'`)},
    ${last('messageLeft', `body->>'recording'`)}, ${last('messageLeft', `(body->>'durationMs')::integer`)},
    ${last('messageLeft', `(body->>'spokenMs')::integer`)}
  from call_facts where call_id = any ($1::uuid[]) and type = 'messageLeft' group by call_id
  on conflict (call_id) do update set
    left_at = excluded.left_at, queue = excluded.queue, recording = excluded.recording,
    duration_ms = excluded.duration_ms, spoken_ms = excluded.spoken_ms`;

const DERIVE_RATINGS = `
  insert into call_ratings (call_id, at, agent_id, how, grade)
  select call_id, ${last('rating', 'at')}, ${last('rating', `(body->>'agentId')::uuid`)},
    ${last('rating', `body->>'how'`)}, ${last('rating', `(body->>'grade')::smallint`)}
  from call_facts where call_id = any ($1::uuid[]) and type = 'rating' group by call_id
  on conflict (call_id) do update set
    at = excluded.at, agent_id = excluded.agent_id, how = excluded.how, grade = excluded.grade`;

// A late fact may come between two others: each visit gets its number anew.
const DERIVE_VISITS = `
  insert into call_queue_visits select * from queue_visits_of($1::uuid[])
  on conflict (call_id, nth) do update set queue = excluded.queue, entered_at = excluded.entered_at,
    left_at = excluded.left_at, how = excluded.how, reason = excluded.reason`;

const LISTENS = `bool_or(type = 'listenedIn')`;
const listenEnded = (value: string) =>
  `(array_agg(${value} order by at desc, seq desc) filter (where type = 'listenedIn' and body->>'how' = 'ended'))[1]`;
const CALL_OVER = `(select max(e.at) from call_facts e where e.call_id = call_facts.call_id and e.type = 'callEnded')`;

// A lead stands there from when he asked to listen: he answered the citizen when he took over, if he did. Whom a restart
// of call control parted from the talk listened to its end, as far as is known.
const DERIVE_LEGS = `
  insert into call_legs (call_id, leg, agent_id, number, reason, rang_at, answered_at, ended_at, how)
  select call_id, body->>'leg',
    coalesce(${first('legRang', `(body->>'agentId')::uuid`)}, ${first('partyJoined', `(body->>'agentId')::uuid`)},
      ${first('listenedIn', `(body->>'by')::uuid`)}),
    ${first('legRang', `body->>'number'`)},
    coalesce(${first('legRang', `body->>'reason'`)},
      case when bool_or(type = 'partyJoined' and body->>'how' = 'takenOver') then '拦截' end,
      case ${first('listenedIn', `body->>'how'`)} when 'monitor' then '侦听' when 'whisper' then '耳语'
        when 'barge' then '插入' end, ''),
    coalesce(${first('legRang', 'at')}, min(at)),
    coalesce(${first('legAnswered', 'at')}, ${first('partyJoined', 'at')}),
    coalesce(${last('legEnded', 'at')}, ${listenEnded('at')}, case when ${LISTENS} then ${CALL_OVER} end),
    coalesce(${last('legEnded', `body->>'how'`)}, ${listenEnded(`body->>'reason'`)},
      case when ${LISTENS} and ${CALL_OVER} is not null then 'talkOver' end)
  from call_facts
  where call_id = any ($1::uuid[]) and type in ('legRang', 'legAnswered', 'partyJoined', 'legEnded', 'listenedIn')
    and body->>'leg' is not null
  group by call_id, body->>'leg'
  on conflict (call_id, leg) do update set
    agent_id = excluded.agent_id, number = excluded.number, reason = excluded.reason, rang_at = excluded.rang_at,
    answered_at = excluded.answered_at, ended_at = excluded.ended_at, how = excluded.how`;
