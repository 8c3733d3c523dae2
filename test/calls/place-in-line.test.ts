import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient, type CallDetailSeen } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { plainName } from '../../src/domain/ivr/words-spoken.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import type { Pace } from '../../src/domain/routing/pace.ts';
import { writeTone } from '../support/tone-file.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';

// What waiting citizens hear on the real switch: their place and how long it will be, nothing where it is short, and an
// incident that begins meanwhile; and that whoever answers cuts it short.

/** As call control left it a moment ago: an agent took somebody from the line each `everyMs`. */
const pace = (queue: string, everyMs: number): Pace => ({
  queue,
  latestMs: Date.now(),
  handOvers: [60, 50, 40, 30, 20, 10].map((s) => ({ atMs: Date.now() - s * 1_000, agentMs: everyMs + s })),
});

let town: Town;
let operator: ApiClient;
beforeAll(async () => {
  town = await Town.found({ paces: [pace('general', 100_000), pace('desk-12369', 4_000)], wrapUpMs: 500 });
  operator = await ApiClient.signIn(town.apiUrl, 'operator', town.passwordOf('operator'));
});
afterAll(() => town?.raze());
afterEach(() => town.rest());

/** Announced by a tone of its own; heard by whoever dialled that line. */
async function begins(line: string, hz: number, ms: number): Promise<string> {
  const { announcement } = await operator.post<{ announcement: { readonly id: string } }>(
    '/v1/announcements',
    {
      title: '停电',
      text: '城区停电。',
      lines: [line],
      until: new Date(Date.now() + 600_000).toISOString(),
      offerKey: '3',
      draft: true,
    },
  );
  const { id } = announcement;
  const folder = join(town.asterisk.promptsDir, 'recorded');
  await mkdir(folder, { recursive: true });
  const file = (name: string): string => join(folder, `${name}.wav`);
  await writeTone(file(`announcement-${id}`), hz, ms);
  await writeTone(file(`announcement-${id}-offer`), hz, 200);
  await operator.post(`/v1/announcements/${id}/start`, { reason: '供电公司来电告知' });
  return id;
}
const heard = ({ facts }: CallDetailSeen): readonly string[] =>
  facts.flatMap(({ type, body }) => (type === 'announcementPlayed' ? [plainName(String(body.prompt))] : []));
const noticed = ({ facts }: CallDetailSeen): readonly unknown[] =>
  facts.flatMap(({ type, body }) => (type === 'noticePlayed' ? [[body.announcement, body.end]] : []));
const figures = async (id: string): Promise<readonly number[]> => {
  const { days } = await operator.get<{
    days: readonly { readonly heard: number; readonly subscribed: number }[];
  }>(`/v1/announcements/${id}`);
  // Midnight may have passed meanwhile: the counts are a day's.
  return [days.reduce((sum, day) => sum + day.heard, 0), days.reduce((sum, day) => sum + day.subscribed, 0)];
};

const [FIRST, SECOND, THIRD, SHORT] = ['1', '2', '3', '4'].map((n) => `1380013930${n}`) as [
  string,
  string,
  string,
  string,
];

test('three callers and one agent: place and minutes, an incident that begins, and the agent’s answer in the middle', async () => {
  const agent = await town.agent('1001');
  const desk = await town.agent('1005');
  const talk = async (number: string, dialled: string, at: typeof agent) => {
    const citizen = await town.citizen({ dialled, number });
    const call = await at.phone.nextCall(10_000);
    await call.answer();
    await call.connected;
    return { citizen, call };
  };
  await talk('13800139309', '12369', desk);
  const first = await talk(FIRST, '12345', agent);
  // The desk is quick: this wait will be a short one.
  const short = await town.citizen({ dialled: '12369', number: SHORT });
  await town.untilCallIs(SHORT, 'queued');
  const second = await town.citizen({ dialled: '12345', number: SECOND });
  await town.untilCallIs(SECOND, 'queued');
  const third = await town.citizen({ dialled: '12319', number: THIRD });

  const told = async ({ sound }: typeof second, ...tones: readonly number[]): Promise<void> => {
    for (const hz of tones) await sound.untilHears(hz, 15_000);
  };
  await Promise.all([
    told(second, PROMPT_HZ['queue-ahead-0'], PROMPT_HZ['queue-wait-2']),
    told(third, PROMPT_HZ['queue-ahead-1'], PROMPT_HZ['queue-wait-3']),
  ]);
  const seen = await until('what screens see of it', 10_000, async () => {
    const { calls } = await town.lead.get<{
      calls: readonly {
        callerNumber: string;
        waiting?: { ahead: number; estimateMs: number; told: object; words: string } | null;
      }[];
    }>('/v1/calls/live');
    return calls.find((one) => one.callerNumber === maskedNumber(THIRD))?.waiting ?? null;
  });
  expect(seen).toMatchObject({ ahead: 1, told: { ahead: 1, minutes: 3 } });
  expect(seen.estimateMs).toBeGreaterThan(150_000);
  expect(seen.words).toContain('前面 1 位');

  // For the third alone: he hears it at once, presses the key and hears that it counts.
  const concerned = await begins('12319', 2_400, 3_000);
  await third.sound.untilHears(2_400, 5_000);
  await third.sound.press('3');
  await third.sound.untilHears(PROMPT_HZ['notice-subscribed'], 5_000);
  expect(second.sound.level(2_400)).toBeLessThan(0.1);

  // For the second: the agent is free in the middle of it, and is talked with at once.
  const cut = await begins('12345', 2_520, 20_000);
  await second.sound.untilHears(2_520, 5_000);
  first.citizen.hangUp();
  await first.call.ended;
  const next = await agent.phone.nextCall(10_000);
  expect(next.from).toBe(SECOND);
  await next.answer();
  await town.converse(second, next);
  expect(second.sound.level(2_520)).toBeLessThan(0.1);

  for (const citizen of [short, third, second]) citizen.hangUp();
  const [ofShort, ofSecond, ofThird] = await Promise.all(
    [SHORT, SECOND, THIRD].map((number) => town.callInBooks(number)),
  );
  expect(ofShort && heard(ofShort)).toEqual(['greeting-dedicated']);
  expect(ofSecond && noticed(ofSecond)).toEqual([[cut, 'cut']]);
  expect(ofThird && noticed(ofThird)).toEqual([[concerned, 'cancelled']]);
  expect(ofThird && heard(ofThird)).toEqual(
    expect.arrayContaining(['queue-ahead-1', 'queue-wait-3', `announcement-${concerned}`]),
  );
  await expect.poll(() => figures(concerned), { timeout: 10_000 }).toEqual([1, 1]);
  // Cut short it was heard by nobody.
  expect(await figures(cut)).toEqual([0, 0]);
});
