import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { NO_WORDS } from '../../../src/domain/tickets/appeal-words.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

let counter: Counter;
/** A Wednesday at noon, a workday. */
const NOON = Date.parse('2026-11-25T12:10:00+08:00');

beforeAll(async () => {
  counter = await openCounter({ now: () => NOON });
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, words, added_in) values ('area', 'juegang', '掘港街道', '{掘港}', 0)`,
  );
});
afterAll(() => counter.close());

const ask = (who: Person, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
  counter.ask(who, method, `/v1${url}`, body);
let made = 0;
async function place(over: object = {}, who = counter.people.operator) {
  made += 1;
  const body = {
    code: `P${made}`,
    name: `场所${made}`,
    address: `掘港街道江海路${made}号`,
    category: 'water',
    keeper: 'partner',
    telephone: '0513-84123456',
    ...over,
  };
  return ask(who, 'POST', '/places', body);
}

test('near here and open now: by distance, with the hour at which it closes; shut at noon, and when it opens again', async () => {
  const here = { longitude: 121.186, latitude: 32.331 };
  const office = await place({ name: '水厂窗口', hours: '工作日 08:30-12:00 14:00-17:30', ...here });
  const shop = await place({
    name: '惠民超市',
    hours: '24h',
    longitude: 121.188,
    latitude: 32.331,
    area: 'juegang',
  });
  const far = await place({
    name: '镇上超市',
    hours: 'daily 07:00-21:00',
    longitude: 121.286,
    latitude: 32.331,
  });
  const nowhere = await place({ name: '114', keeper: 'platform', telephone: '114', hours: '24h' });
  for (const one of [office, shop, far, nowhere]) expect(one.status).toBe(201);
  expect(shop.body).toMatchObject({ area: 'juegang', verifiedOn: '2026-11-25', revision: 1 });

  const all = await ask(
    counter.people.agent,
    'GET',
    '/places/near?longitude=121.186&latitude=32.331&within=50000',
  );
  expect(all.body.places.map((one: { place: { id: string } }) => one.place.id)).toEqual(
    [office, shop, far].map(({ body }) => body.id),
  );
  expect(all.body.places[0]).toMatchObject({ metres: 0, open: 'closed', next: '2026-11-25T06:00:00.000Z' });
  const open = await ask(
    counter.people.agent,
    'GET',
    `/places/near?placeId=${office.body.id}&openNow=true&within=5000`,
  );
  expect(open.body.places).toEqual([
    expect.objectContaining({
      place: expect.objectContaining({ name: '惠民超市' }),
      metres: 188,
      open: 'open',
      until: null,
    }),
  ]);
  // From where the distances are counted is told with them: a sketch is drawn around it.
  expect(all.body.around).toEqual(here);
  expect(open.body.around).toEqual(here);
  const round = await ask(counter.people.agent, 'GET', '/places/near?area=juegang&openNow=true');
  expect(round.body.places[0].place.name).toBe('惠民超市');
  expect((await ask(counter.people.agent, 'GET', '/places/near?longitude=121')).body.code).toBe(
    'place.halfPosition',
  );

  const { database, searchIndex, calendar } = counter.services;
  const index = indexChanges({
    database,
    searchIndex,
    calendar,
    language: chineseLanguage(),
    now: () => NOON,
  });
  while ((await index()) > 0);
  const words = `words=${encodeURIComponent('超市')}`;
  const found = await ask(
    counter.people.agent,
    'GET',
    `/places/near?${words}&longitude=121.280&latitude=32.331&within=50000`,
  );
  expect(found.body.places.map((one: { place: { name: string } }) => one.place.name)).toEqual([
    '镇上超市',
    '惠民超市',
  ]);
});

test('of who says no more than his town the distance is told from the middle of its places', async () => {
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, added_in) values ('area', 'yangkou', '洋口镇', 0),
       ('area', 'yangkou.port', '洋口港', 0), ('area', 'yangkou-west', '洋口西', 0), ('area', 'bare', '无图镇', 0)`,
  );
  // A hundredth of a degree is 1,112 m; the middle lies at 32.52.
  const at = (latitude: number) => ({ longitude: 120.9, latitude, hours: '24h' });
  const rows = [
    { name: '镇南药店', area: 'yangkou', ...at(32.5) },
    { name: '港口药店', area: 'yangkou.port', ...at(32.51) },
    { name: '镇北药店', area: 'yangkou', ...at(32.55) },
    { name: '无坐标药店', area: 'yangkou' },
    // Neither what lies in another town of a like code nor what closed for good moves the middle.
    { name: '邻镇药店', area: 'yangkou-west', ...at(32.6) },
    { name: '停业药店', area: 'yangkou', ...at(32.7) },
  ];
  const added = [];
  for (const row of rows) added.push(await place(row));
  expect(added.map(({ status }) => status)).toEqual(rows.map(() => 201));
  const closed = await ask(counter.people.operator, 'POST', `/places/${added[5]?.body.id}/closed`, {
    revision: 1,
  });
  expect(closed.status).toBe(200);
  const near = async (area: string): Promise<{ place: { name: string }; metres: number | null }[]> =>
    (await ask(counter.people.agent, 'GET', `/places/near?area=${area}&within=20000&limit=30`)).body.places;
  expect((await near('yangkou')).map(({ place: { name }, metres }) => `${name} ${metres}`)).toEqual([
    ...['港口药店 1112', '镇南药店 2224', '镇北药店 3336', '邻镇药店 8896'],
  ]);
  // Where the middle is not known no distance is told, and what there is all the same.
  const anywhere = await near('bare');
  expect(anywhere.map(({ place: { name } }) => name)).toContain('港口药店');
  expect(new Set(anywhere.map(({ metres }) => metres))).toEqual(new Set([null]));
});

