import type { Queue } from '../../domain/hotlines/configuration.ts';

/** A queue's columns as the rules name them; all that read or write queues go by this list. */
const COLUMNS = {
  code: ['code', 'text'],
  name: ['name', 'text'],
  overflowQueue: ['overflow_queue', 'text'],
  overflowAfterMs: ['overflow_after_ms', 'integer'],
  overflowWaiting: ['overflow_waiting', 'integer'],
  overflowLongestMs: ['overflow_longest_ms', 'integer'],
  overflowUnstaffed: ['overflow_unstaffed', 'boolean'],
  ringTimeoutMs: ['ring_timeout_ms', 'integer'],
  wrapUpMs: ['wrap_up_ms', 'integer'],
  rating: ['rating', 'text'],
  priority: ['priority', 'integer'],
  skills: ['skills', 'text'],
  ownerFirstMs: ['owner_first_ms', 'integer'],
  tellsPlace: ['tells_place', 'boolean'],
  placeEveryMs: ['place_every_ms', 'integer'],
  lastResort: ['last_resort', 'text'],
  lastResortAfterMs: ['last_resort_after_ms', 'integer'],
  callback: ['callback', 'jsonb'],
} as const satisfies Record<keyof Queue, readonly [string, string]>;

const entries = Object.entries(COLUMNS);

/** `select … from queues`, without the end of the sentence. */
export const SELECT_QUEUES = `
  select ${entries.map(([field, [column]]) => `${column} as "${field}"`).join(', ')}
  from queues`;

// One statement: its foreign keys are looked at when it is done, so that two desks may point at each other.
/** `$1`: queues as a JSON array. A code that is there already is overwritten. */
export const WRITE_QUEUES = `
  insert into queues (${entries.map(([, [column]]) => column).join(', ')})
  select ${entries.map(([field]) => `"${field}"`).join(', ')}
  from jsonb_to_recordset($1::jsonb) as r(${entries.map(([field, [, type]]) => `"${field}" ${type}`).join(', ')})
  on conflict (code) do update set ${entries.map(([, [column]]) => `${column} = excluded.${column}`).join(', ')}`;
