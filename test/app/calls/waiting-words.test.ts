import { afterEach, expect, test } from 'vitest';
import type { Announcement } from '../../../src/domain/announcements/announcement.ts';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import type { Pace } from '../../../src/domain/routing/pace.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// What waiting citizens are told, through the whole of call control: whence the estimate, who hears an incident, and
// what a restart leaves of it.

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

const configured = (more: Partial<Configuration['queues'][number]> = {}): Configuration => {
  const base = sample([agent(1)]);
  return { ...base, queues: base.queues.map((one) => ({ ...one, tellsPlace: true, ...more })) };
};
/** As an earlier process left it: an agent took somebody from the general desk each `everyMs`. */
function paced(home: House, everyMs: number): House {
  const nowMs = home.clock.now();
  const handOvers = [9, 8, 7, 6, 5, 4, 3].map((n) => ({ atMs: nowMs - n * 10_000, agentMs: everyMs + n }));
  home.savedPaces.set('general', { queue: 'general', latestMs: nowMs - 30_000, handOvers });
  return home;
}
/** The agent talks with the first citizen; the others wait. */
async function crowd(home: House, others: number, dialled = '12345'): Promise<void> {
  await home.ready(1);
  await calls(home, 1, dialled);
  home.switch.answerLeg('call1.a1');
  await settled();
  for (let n = 2; n <= others + 1; n += 1) await calls(home, n, dialled);
}
async function calls(home: House, n: number, dialled = '12345'): Promise<void> {
  home.switch.arrive(incoming(n, dialled, { callerNumber: `1380013800${n}` }));
  await settled();
  await home.heard();
}
const said = (callId: string): readonly string[] =>
  house.facts.flatMap((fact) =>
    fact.callId === callId && fact.type === 'announcementPlayed' && fact.prompt !== 'greeting-main'
      ? [fact.prompt]
      : [],
  );

test('the pace of the line is told as place and minutes; screens see the same, and what was told', async () => {
  house = await paced(new House(configured()), 80_000).open();
  await crowd(house, 2);
  await house.after(5_000);
  await house.heard();
  expect(said('call2')).toEqual(['queue-ahead-0', 'queue-wait-2']);
  expect(said('call3')).toEqual(['queue-ahead-1', 'queue-wait-3']);
  const { waiting } = house.calls.get('call3') ?? {};
  expect(waiting).toMatchObject({ ahead: 1, told: { ahead: 1, minutes: 3 } });
  expect(waiting?.estimateMs).toBeGreaterThan(160_000);
  expect(waiting?.words).toBe('签入的 1 名话务员都不空闲；前面 1 位，预计还需约 3 分钟');
  expect(waiting?.wordsEn).toBe('no agent of the 1 signed in is free; 1 before, about 3 min still expected');
});

test('nobody was seen to be served: the place after twenty seconds, and why no time', async () => {
  house = await new House(configured()).open();
  await crowd(house, 1);
  await house.after(19_000);
  expect(said('call2')).toEqual([]);
  await house.after(1_000);
  await house.heard();
  expect(said('call2')).toEqual(['queue-ahead-0']);
  expect(house.calls.get('call2')?.waiting).toMatchObject({
    estimateMs: null,
    words: '签入的 1 名话务员都不空闲；前面 0 位，等待时间无法可靠估计（近半小时排队接通太少）',
    wordsEn:
      'no agent of the 1 signed in is free; 0 before, the wait cannot be estimated (too few were answered in the last half hour)',
  });
});

test('what is seen while they wait is what is told: waited for, and in agents’ time', async () => {
  house = await new House(configured()).open();
  await crowd(house, 7);
  for (let n = 1; n <= 6; n += 1) {
    await house.after(60_000);
    house.switch.end(`channel${n}`);
    await settled();
    await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
    await settled();
    house.switch.answerLeg(`call${n + 1}.a1`);
    await settled();
  }
  const pace = house.savedPaces.get('general') as Pace;
  expect(pace.handOvers).toHaveLength(6);
  for (const { agentMs } of pace.handOvers) expect(Math.abs(agentMs - 60_000)).toBeLessThan(2_000);
  await house.after(15_000);
  await house.heard();
  expect(Math.abs((house.calls.get('call8')?.waiting?.estimateMs ?? 0) - 60_000)).toBeLessThan(2_000);
});

test('who is on a break takes nobody: then no wait is promised', async () => {
  const base = configured();
  house = await paced(new House({ ...base, agents: [agent(1), agent(2)] }), 80_000).open();
  await house.ready(2);
  await house.control.command({ kind: 'notReady', agentId: 'agent2', reason: 'rest' });
  await calls(house, 1);
  await house.after(25_000);
  await house.heard();
  expect(said('call1')).toEqual(['queue-ahead-0']);
  expect(house.calls.get('call1')?.waiting?.words).toContain('没有话务员在岗');
});

test('after a restart nobody is told again what he was told, and the pace is known still', async () => {
  const first = await paced(new House(configured()), 80_000).open();
  house = first;
  await crowd(first, 2);
  await first.after(5_000);
  await first.heard();
  first.switch.forget();
  await first.control.stop();
  house = new House(first.configuration, first);
  house.facts.push(...first.facts);
  await house.open();
  await house.after(45_000);
  await house.heard();
  expect(said('call3').filter((prompt) => prompt.startsWith('queue-'))).toEqual([
    'queue-ahead-1',
    'queue-wait-3',
  ]);
  expect(house.calls.get('call3')?.waiting).toMatchObject({ ahead: 1, told: { ahead: 1, minutes: 3 } });
});

