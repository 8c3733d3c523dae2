import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mayUse, POLICY } from '../../../src/adapters/http/policy.ts';
import { employerBooks } from '../../../src/adapters/pg/employers.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { publishDueEmployments } from '../../../src/app/organisation/employ-agent.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import type { CallFact, Fact } from '../../../src/app/ports/facts.ts';
import { localDateOf } from '../../../src/domain/deadlines/local-time.ts';
import { agentView } from '../../support/agent-view.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { listen, portOf } from './web-socket.ts';

// Two vendors at one hotline. The supervisor of the one sees his people, their calls, recordings and figures; nothing of the
// other's, whatever he asks for.

const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;
const CITIZEN = '13812345678';
const today = localDateOf(Date.now(), ZONE);
const tomorrow = localDateOf(Date.now() + DAY_MS, ZONE);

let counter: Counter;
let ours: Person;
let theirs: Person;
let vendorLead: Person;
let lead: Person;
beforeAll(async () => {
  counter = await openCounter();
  [ours, theirs] = (await Promise.all(
    ['acme', 'zenith'].map((employer) => counter.person(['agent'], { employer })),
  )) as [Person, Person];
  await counter.db.query(`update accounts set display_name = '钱外人' where id = $1`, [theirs.id]);
  await counter.db.query(
    `update agents set number = '778899', phone_name = 'agent-778899' where account_id = $1`,
    [theirs.id],
  );
  vendorLead = counter.people.vendorLead;
  lead = counter.people.lead;
});
afterAll(() => counter.close());

/** Facts of one call, a second apart. */
async function told(facts: readonly CallFact[], fromMs = Date.now() - 120_000): Promise<string> {
  const callId = randomUUID();
  const writer = factWriter(counter.db, ({ reason }) => expect.unreachable(reason));
  const arrived: readonly CallFact[] = [
    {
      type: 'callArrived',
      trunk: 'carrier',
      dialled: '12345',
      callerNumber: CITIZEN,
      headers: {},
      recording: 'x.wav',
    },
    { type: 'callAnswered' },
    { type: 'queueEntered', queue: 'general', reason: '' },
  ];
  const all = [...arrived, ...facts].map((fact) =>
    'leg' in fact ? { ...fact, leg: `${callId}.${fact.leg}` } : fact,
  );
  await writer.writeFacts(
    all.map(
      (fact, n) => ({ id: randomUUID(), atMs: fromMs + n * 1000, callId, seq: n + 1, ...fact }) as Fact,
    ),
  );
  return callId;
}
const rang = (leg: string, agent: Person): CallFact => ({
  type: 'legRang',
  leg,
  agentId: agent.id,
  number: null,
  reason: '最久空闲 钱外人',
});
const missed = (leg: string, agent: Person, how = 'noAnswer'): CallFact[] => [
  rang(leg, agent),
  { type: 'legEnded', leg, how },
];
const taken = (leg: string, agent: Person): CallFact[] => [
  rang(leg, agent),
  { type: 'legAnswered', leg },
  { type: 'talkStarted', leg, agentId: agent.id },
  { type: 'queueLeft', queue: 'general', how: 'answered' },
];
const over = (leg: string): CallFact[] => [
  { type: 'legEnded', leg, how: 'callerHungUp' },
  { type: 'callEnded', releasedBy: 'caller', result: 'answeredByAgent', detail: '' },
];

