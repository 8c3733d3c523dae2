import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mayUse, type OperationId, POLICY } from '../../../src/adapters/http/policy.ts';
import { ROLES } from '../../../src/app/ports/accounts.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { WHOLE_LISTS } from './whole-lists.ts';

// Lists that are read page by page: each row once, in one order, whatever comes or goes meanwhile.

interface Shape {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
}
interface Operation {
  readonly operationId: OperationId;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Shape;
  }[];
  /** Arrays at the top of the answer. */
  readonly lists: readonly string[];
  readonly answers: Shape;
}

const isRows = ({ type, items }: Shape): boolean =>
  [type].flat().includes('array') && items?.type !== 'string' && items?.type !== 'integer';

let counter: Counter;
let lists: Operation[];
beforeAll(async () => {
  counter = await openCounter();
  const { paths } = (await counter.ask(null, 'GET', '/openapi.json')).body;
  lists = Object.entries(paths as Record<string, { get?: Omit<Operation, 'path'> & { responses: object } }>)
    .flatMap(([path, { get }]) => (get === undefined ? [] : [{ ...get, path }]))
    .map(({ responses, parameters = [], ...get }) => {
      const { content } =
        (responses as Record<string, { content?: Record<string, { schema: Shape }> }>)['200'] ?? {};
      const answers = content?.['application/json']?.schema ?? {};
      const named = [answers, ...(answers.anyOf ?? [])].flatMap(({ properties = {} }) =>
        Object.entries(properties),
      );
      // Words and numbers are what one thing has; rows are objects.
      const arrays = named.filter(([, one]) => isRows(one)).map(([name]) => name);
      return { ...get, parameters, answers, lists: answers.type === 'array' ? ['the answer'] : arrays };
    })
    .filter((one) => one.lists.length > 0);
});
afterAll(() => counter.close());

const isPaged = ({ parameters, answers }: Operation): boolean =>
  ['limit', 'after'].every((name) => parameters.some((one) => one.name === name && one.in === 'query')) &&
  answers.properties?.next !== undefined;

test('every list is read page by page, or stands here with the reason why it cannot grow', () => {
  const excepted = Object.values(WHOLE_LISTS).flat();
  expect(new Set(excepted).size).toBe(excepted.length);
  expect(lists.filter(isPaged).length).toBeGreaterThan(40);
  const whole = lists.filter((one) => !isPaged(one)).map(({ operationId }) => operationId);
  expect(whole.filter((one) => !excepted.includes(one))).toEqual([]);
  // What pages by now, or is no more, has no business here.
  expect(excepted.filter((one) => !whole.includes(one))).toEqual([]);
});

/** Lists of what people give codes to go on behind a code, which may be any word. */
const BEHIND_A_CODE: readonly OperationId[] = ['listKnowledge', 'listPublicKnowledge', 'listPlaces'];

/** Of what a list cannot be asked without: a fortnight, a unit, the first of the words it knows. */
function needed({ parameters }: Operation): string {
  return parameters
    .filter((one) => one.in === 'query' && one.required === true && one.schema.default === undefined)
    .map(({ name, schema }) => {
      const day = name === 'to' ? '2026-11-20' : '2026-11-06';
      const byFormat =
        schema.format === 'date' ? day : schema.format === 'date-time' ? `${day}T00:00:00Z` : 'water';
      return `&${name}=${encodeURIComponent(schema.enum?.[0] ?? byFormat)}`;
    })
    .join('');
}

test('of each: a page, where the next begins, and a clear word about a cursor that is none', async () => {
  const wrong: string[] = [];
  for (const one of lists.filter((each) => isPaged(each) && !each.path.includes('{'))) {
    const access = POLICY[one.operationId];
    const role = ROLES.find((each) => access !== 'public' && mayUse(access, [each]));
    const who = role === undefined ? null : counter.people[role];
    const more = needed(one);
    const page = await counter.ask(who, 'GET', `${one.path}?limit=1${more}`);
    const [rows, next] = [page.body[one.lists[0] ?? ''], page.body.next];
    if (page.status !== 200 || !Array.isArray(rows) || rows.length > 1)
      wrong.push(`${one.operationId}: ${page.raw.slice(0, 200)}`);
    if (rows?.length === 0 && next !== null) wrong.push(`${one.operationId}: nothing, and more behind it`);
    if (BEHIND_A_CODE.includes(one.operationId)) continue;
    const strange = await counter.ask(who, 'GET', `${one.path}?after=abc${more}`);
    if (strange.status !== 400 || strange.body.code !== 'page.invalid')
      wrong.push(`${one.operationId}, a cursor that is none: ${strange.raw.slice(0, 200)}`);
  }
  expect(wrong).toEqual([]);
}, 120_000);

/** All pages of one row each; `between` happens after the first. */
async function rowsOf(who: Person, path: string, name: string, between = async () => undefined as unknown) {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  const seen: any[] = [];
  const join = path.includes('?') ? '&' : '?';
  for (let after = ''; ; ) {
    const { body } = await counter.ask(who, 'GET', `/v1/${path}${join}limit=1${after}`);
    seen.push(...body[name]);
    if (seen.length === 1) await between();
    if (body.next === null) return seen;
    after = `&after=${body.next}`;
  }
}
const pages = async (
  who: Person,
  path: string,
  name: string,
  between?: () => Promise<unknown>,
): Promise<string[]> => (await rowsOf(who, path, name, between)).map(({ number }) => number);

