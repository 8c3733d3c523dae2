import { expect } from 'vitest';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import type { RtpEnd } from '../../src/demo/sound/rtp-end.ts';

/** Each speaks a tone of its own, so that it is measured who hears whom, and whom not. */
export const HZ = { citizen: 440, first: 1000, second: 2200, unit: 2600, outside: 3300 } as const;
export type Who = keyof typeof HZ;
export const EVERYBODY = Object.keys(HZ) as Who[];

/** The end hears each of these and nobody else: itself least of all. */
export async function hears(end: RtpEnd, ...whom: readonly Who[]): Promise<void> {
  end.forget();
  const level = (who: Who): number => end.level(HZ[who]);
  const others = EVERYBODY.filter((who) => !whom.includes(who));
  await expect
    .poll(
      () => ({
        packets: end.packets > 20,
        heard: whom.filter((who) => level(who) > 0.2),
        others: others.filter((who) => level(who) > 0.02),
      }),
      { timeout: 20_000, interval: 50 },
    )
    .toEqual({ packets: true, heard: [...whom], others: [] });
}

/** Nothing at all is sent to the end from one look to the next. */
export async function isInSilence(end: RtpEnd): Promise<void> {
  const since = (): number => {
    const { packets } = end;
    end.forget();
    return packets;
  };
  since();
  await expect.poll(since, { timeout: 20_000, interval: 400 }).toBe(0);
}

export async function answered(call: PhoneCall, who: Who): Promise<PhoneCall> {
  await call.answer();
  await call.connected;
  call.sound.speak(HZ[who]);
  return call;
}

/** So much more sound arrives: as much is in the recording, whole windows of it wherever they begin. */
export async function goesOn(end: RtpEnd, ms = 2_500): Promise<void> {
  end.forget();
  await expect.poll(() => end.packets, { timeout: 20_000, interval: 50 }).toBeGreaterThan(ms / 20);
}