test('an employer is entered, agents go to it by day, and only what is to come can be changed', async () => {
  const { operator } = counter.people;
  const vendor = { code: 'nova', name: '丙服务公司', kind: 'vendor', contract: '采购〔2026〕3号' };
  expect(await counter.ask(operator, 'POST', '/v1/employers', vendor)).toMatchObject({
    status: 201,
    body: { ...vendor, unitCode: null, ended: false },
  });
  const refused = async (body: object): Promise<string> =>
    (await counter.ask(operator, 'POST', '/v1/employers', body)).body.code;
  expect(await refused({ ...vendor, name: '另一个' })).toBe('employer.taken');
  expect(await refused({ ...vendor, code: 'nova2' })).toBe('employer.taken');
  expect(await refused({ ...vendor, code: 'unit1', name: '丁', kind: 'unit' })).toBe('employer.unitMissing');
  expect(await refused({ code: 'unit1', name: '丁', kind: 'unit', unitCode: 'nowhere' })).toBe(
    'employer.unitUnknown',
  );

  const agent = await counter.person(['agent'], { employer: 'acme' });
  const url = `/v1/agents/${agent.id}/employments`;
  const employ = (employer: string, from: string) =>
    counter.ask(operator, 'POST', url, { employer, from, reason: '合同到期' });
  const yesterday = localDateOf(Date.now() - DAY_MS, ZONE);
  expect((await employ('nova', yesterday)).body.code).toBe('employment.past');
  expect((await employ('nowhere', tomorrow)).body.code).toBe('employer.unknown');
  expect((await employ('nova', '2026-13-01')).status).toBeGreaterThanOrEqual(400);
  expect((await employ('nova', tomorrow)).body.employments).toMatchObject([
    { employer: 'acme', from: today, effective: true },
    { employer: 'nova', from: tomorrow, effective: false, by: '王小明', reason: '合同到期' },
  ]);
  expect((await counter.ask(operator, 'POST', '/v1/employers/nova/end')).body.code).toBe(
    'employer.hasMembers',
  );
  const employerNow = async (): Promise<string | undefined> =>
    (await counter.services.agents.byAccount(agent.id))?.employer;
  expect(await employerNow()).toBe('acme');

  // Midnight comes: routing learns of it once.
  const versionOf = async (): Promise<string> =>
    (await counter.db.query<{ version: string }>('select version from published_configuration')).rows[0]
      ?.version ?? '';
  await counter.db.query(
    'insert into published_configuration (version, published_at) values (1, now()) on conflict do nothing',
  );
  const before = await versionOf();
  await counter.db.query('update employments set from_day = from_day - 1 where agent_id = $1', [agent.id]);
  const publish = publishDueEmployments(counter.services);
  expect([await publish(), await publish()]).toEqual([1, 0]);
  expect(await versionOf()).not.toBe(before);
  expect(await employerNow()).toBe('nova');
  await told([...taken('a1', agent), ...over('a1')]);
  expect((await employ('acme', today)).body.code).toBe('employment.workedToday');
  await counter.db.query(`update employments set employer = 'acme' where agent_id = $1`, [agent.id]);
  expect(await counter.ask(operator, 'POST', '/v1/employers/nova/end')).toMatchObject({
    status: 200,
    body: { ended: true },
  });
  expect((await employ('nova', tomorrow)).body.code).toBe('employer.ended');
});

test('a vendor’s supervisor has an employer and no other role', async () => {
  const { admin } = counter.people;
  const person = { displayName: '驻场主管', password: 'a fine evening 8' };
  const make = async (username: string, more: object) =>
    (await counter.ask(admin, 'POST', '/v1/accounts', { ...person, username, ...more })).body;
  expect((await make('v1', { roles: ['vendorLead'] })).code).toBe('account.employerMissing');
  expect((await make('v2', { roles: ['vendorLead', 'lead'], employer: 'acme' })).code).toBe(
    'account.vendorAlone',
  );
  expect((await make('v3', { roles: ['lead'], employer: 'acme' })).code).toBe('account.vendorAlone');
  expect((await make('v4', { roles: ['vendorLead'], employer: 'nowhere' })).code).toBe(
    'account.employerUnknown',
  );
  expect(await make('v5', { roles: ['vendorLead'], employer: 'acme' })).toMatchObject({ employer: 'acme' });
});

