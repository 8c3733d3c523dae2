import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PhoneCall } from '../../../src/demo/phone/phone-call.ts';
import { until } from '../../../src/demo/poll.ts';
import type { Citizen } from '../../../src/demo/sipp/citizen.ts';
import { recordedThrough } from '../../support/kept-recording.ts';
import { SteadyMusic } from '../../support/tone-music.ts';
import { QUEUE_WORDS_HZ, Town } from '../../support/town.ts';
import { goesOn, hears } from '../../support/voices.ts';

// PostgreSQL is away for two minutes, and call control dies in the midst of them. Every call is taken as always, and
// afterwards each is in the books, once, and recorded. Who waits hears his music through the one and the other.

const AWAY_MS = 120_000;

let town: Town;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300, music: 'tone' });
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

const musicOf = (...waiting: readonly Citizen[]): Promise<readonly SteadyMusic[]> =>
  SteadyMusic.amongWords(QUEUE_WORDS_HZ, ...waiting.map(({ sound }) => sound));
const wentOn = (music: readonly SteadyMusic[]): Promise<unknown> =>
  Promise.all(music.map((one) => one.wentOn()));

test('PostgreSQL is away for two minutes: no call is lost, none is counted twice', async () => {
  await town.standby.start();
  await until('a standby', 15_000, async () => (town.standby.log().includes('stands by') ? true : null));
  const agent = await town.agent('1001');
  // Its calls alone: a second try finds those of the first.
  const beganMs = Date.now();
  const served: string[] = [];
  const left: string[] = [];
  /** Talks of before something struck, with the moment. */
  const through: (readonly [number: string, sinceMs: number])[] = [];
  const endedByCitizen = async (citizen: Citizen, call: PhoneCall): Promise<void> => {
    citizen.hangUp();
    expect(await call.ended).toBe('byThem');
  };

  // One talks and one waits when it goes.
  const [talkingNumber, waitingNumber] = ['13800137001', '13800137002'];
  const ringing = agent.phone.nextCall(15_000);
  const talking = await town.citizen({ dialled: '12345', number: talkingNumber });
  const talk = await ringing;
  await talk.answer();
  await town.converse(talking, talk);
  const waiting = await town.citizen({ dialled: '12345', number: waitingNumber });
  await town.untilCallIs(waitingNumber, 'queued');
  const waitingMusic = await musicOf(waiting);
  const awayFrom = Date.now();
  through.push([talkingNumber, awayFrom], [waitingNumber, awayFrom]);
  served.push(talkingNumber, waitingNumber);
  await town.postgres.cut();
  await wentOn(waitingMusic);
  await town.converse(talking, talk);
  await endedByCitizen(talking, talk);
  const next = await agent.phone.nextCall(15_000);
  expect(next.from).toBe(waitingNumber);
  await next.answer();
  await town.converse(waiting, next);
  await goesOn(waiting.sound);
  await endedByCitizen(waiting, next);

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
      const music = await musicOf(impatient);
      through.push([number, Date.now()]);
      await town.callControl.kill();
      await town.converse(citizen, call);
      await until('the successor', 15_000, async () =>
        town.standby.log().includes('is the active one') ? true : null,
      );
      await wentOn(music);
      await town.converse(citizen, call);
    }
    impatient.hangUp();
    await impatient.ended;
    await endedByCitizen(citizen, call);
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
       from calls where ended_at is not null and arrived_at >= to_timestamp($3 / 1000.0)`,
      [served, left, beganMs],
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
    `with told as (select call_id, seq from call_facts where at >= to_timestamp($1 / 1000.0))
     select count(distinct call_id) as calls, count(*) as facts, count(distinct (call_id, seq)) as places,
       (select sum(most) from (select max(seq) as most from told group by call_id) as each) as last
     from told`,
    [beganMs],
  );
  expect(Number(facts.calls)).toBe(served.length + left.length);
  expect(facts.places).toBe(facts.facts);
  expect(facts.last).toBe(facts.facts);
  for (const [number, sinceMs] of through) {
    const { id } = await town.inBooks<{ id: string }>(
      'select id from calls where caller_number = $1 and arrived_at >= to_timestamp($2 / 1000.0)',
      [number, beganMs],
    );
    await recordedThrough(town, id, sinceMs);
  }
  process.stdout.write(`${facts.calls} calls, ${facts.facts} facts while PostgreSQL was away\n`);
});