test('where nothing near is what was asked for, nothing that shares a word with it is told in its place', async () => {
  const { database, searchIndex, calendar } = counter.services;
  const at = (metres: number) => ({ longitude: 121.6 + metres / 94_000, latitude: 32.2, hours: '24h' });
  await place({ name: '人民路停车场', ...at(400) });
  await place({ name: '宠物医院', ...at(900) });
  await place({ name: '县人民医院', ...at(3000) });
  const index = indexChanges({
    ...{ database, searchIndex, calendar },
    language: chineseLanguage(),
    now: () => NOON,
  });
  while ((await index()) > 0);
  const near = async (words: string, within: number): Promise<string[]> => {
    const path = `/places/near?words=${encodeURIComponent(words)}&longitude=121.6&latitude=32.2&within=${within}`;
    const { body } = await ask(counter.people.agent, 'GET', path);
    return body.places.map((one: { place: { name: string } }) => one.place.name);
  };
  // What a search knows of the index's words is read at most once a second.
  await expect.poll(() => near('人民医院', 5000)).toEqual(['县人民医院']);
  expect(await near('人民医院', 2000)).toEqual([]);
  expect(await near('医院', 2000)).toEqual(['宠物医院']);
});

test('all that is wrong with a place is told at once, with what would be right', async () => {
  const refused = await place({
    category: 'no-such',
    hours: '看情况',
    keeper: 'unit',
    telephone: '打给老王',
  });
  expect(refused).toMatchObject({ status: 422, body: { code: 'place.invalid' } });
  expect(refused.body.data.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
    'category',
    'hours',
    'telephone',
    'unit',
  ]);
});

