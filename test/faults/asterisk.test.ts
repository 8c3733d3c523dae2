import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { CallDetailSeen } from '../../src/demo/api-client.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import { KeptRecording } from '../support/kept-recording.ts';
import { LiveEar } from '../support/live-ear.ts';
import { Town } from '../support/town.ts';
import { answered, goesOn, HZ, hears } from '../support/voices.ts';

// Asterisk forgets its calls, the agents' phones and the fallback queue's members when it ends: who talked and who waited is
// on record with an honest end and what was recorded of him, leads are told, and the product tells the switch again.

let town: Town;
beforeAll(async () => {
  town = await Town.found({ music: 'tone' });
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

interface Scene {
  readonly agent: AgentAtWork;
  readonly ear: LiveEar;
  readonly call: PhoneCall;
  readonly talking: Citizen;
  readonly waiting: readonly Citizen[];
  readonly numbers: readonly [string, string, string];
}

/** One talks and two wait, who speak all the while. */
async function oneTalksTwoWait(tail: string): Promise<Scene> {
  const numbers = [1, 2, 3].map((n) => `1380013${tail}${n}`) as [string, string, string];
  const agent = await town.agent('1001');
  const ear = await LiveEar.at(town, '1001');
  const come = async (number: string): Promise<Citizen> => {
    const citizen = await town.citizen({ dialled: '12345', number });
    await citizen.answered;
    citizen.sound.speak(HZ.citizen);
    return citizen;
  };
  const talking = await come(numbers[0]);
  const call = await answered(await agent.phone.nextCall(10_000), 'first');
  await Promise.all([hears(talking.sound, 'first'), hears(call.sound, 'citizen')]);
  const waiting: Citizen[] = [];
  for (const number of numbers.slice(1)) {
    waiting.push(await come(number));
    await town.untilCallIs(number, 'queued');
  }
  await Promise.all([talking, ...waiting].map(({ sound }) => goesOn(sound)));
  return { agent, ear, call, talking, waiting, numbers };
}

interface AlarmSeen {
  readonly kind: string;
  readonly detail: string;
  readonly subject: string;
  readonly closingReason: string | null;
}
/** As a lead sees it. */
const alarm = (kind: string, open: boolean): Promise<AlarmSeen> =>
  until(`${open ? 'an open' : 'a past'} alarm ${kind}`, 30_000, async () => {
    const { alarms } = await town.lead.get<{ alarms: readonly AlarmSeen[] }>(`/v1/alarms?open=${open}`);
    return alarms.find((one) => one.kind === kind) ?? null;
  });

/** Whom nobody spoke with is on the list of those who are called back, and why. */
async function untilToBeCalledBack(numbers: readonly string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        const { items } = await town.lead.get<{
          items: readonly { readonly number: string; readonly why: string }[];
        }>('/v1/missed-calls?limit=100');
        return items.filter((one) => numbers.some((number) => maskedNumber(number) === one.number));
      },
      { timeout: 30_000 },
    )
    .toMatchObject(numbers.map(() => ({ why: 'lost', queue: 'general' })));
}

/** What was going on when it died is over in the books, with an honest end: nobody hung up, the machine between them did. */
async function endsInBooks({ numbers }: Scene): Promise<readonly CallDetailSeen[]> {
  const [talked, ...waited] = await Promise.all(numbers.map((number) => town.callInBooks(number)));
  if (talked === undefined) throw new Error('one talked');
  expect(talked).toMatchObject({ agentNumber: '1001', result: 'answeredByAgent', releasedBy: 'system' });
  for (const one of waited) {
    expect(one).toMatchObject({ agentNumber: null, queue: 'general', result: 'lost', releasedBy: 'system' });
    const after = one.facts.slice(one.facts.findIndex(({ type }) => type === 'queueEntered'));
    expect(after.filter(({ type }) => type === 'queueLeft')).toHaveLength(1);
    expect(after.at(-1)?.type).toBe('callEnded');
  }
  return [talked, ...waited];
}

/** The phone registers as phones do, by itself; that it may is what call control has to see to. */
async function readyAgain({ agent, ear }: Scene, after: number): Promise<void> {
  await until('the phone registered', 20_000, async () => {
    await agent.phone.register();
    return true;
  });
  // Written up, he is ready again by himself, and his page knew of each step.
  await ear.until(
    'word that he is ready again',
    ({ agent: one }) => one?.agentId === agent.id && one.state === 'READY' && one.phoneReachable,
    after,
  );
  expect(ear.statesOf(agent.id)).toEqual(['RINGING', 'TALKING', 'WRAP_UP', 'READY']);
}

async function isServed(agent: AgentAtWork, number: string): Promise<void> {
  const next = await town.citizen({ dialled: '12345', number });
  const again = await agent.phone.nextCall(10_000);
  expect(again.from).toBe(number);
  await again.answer();
  await town.converse(next, again);
  next.hangUp();
  await again.ended;
  expect(await town.callInBooks(number)).toMatchObject({ result: 'answeredByAgent', agentNumber: '1001' });
}

const isAway = ({ source }: { readonly source?: string }): boolean => source === 'switchAway';

