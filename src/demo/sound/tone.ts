import { encodeAlaw, SAMPLE_RATE } from './alaw.ts';

/** Samples in one RTP packet: 20 ms. */
export const FRAME = 160;
const AMPLITUDE = 8000;

/** One A-law frame of a tone, continuous with the frame before when `firstSample` counts on. */
export function toneFrame(hz: number, firstSample: number): Uint8Array {
  const frame = new Uint8Array(FRAME);
  for (let at = 0; at < FRAME; at += 1) {
    const angle = (2 * Math.PI * hz * (firstSample + at)) / SAMPLE_RATE;
    frame[at] = encodeAlaw(Math.round(AMPLITUDE * Math.sin(angle)));
  }
  return frame;
}

/** One A-law frame of linear samples; silence after their end. */
export function alawFrame(samples: Int16Array, from: number): Uint8Array {
  return Uint8Array.from({ length: FRAME }, (_, at) => encodeAlaw(samples[from + at] ?? 0));
}

/**
 * Share of the sound's power that lies at `hz`, 0 … 1 (Goertzel's algorithm). Silence has none of any tone. A pure
 * tone gives about 1, two equal tones 0.5 each, music and speech next to nothing.
 */
export function toneShare(samples: ArrayLike<number>, hz: number, rate = SAMPLE_RATE): number {
  const factor = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let before = 0;
  let last = 0;
  let power = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] ?? 0;
    power += sample * sample;
    const next = sample + factor * last - before;
    before = last;
    last = next;
  }
  // Below this mean amplitude (of 32 767) there is nothing but coding noise.
  if (samples.length === 0 || power / samples.length < 50 * 50) return 0;
  const magnitude = last * last + before * before - factor * last * before;
  return Math.min(1, (2 * magnitude) / (samples.length * power));
}