test('a unit keeps its own places up and no others; who comes too late is told; each change is on record', async () => {
  const unit = counter.people.unit;
  const { body: own } = await place({ keeper: 'unit', unit: 'water' }, unit);
  const { body: other } = await place({ keeper: 'unit', unit: 'power' });
  expect(await ask(unit, 'POST', `/places/${other.id}/verified`, { revision: 1 })).toMatchObject({
    status: 403,
    body: { code: 'place.otherUnit' },
  });
  const changed = { ...newPlace(own), hours: '24h', revision: 1 };
  expect(await ask(unit, 'PUT', `/places/${own.id}`, changed)).toMatchObject({
    status: 200,
    body: { revision: 2 },
  });
  expect(await ask(unit, 'PUT', `/places/${own.id}`, changed)).toMatchObject({
    status: 409,
    body: { code: 'place.changedMeanwhile', data: { revision: 2 } },
  });
  expect((await ask(unit, 'POST', `/places/${own.id}/closed`, { revision: 2 })).body.closedOn).toBe(
    '2026-11-25',
  );
  const { body } = await ask(counter.people.agent, 'GET', `/places/${own.id}`);
  expect(body.changes.map(({ what }: { what: string }) => what)).toEqual(['closed', 'changed', 'added']);
  const { body: listed } = await ask(counter.people.agent, 'GET', '/places?unit=water');
  expect(listed.places).toEqual([]);
  expect((await place({ code: own.code })).body.code).toBe('place.codeTaken');
  expect((await place({}, counter.people.agent)).status).toBe(403);
});

test('a unit gives no place to another and takes none by the way; the centre says whose it is', async () => {
  const unit = counter.people.unit;
  const { body: own } = await place({ keeper: 'unit', unit: 'water' }, unit);
  const given = (over: object) => ({ ...newPlace(own), revision: 1, ...over });
  for (const over of [{ unit: 'power' }, { keeper: 'partner', unit: 'power' }, { keeper: 'volunteer' }]) {
    expect((await ask(unit, 'PUT', `/places/${own.id}`, given(over))).body.code).toBe('place.handedOver');
  }
  expect((await place({ keeper: 'unit', unit: 'power' }, unit)).body.code).toBe('place.otherUnit');
  const moved = await ask(counter.people.operator, 'PUT', `/places/${own.id}`, given({ unit: 'power' }));
  expect(moved.body).toMatchObject({ unit: 'power', revision: 2 });
  expect((await ask(unit, 'POST', `/places/${own.id}/verified`, { revision: 2 })).body.code).toBe(
    'place.otherUnit',
  );
});

test('a partner without a unit is kept by the centre; once it is one its people keep the place and write its entries', async () => {
  const { body: shop } = await place({ name: '顺达家电维修', keeper: 'partner' });
  const { dispatcher, operator, unit } = counter.people;
  expect((await ask(unit, 'POST', `/places/${shop.id}/verified`, { revision: 1 })).body.code).toBe(
    'place.otherUnit',
  );
  expect((await ask(operator, 'POST', `/places/${shop.id}/verified`, { revision: 1 })).status).toBe(200);
  const made = { revision: 2, targetCode: 'partner-shunda' };
  expect((await ask(dispatcher, 'POST', `/places/${shop.id}/target`, made)).status).toBe(200);
  const partner = await counter.person(['unit'], { unitCode: 'partner-shunda' });
  const changed = { ...newPlace(shop), unit: undefined, hours: 'daily 08:00-20:00', revision: 3 };
  expect((await ask(partner, 'PUT', `/places/${shop.id}`, changed)).body).toMatchObject({
    hours: 'daily 08:00-20:00',
    targetCode: 'partner-shunda',
  });
  const entry = knowledgeDesk(counter).words({ question: '家电上门维修怎么收费' });
  const written = await ask(partner, 'POST', '/knowledge', entry);
  expect(written.status, JSON.stringify(written.body)).toBe(201);
  const { body } = await ask(partner, 'GET', `/knowledge/${written.body.id}`);
  expect(body).toMatchObject({ ownerUnit: { code: 'partner-shunda', name: '顺达家电维修' } });
});

test('what is not public is found by colleagues and sent to nobody', async () => {
  const { body: refuge } = await place({ name: '庇护所', isPublic: false });
  const callId = await counter.call(counter.people.agent.id, { ended: false });
  const sent = await ask(counter.people.agent, 'POST', `/places/${refuge.id}/messages`, { callId });
  expect(sent).toMatchObject({ status: 409, body: { code: 'place.notPublic' } });
  const { rows } = await counter.db.query('select from citizen_messages where subject_id = $1', [refuge.id]);
  expect(rows).toHaveLength(0);
});