test('a lead of his who only listened gives a vendor no sight of a call that another employer’s agent took', async () => {
  const listened = (how: string): CallFact =>
    ({
      type: 'listenedIn',
      leg: 'l1',
      by: ours.id,
      agentId: theirs.id,
      how,
      reason: '质检',
    }) as unknown as CallFact;
  const callId = await told([...taken('a1', theirs), listened('monitor'), ...over('a1')]);
  const { rows } = await counter.db.query('select from call_legs where call_id = $1 and agent_id = $2', [
    callId,
    ours.id,
  ]);
  expect(rows).toHaveLength(1);
  expect((await counter.services.employers.agentsIn('acme', [callId])).get(callId)).toBeUndefined();
  const listed = (await counter.ask(vendorLead, 'GET', '/v1/calls')).body.calls;
  expect(listed.map(({ id }: { id: string }) => id)).not.toContain(callId);
});

test('whatever he asks for: not a word of another employer’s agents, calls or recordings, and no citizen’s number', async () => {
  const mine = await told([...missed('a1', theirs), ...taken('a2', ours), ...over('a2')]);
  const foreign = await told([...missed('a1', ours, 'unreachable'), ...taken('a2', theirs), ...over('a2')]);
  const alien = await told([...taken('a1', theirs), ...over('a1')]);
  await counter.db.query(
    `update recordings set state = 'stored', file = 'x.wav', sha256 = decode(repeat('00', 32), 'hex')`,
  );
  counter.control.tell({
    kind: 'agent',
    agent: agentView({ agentId: ours.id, employer: 'acme', state: 'TALKING', callId: 'live1' }),
  });
  counter.control.tell({
    kind: 'agent',
    agent: agentView({
      agentId: theirs.id,
      number: '778899',
      displayName: '钱外人',
      employer: 'zenith',
      callId: 'live1',
    }),
  });
  // Of an earlier release: nobody knows whose he is.
  counter.control.tell({ kind: 'agent', agent: agentView({ agentId: 'ghost', displayName: '钱外人' }) });
  const party = {
    kind: 'agent',
    number: null,
    accepted: null,
    state: 'in',
    role: 'member',
    sinceMs: 1,
    muted: false,
  } as const;
  const live: CallView = {
    ...{
      callId: 'live1',
      state: 'TALKING',
      dialled: '12345',
      line: null,
      lineName: null,
      mode: 'MAIN',
      queue: 'general',
    },
    ...{ callerNumber: CITIZEN, note: `回电${CITIZEN}`, agentId: theirs.id, sinceMs: 1, arrivedMs: 1 },
    talk: {
      phase: 'together',
      citizen: { muted: false, held: null },
      sender: theirs.id,
      bridge: {
        ...{ by: theirs.id, list: '中心应急', state: 'calling' },
        people: [{ name: '钱外人', number: CITIZEN, state: 'called', tries: 1, party: null }],
      },
      parties: [
        { ...party, id: 'live1.a1', agentId: theirs.id, name: '钱外人', by: null },
        { ...party, id: 'live1.a2', agentId: ours.id, name: null, by: theirs.id },
      ],
    },
  };
  counter.control.tell({ kind: 'call', call: live });
  counter.control.tell({ kind: 'call', call: { ...live, callId: 'live2', talk: null } });

  const { body: api } = await counter.ask(null, 'GET', '/openapi.json');
  const operations = Object.entries<
    Record<
      string,
      {
        operationId: string;
        parameters?: { in: string; name: string; required?: boolean }[];
        requestBody?: unknown;
      }
    >
  >(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method, ...one })),
  );
  const mayAsk = operations.filter(({ operationId }) => {
    const access = POLICY[operationId as keyof typeof POLICY];
    return access !== 'public' && mayUse(access, ['vendorLead']);
  });
  expect(mayAsk.length).toBeGreaterThan(15);
  const said: [string, string][] = [];
  for (const one of mayAsk) {
    if (one.operationId === 'closeSession' || one.operationId === 'setPassword') continue;
    for (const id of [mine, foreign, alien, ours.id, theirs.id, counter.people.agent.id]) {
      const path = one.path
        .replace('{number}', '12345')
        .replace('{segment}', 'main')
        .replace(/\{\w+\}/g, id);
      const wanted = (one.parameters ?? []).filter(
        (each) => each.in === 'query' && /^(day|from|to)$/.test(each.name) && each.required,
      );
      const query = wanted.map(({ name }) => `${name}=${today}`).join('&');
      const more = /^\/v1\/calls$/.test(path)
        ? [`agentId=${theirs.id}`, '']
        : /reports\/employers/.test(path)
          ? [`${query}&employer=zenith`, query]
          : [query];
      for (const asked of more) {
        const url = asked === '' ? path : `${path}?${asked}`;
        const body = one.requestBody === undefined ? undefined : { purpose: '质检' };
        const { status, raw } = await counter.ask(vendorLead, one.method.toUpperCase() as 'GET', url, body);
        expect(status, url).toBeLessThan(500);
        said.push([
          `${one.operationId} ${url} ${status}`,
          raw.replaceAll(`"call":"${id}"`, '').replaceAll(id, id === foreign ? '' : id),
        ]);
      }
    }
  }
  const answeredWell = said.filter(([name]) => / 20\d$/.test(name)).map(([name]) => name.split(' ')[0]);
  for (const name of [
    'listAgents',
    'listLiveCalls',
    'listCalls',
    'readCall',
    'readRecordings',
    'listenToRecording',
    'listRecordings',
    'reportEmployers',
    'listEmployments',
    'readAgentDay',
    'listEmployers',
  ]) {
    expect(answeredWell).toContain(name);
  }
  for (const marker of [theirs.id, '778899', '钱外人', 'zenith', '乙服务公司', 'live2', CITIZEN]) {
    const leaks = said.filter(
      ([name, text]) =>
        text.replaceAll(/"(id|instance)":"[^"]*"/g, '').includes(marker) &&
        !(name.includes(marker) && / 40\d$/.test(name)),
    );
    expect(
      leaks.map(([name]) => name),
      marker,
    ).toEqual([]);
  }
  // Not in any list, and not by its id.
  expect(
    said.filter(([name, text]) => !name.includes(alien) && text.includes(alien)).map(([name]) => name),
  ).toEqual([]);

  const get = (url: string) => counter.ask(vendorLead, 'GET', url);
  expect((await get(`/v1/calls/${alien}`)).body.code).toBe('call.unknown');
  expect((await get(`/v1/calls/${alien}/recordings`)).body.code).toBe('call.unknown');
  expect((await get(`/v1/calls/${foreign}`)).body).toMatchObject({
    agentId: null,
    agentName: null,
    facts: [],
  });
  expect((await get(`/v1/calls/${foreign}/recordings`)).body.code).toBe('recording.ofOthers');
  expect((await get(`/v1/calls/${mine}/recordings`)).status).toBe(200);
  expect((await get(`/v1/agents/${theirs.id}/presence?day=${today}`)).body.code).toBe('agent.unknown');
  expect((await get('/v1/calls/live')).body.calls).toMatchObject([{ callId: 'live1', agentId: null }]);
  expect((await get('/v1/agents')).body.agents.map((one: { agentId: string }) => one.agentId)).toEqual([
    ours.id,
  ]);
  const { body: recordings } = await get('/v1/recordings');
  const shown = recordings.recordings.map((one: { callId: string }) => one.callId);
  expect(shown).toContain(mine);
  expect(shown).not.toContain(foreign);
  expect(shown).not.toContain(alien);
  // The hotline's own lead sees all of it.
  expect((await counter.ask(lead, 'GET', `/v1/calls/${foreign}`)).body).toMatchObject({ agentId: theirs.id });
});