test('rows of one instant come each once, and one that goes meanwhile takes no other with it', async () => {
  const at = '2026-11-25T10:00:00.123456Z';
  const [first] = await Promise.all(
    ['SJ1', 'SJ2', 'SJ3', 'SJ4'].map(async (number) => {
      const id = randomUUID();
      await counter.db.query(
        `insert into incidents (id, number, title, category_code, area, state, opened_at)
         values ($1, $2, '停水', 'leak', '余荡村', 'open', $3)`,
        [id, number, at],
      );
      return id;
    }),
  );
  const all = await pages(counter.people.lead, 'incidents', 'incidents');
  expect(all.toSorted()).toEqual(['SJ1', 'SJ2', 'SJ3', 'SJ4']);
  const without = await pages(counter.people.lead, 'incidents', 'incidents', () =>
    counter.db.query('delete from incidents where id <> $1 and number = $2', [first, all[0]]),
  );
  expect(without).toEqual(all);
});

test('complex threads come first, by when they became so; the others after them, the newest first', async () => {
  for (const [number, openedAt, complexAt] of [
    ['T1', '2026-01-01', null],
    ['T2', '2026-02-01', '2026-09-01'],
    ['T3', '2026-03-01', null],
    ['T4', '2014-09-01', '2026-10-01'],
  ] as const) {
    await counter.db.query(
      `insert into threads (id, number, opened_at, complex_at, complex_reasons, reviewed_at)
       values ($1, $2, $3, $4, case when $4::timestamptz is null then '{}' else array['transfers'] end, now())`,
      [randomUUID(), number, openedAt, complexAt],
    );
  }
  expect(await pages(counter.people.lead, 'threads', 'threads')).toEqual(['T4', 'T2', 'T3', 'T1']);
  const { body } = await counter.ask(counter.people.lead, 'GET', '/v1/threads?complex=false');
  expect(body.threads.map(({ number }: { number: string }) => number)).toEqual(['T3', 'T1']);
});

test('alarms that are open come first, whenever they were raised; what was closed behind them, the newest first', async () => {
  const { db, people } = counter;
  for (const [key, raisedAt, closedAt] of [
    ['A1', '2026-01-01', null],
    ['A2', '2026-02-01', '2026-02-02'],
    ['A3', '2026-03-01', null],
    ['A4', '2026-04-01', '2026-04-02'],
  ] as const) {
    await db.query(
      `insert into alarms (id, key, kind, detail, subject, raised_at, last_at, closed_at, closing_reason)
       values ($1, $2, 'incident.surge', '突发 surge', $2, $3, $3, $4, case when $4::timestamptz is not null then '平息 over' end)`,
      [randomUUID(), key, raisedAt, closedAt],
    );
  }
  const keys = async (query: string) =>
    (await rowsOf(people.lead, `alarms${query}`, 'alarms')).map(({ subject }) => subject);
  expect(await keys('?kind=incident.surge')).toEqual(['A3', 'A1', 'A4', 'A2']);
  expect(await keys('?kind=incident.surge&open=true')).toEqual(['A3', 'A1']);
  expect(await keys('?kind=switch.away')).toEqual([]);
});

test('failures of both kinds stand in one list, the latest first, rows of one instant each once', async () => {
  const { db, people } = counter;
  const times = ['10:00:00.000001', '10:00:00.000002', '10:00:00.000002', '10:00:00.000003'];
  for (const time of times) {
    await db.query(
      `insert into outbox (topic, key, body, sent_at, failure) values ('paging', $1, '{}', $2, 'unreadable')`,
      [time, `2026-11-25T${time}Z`],
    );
  }
  const all = await rowsOf(people.operator, 'jobs/failures', 'failures');
  expect(all.map(({ what }) => what)).toEqual(times.toReversed().map((time) => `paging ${time}`));
  expect(new Set(all.map(({ id }) => id)).size).toBe(times.length);
  expect(await rowsOf(people.operator, 'jobs/failures?kind=deadline', 'failures')).toEqual([]);
});

test('telephones of units: each once, of all units or of one; a unit reads its own, whatever it asks for', async () => {
  const { people } = counter;
  for (const [unitCode, number] of [
    ['water', '0513-84110001'],
    ['power', '0513-84110002'],
    ['water', '0513-84110003'],
  ] as const) {
    const added = await counter.ask(people.operator, 'POST', '/v1/unit-phones', {
      unitCode,
      number,
      label: '办公室',
    });
    expect(added.status, added.raw).toBe(201);
  }
  const units = async (who: Person, query = '') =>
    (await rowsOf(who, `unit-phones${query}`, 'phones')).map(({ unitCode }) => unitCode);
  expect(await units(people.operator)).toEqual(['water', 'power', 'water']);
  expect(await units(people.operator, '?unitCode=power')).toEqual(['power']);
  expect(await units(people.unit, '?unitCode=power')).toEqual(['water', 'water']);
});

test('versions of the catalogue are read on behind a number', async () => {
  for (const version of [901, 902, 903]) {
    await counter.db.query(
      `insert into dispatch_versions (version, at, origin, reason, added, removed) values ($1, now(), 'edit', '翻页', 0, 0)`,
      [version],
    );
  }
  const numbers = async (query: string) => {
    const { body } = await counter.ask(
      counter.people.lead,
      'GET',
      `/v1/dispatch/catalogue/versions?${query}`,
    );
    return body.versions.map(({ version }: { version: number }) => version);
  };
  expect(await numbers('limit=2')).toEqual([903, 902]);
  expect(await numbers('limit=1&before=902')).toEqual([901]);
});
