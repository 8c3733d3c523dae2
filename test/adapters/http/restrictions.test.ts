import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { endDueRestrictions } from '../../../src/app/restrictions/decide-restriction.ts';
import { type Answer, type Counter, openCounter, type Person } from './counter.ts';

// Nuisance callers over HTTP and in PostgreSQL: step by step, by two persons, for a time, with a way to appeal.

const HOUR = 3_600_000;
let now = Date.now();
let counter: Counter;
let operator: Person;
let lead: Person;
let third: Person;
let agent: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  ({ operator, lead, agent } = counter.people);
  third = await counter.person(['operator']);
  // The clock is put forward by days here: nobody has to sign in again.
  await counter.db.query(`update sessions set expires_at = expires_at + interval '1 year'`);
  await counter.db.query(`insert into protected_numbers (number, name, rule, basis) values
    ('12110', '短信报警', 'never', 'RD-03')`);
});
afterAll(() => counter.close());

let numbered = 0;
const fresh = (): string => {
  numbered += 1;
  return `1380013${String(8000 + numbered)}`;
};
const REASON = '一日内来电四十余次，辱骂话务员';
const ask = (path: string, body: object, who = operator): Promise<Answer> =>
  counter.ask(who, 'POST', `/v1${path}`, body);
const restrict = (number: string, step: string, more: object = {}, who = operator): Promise<Answer> =>
  ask('/restrictions', { number, step, hours: 24, reason: REASON, ...more }, who);
const inForce = async (number: string): Promise<readonly string[]> =>
  ((await configurationBooks(counter.db).load()).configuration.restrictions ?? [])
    .flatMap((one) => (one.number === number ? [one.step] : []))
    .sort();
async function approved(number: string, step: string, more: object = {}): Promise<string> {
  const requested = await restrict(number, step, more);
  expect(requested.status, JSON.stringify(requested.body)).toBe(201);
  const { body } = await ask(`/restrictions/${requested.body.id}/approve`, { reason: '情况属实' }, lead);
  expect(body.state, JSON.stringify(body)).toBe('active');
  return body.id;
}
async function blocked(number: string): Promise<string> {
  await restrict(number, 'note');
  await approved(number, 'limit', { callsPerHour: 2 });
  return approved(number, 'block');
}

test('note, limit, block: each in its turn, the last two by another person, whatever spelling was typed', async () => {
  const number = fresh();
  expect((await restrict(number, 'block')).body).toMatchObject({
    code: 'restriction.stepSkipped',
    data: { missing: 'limit' },
  });
  const noted = await restrict(`+86 ${number}`, 'note', {}, agent);
  expect(noted.body).toMatchObject({ state: 'active', stepName: '备注', approvedBy: null });
  expect(noted.body.number).toMatch(/^138\*\*\*\*80\d\d$/);
  expect(await inForce(number)).toEqual(['note']);

  const limit = await restrict(`0${number}`, 'limit', { callsPerHour: 2 });
  expect(limit.body).toMatchObject({ state: 'requested', stateName: '待审批' });
  expect(await inForce(number)).toEqual(['note']);
  const own = await ask(`/restrictions/${limit.body.id}/approve`, { reason: '同意本人' });
  expect([own.status, own.body.code]).toEqual([403, 'restriction.ownRequest']);
  expect((await ask(`/restrictions/${limit.body.id}/approve`, { reason: '同意' }, agent)).status).toBe(403);
  now += HOUR;
  counter.control.asked.length = 0;
  const yes = await ask(`/restrictions/${limit.body.id}/approve`, { reason: '情况属实' }, lead);
  // The time begins with the approval.
  expect(yes.body).toMatchObject({ state: 'active', until: new Date(now + 24 * HOUR).toISOString() });
  expect(counter.control.asked).toEqual([{ kind: 'reloadConfiguration' }]);
  expect(await inForce(number)).toEqual(['limit', 'note']);
  await approved(number, 'block');
  expect(await inForce(number)).toEqual(['block', 'limit', 'note']);

  const listed = await counter.ask(
    operator,
    'GET',
    `/v1/restrictions?number=${encodeURIComponent(`+86${number}`)}`,
  );
  expect(listed.body.restrictions).toHaveLength(3);
  const { body } = await counter.ask(operator, 'GET', `/v1/restrictions/${limit.body.id}`);
  expect(body.history).toMatchObject([
    { move: 'request', to: 'requested', reason: REASON, by: { id: operator.id } },
    { move: 'approve', to: 'active', reason: '情况属实', by: { id: lead.id } },
  ]);
});