test('a recording in which the hotline’s own lead is heard, who was never rung, stays with the hotline', async () => {
  const listened = (how: 'monitor' | 'barge'): CallFact => ({
    ...{ type: 'listenedIn', leg: 'l1', by: lead.id, how, reason: '投诉升级' },
  });
  const joined = { type: 'partyJoined', leg: 'l1', kind: 'agent', agentId: lead.id } as const;
  const [quiet, barged, takenOver] = await Promise.all([
    told([...taken('a1', ours), listened('monitor'), ...over('a1')]),
    told([...taken('a1', ours), listened('barge'), ...over('a1')]),
    told([
      ...taken('a1', ours),
      ...[listened('monitor'), { ...joined, how: 'takenOver', by: lead.id }],
      { type: 'talkStarted', leg: 'l1', agentId: lead.id },
      { type: 'legEnded', leg: 'a1', how: 'takenOver', by: lead.id },
      ...over('l1'),
    ]),
  ]);
  const asked = async (call: string) =>
    (await counter.ask(vendorLead, 'GET', `/v1/calls/${call}/recordings`)).body.code;
  expect(await asked(quiet)).toBeUndefined();
  expect(await asked(barged)).toBe('recording.ofOthers');
  expect(await asked(takenOver)).toBe('recording.ofOthers');
  const { recordings } = (await counter.ask(vendorLead, 'GET', '/v1/recordings?limit=100')).body;
  const listed = recordings.map(({ callId }: { callId: string }) => callId);
  expect(listed).toContain(quiet);
  expect(listed).not.toContain(barged);
  expect(listed).not.toContain(takenOver);
});