test('the address goes to who rang, once; the agent of another call sends nothing', async () => {
  const { body: shop } = await place({ name: '好邻居超市', hours: 'daily 07:00-22:00' });
  const callId = await counter.call(counter.people.agent.id, { ended: false });
  const tell = (who: Person) => ask(who, 'POST', `/places/${shop.id}/messages`, { callId });
  expect((await tell(counter.people.agent)).body).toEqual({ message: 'queued', outcome: 'answeredOnSpot' });
  expect((await tell(counter.people.agent)).body).toEqual({ message: 'known', outcome: 'answeredOnSpot' });
  const { rows } = await counter.db.query(
    `select number, kind, text from citizen_messages where subject_id = $1`,
    [shop.id],
  );
  expect(rows).toEqual([
    {
      number: '13812345678',
      kind: 'placeAddress',
      text: `【如东县12345】好邻居超市：${shop.address}，电话0513-84123456，开放时间每天 07:00-22:00。`,
    },
  ]);
  // Long after the call nobody is written to by way of it.
  const old = await counter.call(counter.people.agent.id);
  await counter.db.query('update calls set ended_at = $2 where id = $1', [old, new Date(NOON - 31 * 60_000)]);
  const late = await ask(counter.people.agent, 'POST', `/places/${shop.id}/messages`, { callId: old });
  expect(late.body).toMatchObject({ code: 'place.tooLate', data: { minutes: 30 } });
  const colleague = await counter.person(['agent']);
  expect((await tell(colleague)).body.code).toBe('call.notYours');
  await ask(counter.people.operator, 'POST', `/places/${shop.id}/closed`, { revision: 1 });
  const later = await counter.call(counter.people.agent.id, { ended: false });
  expect(
    await ask(counter.people.agent, 'POST', `/places/${shop.id}/messages`, { callId: later }),
  ).toMatchObject({
    status: 409,
    body: { code: 'place.closed' },
  });
});