test('by a call nobody has to see the number; an agent only by a call of his own', async () => {
  const callId = await counter.call(agent.id);
  const noted = await ask('/restrictions', { callId, step: 'note', hours: 24, reason: REASON }, agent);
  expect(noted.body).toMatchObject({ number: '138****5678', state: 'active' });
  const other = await counter.person(['agent']);
  const foreign = { callId, step: 'note', hours: 24, reason: REASON };
  expect((await ask('/restrictions', foreign, other)).body.code).toBe('call.notYours');
  const both = { callId, number: '13800138000', step: 'note', hours: 24, reason: REASON };
  expect((await ask('/restrictions', both)).body.code).toBe('restriction.whose');
});

test.each([
  ['a withheld number', 'anonymous', 'note', {}, 'restriction.numberUnknown'],
  ['110', '110', 'note', {}, 'restriction.numberProtected'],
  ['a protected number', '12110', 'note', {}, 'restriction.numberProtected'],
  ['a number of our own', '+86513 12345', 'note', {}, 'restriction.numberProtected'],
  ['a limit without its calls', '13600136000', 'limit', {}, 'restriction.limitInvalid'],
  ['31 days', '13600136000', 'block', { hours: 31 * 24 }, 'restriction.tooLong'],
])('%s is refused', async (_what, number, step, more, code) => {
  const { status, body } = await restrict(number, step, more);
  expect([status, body.code]).toEqual([422, code]);
});

test('even the database restricts no emergency number, and lets nobody approve alone', async () => {
  const insert = (number: string, step: string, by: string, also: string | null) =>
    counter.db.query(
      `insert into restrictions (id, number, step, hours, from_at, until_at, note, reason, state, requested_by,
         requested_at, approved_by)
       values ($1, $2, $3, 1, now(), now() + '1 hour', '', '', 'active', $4, now(), $5)`,
      [randomUUID(), number, step, by, also],
    );
  await expect(insert('110', 'block', operator.id, lead.id)).rejects.toThrow(/restrictions_number_check/);
  await expect(insert('13500135000', 'block', operator.id, null)).rejects.toThrow(/check/);
  await expect(insert('13500135000', 'block', operator.id, operator.id)).rejects.toThrow(/check/);
  await expect(counter.db.query('delete from restriction_events')).rejects.toThrow(/append-only|violates/);
});

test('it ends by itself, once, and the same step may then be taken anew', async () => {
  const number = fresh();
  await blocked(number);
  expect((await restrict(number, 'block')).body.code).toBe('restriction.exists');
  now += 24 * HOUR;
  const end = endDueRestrictions(counter.services);
  const ended = await Promise.all([end(), end()]);
  expect(ended.filter((some) => some > 0)).toHaveLength(1);
  expect(await inForce(number)).toEqual([]);
  expect((await restrict(number, 'block')).body.state).toBe('requested');
});

test('one that nobody noticed to be over does not stand in the way of the next', async () => {
  const number = fresh();
  await restrict(number, 'note');
  now += 24 * HOUR;
  expect((await restrict(number, 'note')).status).toBe(201);
});

test('an appeal is decided by somebody who had no hand in it, and lifts the block', async () => {
  const number = fresh();
  const id = await blocked(number);
  const lodged = await ask('/appeals', { number, text: '家中老人误拨，请予解除' }, agent);
  expect(lodged.body).toMatchObject({ state: 'open', restrictionId: id, recordedBy: { id: agent.id } });
  expect((await ask('/appeals', { number, text: '再次申诉' }, agent)).body.code).toBe('appeal.exists');
  const open = await counter.ask(lead, 'GET', '/v1/appeals');
  expect(open.body.appeals.map((one: { id: string }) => one.id)).toContain(lodged.body.id);
  const decide = (who: Person, verdict = 'grant') =>
    ask(`/appeals/${lodged.body.id}/decision`, { verdict, answer: '核实无误，予以解除' }, who);
  const movesOf = async (who: Person) => {
    const { body: listed } = await counter.ask(who, 'GET', '/v1/appeals');
    return listed.appeals.find((one: { id: string }) => one.id === lodged.body.id).moves;
  };
  const both = (byAnother: boolean) => [
    { move: 'grant', byAnother },
    { move: 'dismiss', byAnother },
  ];
  for (const who of [operator, lead]) {
    expect(await movesOf(who)).toEqual(both(true));
    expect((await decide(who)).body.code).toBe('appeal.ownHand');
  }
  expect(await movesOf(third)).toEqual(both(false));
  // Whoever took it down, and whoever only reads, decides nothing.
  expect(lodged.body.moves).toEqual([]);
  expect(await movesOf(counter.people.supervisor)).toEqual([]);
  expect((await decide(third)).body).toMatchObject({
    ...{ state: 'granted', decidedBy: { id: third.id }, moves: [] },
  });
  expect((await decide(third)).body.code).toBe('appeal.decided');
  expect(await inForce(number)).toEqual(['limit', 'note']);
  const { body } = await counter.ask(operator, 'GET', `/v1/restrictions/${id}`);
  expect(body).toMatchObject({
    restriction: { state: 'lifted', openAppeal: null },
    appeals: [{ state: 'granted' }],
  });
});