test('an operation that does not say whom it shows is refused, whatever the policy says', async () => {
  const mayDo = Object.entries(POLICY).filter(
    ([, access]) => access === 'signedIn' || (access !== 'public' && mayUse(access, ['vendorLead'])),
  );
  expect(mayDo.length).toBeGreaterThan(20);
  const { status, body } = await counter.ask(vendorLead, 'GET', '/v1/tickets');
  expect([status, body.code]).toEqual([403, 'access.denied']);
});

test('live, he is shown his people and their calls as they come and go, and the queues that they serve', async () => {
  const heard = listen(await portOf(counter), '/v1/live', vendorLead);
  await heard.until(1);
  expect(heard.messages[0]).toMatchObject({
    type: 'snapshot',
    agents: [{ agentId: ours.id }],
    calls: [{ callId: 'live1' }],
  });
  const tally = {
    code: 'general',
    name: '总席',
    day: today,
    offered: 1,
    answered: 0,
    abandoned: 0,
    elsewhere: 0,
  };
  counter.control.tell({ kind: 'queue', queue: { ...tally, code: 'other' } });
  counter.control.tell({ kind: 'queue', queue: tally });
  counter.control.tell({
    kind: 'agent',
    agent: agentView({ agentId: theirs.id, employer: 'zenith', displayName: '钱外人' }),
  });
  // He goes to the other vendor at midnight: gone from this board.
  counter.control.tell({
    kind: 'agent',
    agent: agentView({ agentId: ours.id, employer: 'acme', state: 'READY' }),
  });
  counter.control.tell({ kind: 'agent', agent: agentView({ agentId: ours.id, employer: 'zenith' }) });
  await vi.waitFor(() =>
    expect(heard.messages.map(({ type }) => type)).toEqual(expect.arrayContaining(['agentGone'])),
  );
  await vi.waitFor(() => expect(heard.messages.some(({ type }) => type === 'agent')).toBe(true));
  const text = JSON.stringify(heard.messages.slice(1));
  expect(text).not.toContain('钱外人');
  expect(text).not.toContain('"other"');
  // A beat may come after it.
  const last = heard.messages.filter(({ type }) => type !== 'beat').at(-1);
  expect(last).toMatchObject({ type: 'agentGone', agentId: ours.id });
  heard.socket.terminate();
});

