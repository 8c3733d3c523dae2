import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../../src/demo/poll.ts';
import { Town } from '../../support/town.ts';
import { hears } from '../../support/voices.ts';

// PostgreSQL is away for two minutes, and call control dies in the midst of them. Every call is taken as always, and
// afterwards each is in the books, once.

const AWAY_MS = 120_000;

let town: Town;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300 });
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test('PostgreSQL is away for two minutes: no call is lost, none is counted twice', async () => {
  await town.standby.start();
  await until('a standby', 15_000, async () => (town.standby.log().includes('stands by') ? true : null));
  const agent = await town.agent('1001');
  const awayFrom = Date.now();
  await town.postgres.cut();
  const served: string[] = [];
  const left: string[] = [];
  let died = false;
  for (let at = 100; Date.now() - awayFrom < AWAY_MS; at += 2) {
    const [number, waiting] = [`13800137${at}`, `13800137${at + 1}`];
    const citizen = await town.citizen({ dialled: '12345', number });
    const call = await agent.phone.nextCall(15_000);
    expect(call.from).toBe(number);
    await call.answer();
    await town.converse(citizen, call);
    await agent.api.post('/v1/agents/me/heartbeat');
    await agent.api.post('/v1/agents/me/talk/hold');
    await hears(citizen.sound);
    await agent.api.post('/v1/agents/me/talk/resume');
    await town.converse(citizen, call);
    // One who calls meanwhile hears that he waits, and gives up.
    const impatient = await town.citizen({ dialled: '12319', number: waiting });
    await impatient.answered;
    await impatient.sound.untilSound(10_000);
    if (!died && Date.now() - awayFrom > AWAY_MS / 2) {
      died = true;
      await town.callControl.kill();
      await town.converse(citizen, call);
    }
    impatient.hangUp();
    await impatient.ended;
    citizen.hangUp();
    expect(await call.ended).toBe('byThem');
    served.push(number);
    left.push(waiting);
  }
  expect(died).toBe(true);
  await town.postgres.mend();

  const books = await until('all calls in the books', 60_000, async () => {
    const found = await town.inBooks<{ calls: string; served: string; left: string }>(
      `select count(*) as calls,
         count(*) filter (where result = 'answeredByAgent' and released_by = 'caller' and line = '12345'
           and caller_number = any ($1)) as served,
         count(*) filter (where result = 'abandoned' and line = '12319' and caller_number = any ($2)) as left
       from calls where ended_at is not null`,
      [served, left],
    );
    return Number(found.calls) >= served.length + left.length ? found : null;
  });
  expect(books).toEqual({
    calls: String(served.length + left.length),
    served: String(served.length),
    left: String(left.length),
  });
  // Once each: of what was told no fact came a second time, and none is missing in between.
  const facts = await town.inBooks<{ calls: string; facts: string; places: string; last: string }>(
    `select count(distinct call_id) as calls, count(*) as facts, count(distinct (call_id, seq)) as places,
       (select sum(most) from (select max(seq) as most from call_facts group by call_id) as each) as last
     from call_facts`,
  );
  expect(Number(facts.calls)).toBe(served.length + left.length);
  expect(facts.places).toBe(facts.facts);
  expect(facts.last).toBe(facts.facts);
  process.stdout.write(`${facts.calls} calls, ${facts.facts} facts while PostgreSQL was away\n`);
});