test('a citizen appeals without an account; the answer tells nobody whose number is restricted', async () => {
  const number = fresh();
  const id = await blocked(number);
  const lodge = (of: string, address: string) =>
    counter.ask(
      null,
      'POST',
      '/v1/public/appeals',
      { number: of, text: '不是我打的' },
      { 'x-forwarded-for': address },
    );
  const [restricted, free] = [await lodge(number, '10.1.1.1'), await lodge('13300133000', '10.1.1.1')];
  expect([restricted.status, free.status]).toEqual([202, 202]);
  expect(restricted.body).toEqual(free.body);
  const { body } = await counter.ask(operator, 'GET', `/v1/restrictions/${id}`);
  expect(body.appeals).toMatchObject([{ state: 'open', recordedBy: null }]);
  for (let more = 0; more < 3; more += 1) await lodge(number, '10.1.1.1');
  const tooMany = await lodge(number, '10.1.1.1');
  expect([tooMany.status, tooMany.body.code]).toEqual([429, 'request.tooOften']);
  expect(Number(tooMany.headers['retry-after'])).toBeGreaterThan(0);
  expect((await lodge(number, '10.1.1.2')).status).toBe(202);
});

test('a request is rejected with a reason or given up; what is in force is lifted', async () => {
  const number = fresh();
  await restrict(number, 'note');
  const first = await restrict(number, 'limit', { callsPerHour: 1 });
  const no = await ask(`/restrictions/${first.body.id}/reject`, { reason: '证据不足' }, lead);
  expect(no.body.state).toBe('rejected');
  const second = await restrict(number, 'limit', { callsPerHour: 1 });
  expect((await ask(`/restrictions/${second.body.id}/withdraw`, { reason: '已沟通好' })).body.state).toBe(
    'withdrawn',
  );
  const id = await approved(number, 'limit', { callsPerHour: 1 });
  expect((await ask(`/restrictions/${id}/lift`, { reason: '态度改善' }, lead)).body.state).toBe('lifted');
  expect(await inForce(number)).toEqual(['note']);
});

test('a trial names the caller and says what becomes of him; turned-away calls are counted', async () => {
  const number = fresh();
  const id = await blocked(number);
  // What routed before there were versions becomes the first.
  await ask('/rules/versions', { title: '试拨' });
  const tried = await ask('/rules/versions/published/try', { dialled: '12345', callerNumber: number });
  expect(tried.body, JSON.stringify(tried.body)).toMatchObject({ end: 'goodbye refused' });
  expect(tried.body.steps).toContainEqual(
    expect.objectContaining({
      step: 'caller',
      reason: { zh: '该号码已暂停受理', en: 'what is on record of the number' },
    }),
  );
  const writer = factWriter(counter.db, ({ reason }) => expect.fail(reason));
  const callId = randomUUID();
  await writer.writeFacts([
    {
      id: randomUUID(),
      atMs: now,
      callId,
      seq: 1,
      type: 'farewell',
      result: 'refused',
      reason: '该号码已暂停受理',
      restriction: id,
    },
  ]);
  const { body } = await counter.ask(operator, 'GET', `/v1/restrictions/${id}`);
  expect(body.restriction.refusedCalls).toBe(1);
});

test('the longest time may be set, for a reason, and holds for what is asked from then on', async () => {
  const set = await counter.ask(operator, 'PUT', '/v1/restrictions/settings', {
    daysAtMost: 7,
    reason: '法制办意见',
  });
  expect(set.body).toEqual({ daysAtMost: 7 });
  expect((await restrict('13600136000', 'block', { hours: 8 * 24 })).body).toMatchObject({
    code: 'restriction.tooLong',
    data: { daysAtMost: 7 },
  });
  expect((await counter.services.audit.ofSubject('settings', 'restrictions'))[0]).toMatchObject({
    action: 'restrictions.settingsChanged',
    reason: '法制办意见',
  });
});

test('a try tells whose number is restricted to those alone who may know it', async () => {
  const number = fresh();
  await blocked(number);
  const admin = await counter.person(['admin']);
  const tried = async (who: Person) =>
    (await ask('/rules/versions/published/try', { dialled: '12345', callerNumber: number }, who)).body;
  expect((await tried(lead)).end).toBe('goodbye refused');
  const blind = await tried(admin);
  expect(blind.end).toMatch(/^queue /);
  expect(blind.steps).toContainEqual(
    expect.objectContaining({
      reason: {
        zh: '您的角色无权查看哪些来电号码受限',
        en: 'your roles do not see which numbers are restricted',
      },
    }),
  );
  expect(JSON.stringify(blind)).not.toContain('restricted-');
});