test('the scorecard adds up to what the queues answered; a call stays with the employer of its day', async () => {
  const books = employerBooks(counter.db);
  const mover = await counter.person(['agent'], { employer: 'acme' });
  await counter.db.query(`update employments set from_day = $2::date - 30 where agent_id = $1`, [
    mover.id,
    today,
  ]);
  await counter.db.transact((tx) =>
    books.employ(
      { agentId: mover.id, employer: 'zenith', fromDay: today, reason: '', by: lead.id },
      Date.now(),
      tx,
    ),
  );
  const noonYesterday = Date.parse(`${today}T12:00:00+08:00`) - DAY_MS;
  const noon = Date.parse(`${today}T00:10:00+08:00`);
  await told([...taken('a1', mover), ...over('a1')], noonYesterday);
  await told(
    [
      ...missed('a1', mover),
      ...missed('a2', mover, 'connectFailed'),
      ...taken('a3', mover),
      // His page was loaded anew: one talk, on two legs.
      { type: 'legEnded', leg: 'a3', how: 'unreachable' },
      rang('a4', mover),
      { type: 'legAnswered', leg: 'a4' },
      ...over('a4'),
    ],
    noon,
  );
  await told(
    [...missed('a1', mover, 'callerHungUp'), { type: 'queueLeft', queue: 'general', how: 'abandoned' }],
    noon,
  );
  const period = `from=${localDateOf(noonYesterday, ZONE)}&to=${today}`;
  const { body } = await counter.ask(lead, 'GET', `/v1/reports/employers?${period}`);
  const { body: queues } = await counter.ask(lead, 'GET', `/v1/reports/queues?${period}`);
  expect(body.queues).toEqual({ answered: queues.total.answered, unattributed: 0, reconciles: true });
  type Card = {
    employer: string;
    counts: Record<string, number>;
    agents: { agentId: string; counts: Record<string, number> }[];
  };
  const cardAt = (employer: string): Record<string, number> | undefined =>
    (body.employers as Card[])
      .find((one) => one.employer === employer)
      ?.agents.find(({ agentId }) => agentId === mover.id)?.counts;
  expect(cardAt('acme')).toMatchObject({ offered: 1, answered: 1, missed: 0, talks: 1 });
  expect(cardAt('zenith')).toMatchObject({
    offered: 4,
    answered: 1,
    missed: 1,
    notDelivered: 1,
    withdrawn: 1,
    talks: 1,
    in15s: 1,
  });
  expect(body.formulas).toHaveLength(7);
  const own = await counter.ask(vendorLead, 'GET', `/v1/reports/employers?${period}&employer=zenith`);
  expect(own.body).toMatchObject({ employers: [{ employer: 'acme' }], queues: null });
});

test('wrap-up and not ready, by reason, are cut at midnight where the agent changed employer', async () => {
  const agent = await counter.person(['agent'], { employer: 'acme' });
  await counter.db.query('update employments set from_day = $2::date - 30 where agent_id = $1', [
    agent.id,
    today,
  ]);
  await counter.db.transact((tx) =>
    employerBooks(counter.db).employ(
      { agentId: agent.id, employer: 'zenith', fromDay: today, reason: '', by: lead.id },
      Date.now(),
      tx,
    ),
  );
  const midnight = Date.parse(`${today}T00:00:00+08:00`);
  const writer = factWriter(counter.db, ({ reason }) => expect.unreachable(reason));
  const moments = [
    ['READY', null, -600],
    ['WRAP_UP', null, -300],
    ['NOT_READY', 'meal', -120],
    ['SIGNED_OUT', null, 60],
  ] as const;
  await writer.writeFacts(
    moments.map(([state, reason, seconds], n) => ({
      ...{
        id: randomUUID(),
        atMs: midnight + seconds * 1000,
        callId: null,
        type: 'presence',
        agentId: agent.id,
      },
      ...{ state, reason, seq: n },
    })) as unknown as Fact[],
  );
  const period = `from=${localDateOf(midnight - 1, ZONE)}&to=${today}`;
  const { body } = await counter.ask(lead, 'GET', `/v1/reports/employers?${period}`);
  const cards = body.employers.flatMap((one: { employer: string; agents: { agentId: string }[] }) =>
    one.agents
      .filter(({ agentId }) => agentId === agent.id)
      .map((card) => ({ ...card, employer: one.employer })),
  );
  expect(cards).toMatchObject([
    {
      employer: 'acme',
      counts: { signedInMs: 600_000, wrapUps: 1, wrapUpMs: 180_000 },
      notReady: [{ reason: 'meal', times: 1, ms: 120_000 }],
    },
    {
      employer: 'zenith',
      counts: { signedInMs: 60_000, wrapUps: 0 },
      notReady: [{ reason: 'meal', times: 0, ms: 60_000 }],
    },
  ]);
});