test('a file that is missing is passed over: what there is is said, and music follows', async () => {
  house = await paced(new House(configured()), 80_000).open();
  house.missing.add('queue-ahead-0');
  await crowd(house, 1);
  await house.after(5_000);
  expect([...house.switch.playbacks.values()]).toEqual(['channel2']);
  await house.heard();
  house.missing.add('queue-wait-1');
  expect(house.switch.channels.get('channel2')?.music).toBe(true);
  expect(house.facts).toContainEqual(
    expect.objectContaining({ type: 'anomaly', code: 'prompt.missing', detail: 'queue-ahead-0' }),
  );
});

const outage = (more: Partial<Announcement> = {}): Announcement => ({
  ...{ id: 'a1', title: '停电', lines: null, area: null, offerKey: null },
  fromMs: house.clock.now(),
  untilMs: house.clock.now() + 3_600_000,
  ...more,
});
async function begins(...announcements: readonly Announcement[]): Promise<void> {
  for (const { id } of announcements) house.switch.world.files.add(`/prompts/announcement-${id}`);
  house.configuration = {
    ...house.configuration,
    version: house.configuration.version + 1,
    announcements: [...(house.configuration.announcements ?? []), ...announcements],
  };
  house.control.useConfiguration({ configuration: house.configuration, phones: [] });
  await settled();
}
const heardBy = (id: string): readonly (string | null)[] =>
  house.facts.flatMap((fact) =>
    fact.type === 'noticePlayed' && fact.announcement === id ? [fact.callId] : [],
  );

test('an incident that begins while they wait: those whom it concerns, at once, and each once', async () => {
  house = await new House(configured({ tellsPlace: false })).open();
  await crowd(house, 1, '12319');
  await calls(house, 3, '12345');
  await begins(outage({ lines: ['12319'] }));
  expect([...house.switch.playbacks.values()]).toEqual(['channel2']);
  await house.heard();
  // Another version of the configuration, and time: nobody hears it again.
  await begins();
  await house.after(120_000);
  await house.heard();
  expect(heardBy('a1')).toEqual(['call2']);
  // Who comes now hears it after the greeting, and not in the queue.
  await calls(house, 4, '12319');
  await house.heard();
  await house.after(60_000);
  expect(heardBy('a1')).toEqual(['call2', 'call4']);
});

test('one that is planned for later begins at its hour, and a withdrawn one never', async () => {
  house = await new House(configured({ tellsPlace: false })).open();
  await crowd(house, 1);
  await begins(outage({ fromMs: house.clock.now() + 40_000 }));
  await house.after(35_000);
  await house.heard();
  expect(heardBy('a1')).toEqual([]);
  await house.after(5_000);
  await house.heard();
  expect(heardBy('a1')).toEqual(['call2']);
  house.configuration = { ...house.configuration, announcements: [] };
  await begins();
  await house.after(60_000);
  expect(heardBy('a1')).toEqual(['call2']);
});

test('one that begins the day after tomorrow has not been forgotten by then', async () => {
  house = await new House(configured({ tellsPlace: false })).open();
  const afterMs = 40 * 3_600_000;
  await begins(outage({ fromMs: house.clock.now() + afterMs, untilMs: Number.MAX_SAFE_INTEGER }));
  await house.after(afterMs - 10_000);
  await calls(house, 1);
  await house.after(10_000);
  await house.heard();
  expect(heardBy('a1')).toEqual(['call1']);
});

test('a full hall hears it in turns, and nobody is left out', async () => {
  house = await new House(configured({ tellsPlace: false })).open();
  for (let n = 1; n <= 50; n += 1) house.switch.arrive(incoming(n, '12345', { callerNumber: '' }));
  await settled();
  await house.heard();
  await begins(outage());
  expect(house.switch.playbacks.size).toBe(20);
  await house.after(250);
  expect(house.switch.playbacks.size).toBe(40);
  await house.after(250);
  await house.heard();
  expect(new Set(heardBy('a1')).size).toBe(50);
  expect(heardBy('a1')).toHaveLength(50);
});

test('one without words is tried three times by each, and the others hear theirs meanwhile', async () => {
  house = await new House(configured({ tellsPlace: false })).open();
  for (let n = 1; n <= 25; n += 1) house.switch.arrive(incoming(n, '12345', { callerNumber: '' }));
  await settled();
  await house.heard();
  house.missing.add('announcement-a1');
  await begins(outage());
  await house.after(1_000);
  expect(new Set(heardBy('a1')).size).toBe(25);
  for (let minute = 0; minute < 6; minute += 1) await house.after(60_000);
  expect(heardBy('a1')).toHaveLength(75);
});

test('its key puts a waiting citizen on the list', async () => {
  house = await new House(configured({ tellsPlace: false })).open();
  await crowd(house, 1);
  house.switch.world.files.add('/prompts/announcement-a1-offer');
  await begins(outage({ offerKey: '3' }));
  house.switch.press('channel2', '3');
  await settled();
  await house.heard();
  expect(house.told('call2')).toContain('noticeSubscribed');
  expect(house.state('call2')).toBe('queued');
});

test('begun while call control was away: told when it is back, to who has not heard it', async () => {
  const first = await new House(configured({ tellsPlace: false })).open();
  house = first;
  await crowd(first, 1);
  first.switch.forget();
  await first.control.stop();
  const during = outage();
  first.switch.world.files.add('/prompts/announcement-a1');
  house = new House({ ...first.configuration, version: 2, announcements: [during] }, first);
  await house.open();
  await house.heard();
  expect(heardBy('a1')).toEqual(['call2']);
  expect(house.facts.find(({ type }) => type === 'noticePlayed')).toMatchObject({ end: 'finished' });
});