test('an address that was written answers the call, with the place as its evidence, until that is taken back', async () => {
  const { agent, lead } = counter.people;
  const { body: shop } = await place({ name: '便民修伞' });
  const callId = await counter.call(agent.id, { ended: false });
  const tell = (id: string, on = callId) =>
    ask(agent, 'POST', `/places/${id}/messages`, { callId: on, type: 'HELP' });
  await tell(shop.id);
  const answers = () => counter.ask(lead, 'GET', `/v1/calls/${callId}/quotes`).then(({ body }) => body);
  expect(await answers()).toMatchObject({
    quotes: [],
    places: [{ placeId: shop.id, revision: 1, name: '便民修伞', message: 'queued', retractedAt: null }],
  });
  const outcome = async (id = callId) =>
    (
      await counter.db.query(
        'select outcome, type, category, quote_id from call_outcomes where call_id = $1',
        [id],
      )
    ).rows;
  const [first] = (await answers()).places;
  expect(await outcome()).toEqual([
    { outcome: 'answeredOnSpot', type: 'HELP', category: shop.category, quote_id: first.id },
  ]);
  // As it was when it was written, whatever the place is called later.
  const changed = await counter.ask(counter.people.operator, 'PUT', `/v1/places/${shop.id}`, {
    ...{
      code: shop.code,
      name: '老王修伞',
      address: shop.address,
      category: shop.category,
      keeper: shop.keeper,
    },
    revision: 1,
  });
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  expect((await answers()).places[0].name).toBe('便民修伞');
  const { body: other } = await place({ name: '另一家' });
  await tell(other.id);
  const retract = (id: string) =>
    ask(agent, 'POST', `/calls/${callId}/quotes/${id}/retraction`, { reason: '发错了地方' });
  expect((await retract(first.id)).body).toEqual({ retracted: true, message: 'stopped' });
  // The other answer stands for the call.
  const second = (await answers()).places.find((one: { placeId: string }) => one.placeId === other.id);
  expect(await outcome()).toMatchObject([{ quote_id: second.id }]);
  await retract(second.id);
  expect(await outcome()).toEqual([]);
  // Wanted after all: it is written anew, and counts.
  expect((await tell(shop.id)).body).toEqual({ message: 'queued', outcome: 'answeredOnSpot' });

  // He talks on: his words are kept at the server, and what he asks for then may take a ticket, which stands for the call.
  const draft = { began: NO_WORDS, words: { ...NO_WORDS, content: '还有，门前路灯不亮' } };
  const save = (id: string) => ask(agent, 'PUT', `/calls/${id}/draft`, draft);
  const talked = await counter.call(agent.id, { ended: false });
  await tell(shop.id, talked);
  const [{ body: kept }, opened] = [
    await save(talked),
    await ask(agent, 'POST', '/tickets', {
      ...{
        type: 'COMPLAINT',
        categoryCode: 'leak',
        content: '门前路灯不亮',
        unitCode: 'water',
        callId: talked,
      },
    }),
  ];
  expect(kept).toMatchObject({ version: 2, words: draft.words });
  expect(opened.status).toBe(201);
  expect(await outcome(talked)).toMatchObject([{ outcome: 'ticket', quote_id: null }]);
  expect((await tell(shop.id, talked)).body.outcome).toBe('ticket');
  // Over, and wrapped up: nothing more is kept or given way to. During the wrap-up it is.
  const over = await counter.call(agent.id, { ended: false });
  await tell(shop.id, over);
  await counter.db.query('update calls set ended_at = now() where id = $1', [over]);
  expect((await save(over)).body.code).toBe('call.outcomeExists');
  await counter.db.query(
    `insert into presence_intervals (id, agent_id, state, at, of_call) values (gen_random_uuid(), $1, 'WRAP_UP', now(), $2)`,
    [agent.id, over],
  );
  expect((await save(over)).status).toBe(200);

  // Who withheld his number has nothing in writing: nothing is counted.
  const withheld = await counter.call(agent.id, { ended: false });
  await counter.db.query(`update calls set caller_number = 'anonymous' where id = $1`, [withheld]);
  expect((await tell(shop.id, withheld)).body).toEqual({ message: 'unreachable', outcome: null });
  expect(await outcome(withheld)).toEqual([]);
  const invalid = await counter.call(agent.id, { ended: false });
  await ask(agent, 'POST', `/calls/${invalid}/outcome`, { outcome: 'invalid', reason: '骚扰电话' });
  expect((await tell(shop.id, invalid)).body.code).toBe('call.outcomeExists');
});