test.for([
  { signal: 'SIGKILL', tail: '800' },
  { signal: 'SIGTERM', tail: '810' },
] as const)(
  'Asterisk ends by $signal while one talks and two wait, and is started again',
  {
    timeout: 120_000,
  },
  async ({ signal, tail }) => {
    const scene = await oneTalksTwoWait(tail);
    const { ear, numbers } = scene;
    const before = ear.words.length;
    town.asterisk.kill(signal);
    await town.asterisk.exited();
    const diedMs = Date.now();
    for (const one of [scene.talking, ...scene.waiting]) one.vanish();
    // He is told at once, and not when he looks: what his page shows of calls is as it was last known.
    const away = await ear.until('word that the switch is away', isAway, before);
    expect(await alarm('switch.away', true)).toMatchObject({ subject: 'switch' });
    await town.asterisk.start();
    await ear.until('word that the switch is back', (one) => one.source === 'live', away);
    expect((await alarm('switch.away', false)).closingReason).toContain('3 通通话因此中断');

    const ended = await endsInBooks(scene);
    const { calls } = await town.lead.get<{ calls: readonly object[] }>('/v1/calls/live');
    expect(calls).toEqual([]);
    await untilToBeCalledBack(numbers.slice(1));
    // Whole to its end is what was written when it died: the last second of each holds who spoke.
    for (const [at, { id }] of ended.entries()) {
      const kept = await KeptRecording.of(town, id);
      expect(kept.summary).toEqual([
        { segment: 'main', state: 'stored', channels: 2, fault: null, gaps: [], isHashed: true },
      ]);
      expect(kept.heard('citizen', { fromMs: diedMs - 3_000 })).toEqual(['citizen']);
      expect(kept.heard('staff', { fromMs: diedMs - 3_000 })).toEqual(at === 0 ? ['first'] : []);
    }
    await readyAgain(scene, away);
    await isServed(scene.agent, numbers[1]);
  },
);

/** Of recordings, and still open: of which calls. */
async function recordingAlarms(): Promise<readonly AlarmSeen[]> {
  const { alarms } = await town.lead.get<{ alarms: readonly AlarmSeen[] }>('/v1/alarms?open=true');
  return alarms.filter(({ kind }) => kind.startsWith('recording.'));
}

test('Asterisk hangs and is killed for it: the calls ended when it fell silent and are recorded whole until then', {
  timeout: 150_000,
}, async () => {
  const scene = await oneTalksTwoWait('820');
  const { ear, numbers } = scene;
  const before = ear.words.length;
  town.asterisk.kill('SIGSTOP');
  const stoppedMs = Date.now();
  // Nothing is closed and nobody rings off: that it is away is found out by its silence.
  const away = await ear.until('word that the switch is away', isAway, before);
  const noticedMs = Date.now();
  await alarm('switch.away', true);
  town.asterisk.kill('SIGKILL');
  await town.asterisk.exited();
  for (const one of [scene.talking, ...scene.waiting]) one.vanish();
  await town.asterisk.start();
  await ear.until('word that the switch is back', (one) => one.source === 'live', away);

  const ended = await endsInBooks(scene);
  for (const [at, { id }] of ended.entries()) {
    const kept = await KeptRecording.of(town, id);
    // Dated by the last that was heard of it: it answers every five seconds, and was silent for ten before that was noticed.
    const endedMs = kept.at('callEnded');
    expect(stoppedMs - endedMs).toBeLessThan(6_000);
    expect(endedMs - stoppedMs).toBeLessThan(1_000);
    expect(noticedMs - endedMs).toBeGreaterThan(9_000);
    expect(kept.summary).toEqual([
      { segment: 'main', state: 'stored', channels: 2, fault: null, gaps: [], isHashed: true },
    ]);
    expect(kept.heard('citizen', { fromMs: stoppedMs - 3_000 })).toEqual(['citizen']);
    expect(kept.heard('staff', { fromMs: stoppedMs - 3_000 })).toEqual(at === 0 ? ['first'] : []);
  }
  // Nothing was said of which anything is missing, and nobody is told otherwise.
  expect(await recordingAlarms()).toEqual([]);
  await untilToBeCalledBack(numbers.slice(1));
  await readyAgain(scene, away);
  await isServed(scene.agent, numbers[2]);
});

// The last of its file: its alarm never goes by itself.
test('Asterisk hangs and comes to itself: the talk goes on, what was not written is missing on record, and leads are told', {
  timeout: 150_000,
}, async () => {
  const agent = await town.agent('1001');
  const ear = await LiveEar.at(town, '1001');
  const number = '13800138301';
  const citizen = await town.citizen({ dialled: '12345', number });
  await citizen.answered;
  citizen.sound.speak(HZ.citizen);
  const call = await answered(await agent.phone.nextCall(10_000), 'first');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  await goesOn(citizen.sound);
  const before = ear.words.length;
  town.asterisk.kill('SIGSTOP');
  const stoppedMs = Date.now();
  const away = await ear.until('word that the switch is away', isAway, before);
  town.asterisk.kill('SIGCONT');
  const missedMs = Date.now() - stoppedMs;
  await ear.until('word that the switch is back', (one) => one.source === 'live', away);
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  await goesOn(citizen.sound);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');

  const { id, result } = await town.callInBooks(number);
  expect(result).toBe('answeredByAgent');
  const kept = await KeptRecording.of(town, id);
  expect(kept.summary).toEqual([
    { segment: 'main', state: 'partial', channels: 2, fault: 'short', gaps: ['missing'], isHashed: true },
  ]);
  expect(kept.heard('citizen')).toEqual(['citizen']);
  expect(kept.heard('staff')).toEqual(['first']);
  const { segments } = await town.lead.get<{
    segments: readonly { readonly gaps: readonly { readonly fromMs: number; readonly toMs: number }[] }[];
  }>(`/v1/calls/${id}/recordings`);
  const [gap] = segments[0]?.gaps ?? [];
  // What had come meanwhile and found room is heard late.
  expect((gap?.toMs ?? 0) - (gap?.fromMs ?? 0)).toBeGreaterThan(missedMs / 4);
  await expect
    .poll(recordingAlarms)
    .toMatchObject([
      { kind: 'recording.partial', subject: id, detail: expect.stringContaining('录音比通话短') },
    ]);
});
