import { afterEach, expect, inject, test } from 'vitest';
import { Phone } from '../../src/demo/phone/phone.ts';
import { Citizen } from '../../src/demo/sipp/citizen.ts';
import { decodeAlaw, encodeAlaw } from '../../src/demo/sound/alaw.ts';
import { RtpEnd } from '../../src/demo/sound/rtp-end.ts';
import { toneFrame, toneShare } from '../../src/demo/sound/tone.ts';
import { MUSIC_HZ, SteadyMusic } from '../support/tone-music.ts';

// The instruments by which whole calls are judged, judged themselves: SIPp straight to a phone, no switch between.

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function phone(): Promise<Phone> {
  const made = await Phone.open();
  open.push(made);
  return made;
}
async function dial(to: Phone, change: Partial<Parameters<typeof Citizen.dial>[0]> = {}): Promise<Citizen> {
  const order = {
    sipp: inject('tools').sipp,
    to: { host: to.host, port: to.port },
    dialled: '12345',
    number: '13800138000',
  };
  const citizen = await Citizen.dial({ ...order, ...change });
  open.push({ close: () => citizen.dispose() });
  return citizen;
}

test('A-law gives back what it was given, within its coarseness', () => {
  for (const sample of [-32768, -8000, -500, -9, 0, 9, 500, 8000, 32767]) {
    const back = decodeAlaw(encodeAlaw(sample));
    expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 25));
  }
});

test('a tone is told from another tone, from two at once, and from silence', () => {
  const tone = (hz: number): number[] =>
    Array.from({ length: 10 }, (_, at) => [...toneFrame(hz, at * 160)].map(decodeAlaw)).flat();
  const both = tone(440).map((one, at) => (one + (tone(1000)[at] ?? 0)) / 2);
  expect(toneShare(tone(440), 440)).toBeGreaterThan(0.95);
  expect(toneShare(tone(440), 1000)).toBeLessThan(0.05);
  expect(toneShare(both, 440)).toBeCloseTo(0.5, 1);
  expect(toneShare(new Array(1600).fill(3), 440)).toBe(0);
});

test('a citizen and a phone hear each other, and the citizen hangs up', async () => {
  const agent = await phone();
  const citizen = await dial(agent);
  const call = await agent.nextCall(5000);
  expect([call.from, call.dialled]).toEqual(['13800138000', '12345']);
  await call.answer();
  await Promise.all([citizen.answered, call.connected]);
  call.sound.speak(1000);
  await citizen.sound.untilHears(1000, 2000);
  citizen.sound.speak(440);
  await call.sound.untilHears(440, 2000);
  expect(call.sound.level(1000)).toBeLessThan(0.1);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
});

test('the phone hangs up and the citizen knows it', async () => {
  const agent = await phone();
  const citizen = await dial(agent);
  const call = await agent.nextCall(5000);
  await call.answer();
  await call.connected;
  await call.hangUp();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
});

test('a citizen who hangs up before the answer is a cancelled call', async () => {
  const agent = await phone();
  const citizen = await dial(agent);
  const call = await agent.nextCall(5000);
  citizen.hangUp();
  expect(await call.ended).toBe('cancelled');
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
  await expect(citizen.answered).rejects.toThrow('unanswered');
});

test('a refusal is recognised, and only the one that was expected', async () => {
  const agent = await phone();
  agent.onCall = (call) => call.reject(486);
  expect(await (await dial(agent, { expect: 486 })).ended).toMatchObject({ code: 0, by: 'refused' });
  expect(await (await dial(agent, { expect: 404 })).ended).toMatchObject({ by: 'unexpected' });
});

test('music that goes on is told from music that stops, and from another sound in its place', async () => {
  const [player, ear] = await Promise.all([RtpEnd.open(), RtpEnd.open()]);
  for (const end of [player, ear]) open.push({ close: async () => end.close() });
  player.connect('127.0.0.1', ear.port);
  const listen = async (): Promise<SteadyMusic> => {
    player.speak(MUSIC_HZ);
    const [music] = await SteadyMusic.at(ear);
    if (music === undefined) throw new Error('one listens');
    return music;
  };
  await (await listen()).wentOn();
  // Begun anew, as a switch that is told again to play it does.
  const again = await listen();
  player.speak(MUSIC_HZ);
  await again.wentOn();

  const replaced = await listen();
  player.speak(1000);
  await ear.untilHears(1000, 2000);
  await expect.poll(() => ear.level(MUSIC_HZ), { interval: 20 }).toBeLessThan(0.1);
  await ear.untilHears(1000, 2000);
  await expect(replaced.wentOn()).rejects.toThrow(/less than 500/);

  // What a queue says has its time; silence after it is missed like any other.
  const spoken = async (): Promise<SteadyMusic> => {
    player.speak(MUSIC_HZ);
    const [music] = await SteadyMusic.amongWords([1000], ear);
    if (music === undefined) throw new Error('one listens');
    player.speak(1000);
    await ear.untilHears(1000, 2000);
    return music;
  };
  const wordsOver = await spoken();
  player.speak(MUSIC_HZ);
  await wordsOver.wentOn();
  const wordsLast = await spoken();
  player.speak(2200);
  await ear.untilHears(2200, 2000);
  await expect(wordsLast.wentOn()).rejects.toThrow(/less than 500/);

  const stopped = await listen();
  player.hush();
  const hushedMs = Date.now();
  await expect.poll(() => Date.now() - hushedMs).toBeGreaterThan(1_500);
  player.speak(MUSIC_HZ);
  await expect(stopped.wentOn()).rejects.toThrow(/greater than/);
});