test('partners, volunteers and platforms are targets: of a transfer by their telephone, of dispatch as a unit', async () => {
  const { body: platform } = await place({ name: '号码百事通', keeper: 'platform', telephone: '114' });
  const { body: silent } = await place({ keeper: 'volunteer', telephone: '' });
  const target = (id: string) => ({ target: { kind: 'place', place: id } });
  for (const kind of ['invite', 'consult', 'transfer']) {
    const sent = await ask(counter.people.agent, 'POST', `/agents/me/talk/${kind}`, target(platform.id));
    expect(sent.status, kind).toBe(200);
    expect(counter.control.asked.at(-1)).toMatchObject({
      kind: 'talk',
      wish: { kind, target: { kind: 'number', number: '114' } },
    });
  }
  expect(
    (await ask(counter.people.agent, 'POST', '/agents/me/talk/invite', target(silent.id))).body.code,
  ).toBe('place.noTelephone');
  const unknown = target(randomUUID());
  expect((await ask(counter.people.agent, 'POST', '/agents/me/talk/invite', unknown)).status).toBe(404);

  const { body: group } = await place({ name: '夕阳红志愿服务队', keeper: 'volunteer' });
  for (const [{ id, name }, code, kind, content] of [
    [group, 'volunteer-sunset', 'volunteer', '独居老人请人陪诊'],
    [platform, 'platform-114', 'enterprise', '请代订一辆出租车'],
  ] as const) {
    const made = { revision: 1, targetCode: code };
    expect(await ask(counter.people.dispatcher, 'POST', `/places/${id}/target`, made)).toMatchObject({
      status: 200,
      body: { targetCode: code, revision: 2 },
    });
    expect(await counter.services.units.byCode(code)).toEqual({ code, name, kind });
    // It is dispatched to like every unit, and its people see what is theirs.
    const member = await counter.person(['unit'], { unitCode: code });
    const dispatched = await ask(counter.people.agent, 'POST', '/tickets', {
      ...{ type: 'HELP', categoryCode: 'leak', content, unitCode: code },
    });
    expect(dispatched.status, JSON.stringify(dispatched.body)).toBe(201);
    expect((await ask(member, 'GET', `/tickets/${dispatched.body.id}`)).body).toMatchObject({
      state: 'dispatched',
      unit: { code, name },
    });
  }
  const { body: office } = await place({ keeper: 'unit', unit: 'water' });
  expect(
    (
      await ask(counter.people.dispatcher, 'POST', `/places/${office.id}/target`, {
        revision: 1,
        targetCode: 'water-2',
      })
    ).body.code,
  ).toBe('place.notKept');
  expect(
    (
      await ask(counter.people.dispatcher, 'POST', `/places/${silent.id}/target`, {
        revision: 1,
        targetCode: 'water',
      })
    ).body.code,
  ).toBe('place.targetTaken');
});

test('which towns have partners and volunteers, and which have none; a larger area has what lies in it', async () => {
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, added_in) values ('area', 'matang', '马塘镇', 0),
       ('area', 'matang.east', '马塘镇东街', 0), ('area', 'caobu', '曹埠镇', 0)`,
  );
  for (const over of [
    { area: 'matang.east', keeper: 'partner' },
    { area: 'matang.east', keeper: 'volunteer', category: 'leak' },
    { area: 'matang', keeper: 'unit', unit: 'water' },
    { area: 'caobu', keeper: 'partner' },
  ]) {
    const added = await place(over);
    expect(added.status, JSON.stringify(added.body)).toBe(201);
  }
  const { body: gone } = await place({ area: 'caobu', keeper: 'volunteer' });
  await ask(counter.people.operator, 'POST', `/places/${gone.id}/closed`, { revision: 1 });
  const read = async (query = '') =>
    (await ask(counter.people.lead, 'GET', `/reports/place-coverage${query}`)).body;
  const { areas, everywhere } = await read();
  expect(areas.filter(({ code }: { code: string }) => /^(matang|caobu)/.test(code))).toEqual([
    {
      ...{ code: 'caobu', name: '曹埠镇', unit: 0, partner: 1, volunteer: 0, platform: 0, categories: 1 },
      missing: ['volunteer'],
    },
    {
      ...{ code: 'matang', name: '马塘镇', unit: 1, partner: 1, volunteer: 1, platform: 0, categories: 2 },
      missing: [],
    },
    {
      ...{ code: 'matang.east', name: '马塘镇东街', unit: 0, partner: 1, volunteer: 1, platform: 0 },
      ...{ categories: 2, missing: [] },
    },
  ]);
  expect(everywhere.platform).toBeGreaterThan(0);
  const leak = (await read('?category=leak')).areas.find(({ code }: { code: string }) => code === 'matang');
  expect(leak).toMatchObject({ partner: 0, volunteer: 1, missing: ['partner'] });
  expect((await ask(counter.people.agent, 'GET', '/reports/place-coverage')).status).toBe(403);
});

/** What a form sends back of what it was shown. */
function newPlace(shown: Record<string, unknown>): Record<string, unknown> {
  const fields = ['code', 'name', 'also', 'address', 'hours', 'category', 'keeper', 'unit', 'telephone'];
  return Object.fromEntries(Object.entries(shown).filter(([field]) => fields.includes(field)));
}
