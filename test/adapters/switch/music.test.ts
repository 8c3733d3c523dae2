import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Media } from '../../../src/app/ports/switch.ts';
import type { Citizen } from '../../../src/demo/sipp/citizen.ts';
import { writeTone } from '../../support/tone-file.ts';
import { IMPATIENT, RealWorld } from './real-world.ts';

// What is known of a citizen's music when the cable to Asterisk was cut.

const WORDS_HZ = 700;
let world: RealWorld;
let words: Media;
beforeAll(async () => {
  world = await RealWorld.build(undefined, IMPATIENT);
  words = { kind: 'file', path: `${world.asterisk.dir}/words` };
  await writeTone(`${words.path}.wav`, WORDS_HZ, 1_000);
});
afterEach(async () => {
  world.wire.judge = () => 'pass';
  await world.rest();
});
afterAll(() => world.demolish());

interface Waiting {
  readonly channel: string;
  readonly callId: string;
  readonly citizen: Citizen;
}

async function arrived(): Promise<Waiting> {
  const from = world.log.mark;
  const citizen = await world.citizen();
  const call = await world.log.next('incoming', undefined, { from });
  await world.switch.answer(call.channel);
  await citizen.answered;
  return { channel: call.channel, callId: call.callId, citizen };
}

/** What the next connection tells of it. */
async function hearsAfterTheCut(channel: string): Promise<boolean> {
  const from = world.log.mark;
  world.wire.judge = () => 'pass';
  world.wire.break();
  const { snapshot } = await world.log.next('up', undefined, { from });
  return snapshot.channels.find((one) => one.channel === channel)?.music === true;
}

/** Commands of this kind do not arrive; what describes them does. */
const lose = (what: string): void => {
  world.wire.judge = (request) => (request.startsWith('POST') && request.includes(what) ? 'hold' : 'pass');
};

test('it is known to play when Asterisk said that it began', async () => {
  const { channel } = await arrived();
  expect(await world.switch.startMusic(channel)).toEqual({ kind: 'done' });
  expect(await hearsAfterTheCut(channel)).toBe(true);
});

test('it is not known to play when nothing was said of its beginning, though it had begun before', async () => {
  const { channel } = await arrived();
  await world.switch.startMusic(channel);
  lose('/moh');
  expect(await world.switch.startMusic(channel)).toMatchObject({ kind: 'unknown' });
  expect(await hearsAfterTheCut(channel)).toBe(false);
});

test('it is not known to play after words of which nobody knows whether they were said', async () => {
  const { channel, callId } = await arrived();
  await world.switch.startMusic(channel);
  lose('/play');
  expect(await world.switch.play(channel, `${callId}.p1`, [words])).toMatchObject({ kind: 'unknown' });
  expect(await hearsAfterTheCut(channel)).toBe(false);
});

/** So much more sound comes, and at no look so far was it the words. */
async function hearsOtherThanWords({ sound }: Citizen): Promise<void> {
  sound.forget();
  const { packets } = sound;
  const levels: number[] = [];
  await expect
    .poll(
      () => {
        levels.push(sound.level(WORDS_HZ));
        return sound.packets - packets;
      },
      { interval: 50 },
    )
    .toBeGreaterThan(100);
  expect(Math.max(...levels)).toBeLessThan(0.1);
}

test('words that the switch gets when their time is over end the music, and it follows them when it is begun again', async () => {
  const { channel, callId, citizen } = await arrived();
  await world.switch.startMusic(channel);
  lose('/play');
  expect(await world.switch.play(channel, `${callId}.p1`, [words])).toMatchObject({ kind: 'unknown' });
  world.wire.deliver();
  await citizen.sound.untilHears(WORDS_HZ, 10_000);
  expect(await hearsAfterTheCut(channel)).toBe(false);
  expect(await world.switch.startMusic(channel)).toEqual({ kind: 'done' });
  await expect
    .poll(
      () => {
        const { packets } = citizen.sound;
        const isOfWords = citizen.sound.level(WORDS_HZ) > 0.1;
        citizen.sound.forget();
        return packets > 10 && !isOfWords;
      },
      { interval: 500 },
    )
    .toBe(true);
});

test('words that are on their way when the connection is given up do not come behind the music of the next one', async () => {
  const { channel, callId, citizen } = await arrived();
  await world.switch.startMusic(channel);
  lose('/play');
  expect(await world.switch.play(channel, `${callId}.p1`, [words])).toMatchObject({ kind: 'unknown' });
  // Silent, and so given up by us: nobody else closes anything.
  const from = world.log.mark;
  const goOn = world.wire.holdEvents();
  await world.log.next('down', undefined, { from });
  await world.log.next('up', undefined, { from });
  goOn();
  expect(await world.switch.startMusic(channel)).toEqual({ kind: 'done' });
  world.wire.deliver();
  await hearsOtherThanWords(citizen);
  expect(await hearsAfterTheCut(channel)).toBe(true);
});
