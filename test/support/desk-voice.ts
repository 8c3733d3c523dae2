import type { Page } from 'playwright-core';
import { until } from '../../src/demo/poll.ts';

/** The analyser's step is 6 Hz at 48 kHz. */
const CLOSE_HZ = 12;

/**
 * In every page of this browser the microphone speaks a tone, and what an element plays is listened to. As text: the
 * tests know no types of a browser.
 */
const voice = (hz: number): string => `(() => {
  const audio = () => (globalThis.deskAudio ??= new AudioContext());
  navigator.mediaDevices.getUserMedia = async () => {
    const line = audio().createMediaStreamDestination();
    const tone = audio().createOscillator();
    const volume = audio().createGain();
    tone.frequency.value = ${hz};
    volume.gain.value = 0.25;
    tone.connect(volume).connect(line);
    tone.start();
    return line.stream;
  };
  const played = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...played,
    set(stream) {
      played.set.call(this, stream);
      globalThis.deskEar = undefined;
      if (stream === null) return;
      const ear = audio().createAnalyser();
      ear.fftSize = 8192;
      ear.smoothingTimeConstant = 0;
      audio().createMediaStreamSource(stream).connect(ear);
      globalThis.deskEar = ear;
    },
  });
})()`;

const LOUDEST = `(() => {
  const ear = globalThis.deskEar;
  if (ear === undefined) return 0;
  const levels = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(levels);
  const peak = levels.reduce((best, level, at) => (level > levels[best] ? at : best), 0);
  return levels[peak] < -60 ? 0 : (peak * ear.context.sampleRate) / ear.fftSize;
})()`;

/** From the next page on that this window opens. */
export async function speakThere(page: Page, hz: number): Promise<void> {
  await page.addInitScript({ content: voice(hz) });
}

export async function untilPageHears(page: Page, hz: number, withinMs = 15_000): Promise<void> {
  let heard = 0;
  await until(`the page to hear ${hz} Hz`, withinMs, async () => {
    heard = Number(await page.evaluate(LOUDEST));
    return Math.abs(heard - hz) < CLOSE_HZ ? true : null;
  }).catch((cause: unknown) => {
    throw new Error(`the page hears ${heard} Hz`, { cause });
  });
}

/** Of these tones those that the page hears now. */
const heardOf = (hz: readonly number[]): string => `(() => {
  const ear = globalThis.deskEar;
  if (ear === undefined) return [];
  const levels = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(levels);
  const at = (tone) => Math.round((tone * ear.fftSize) / ear.context.sampleRate);
  return ${JSON.stringify(hz)}.filter((tone) => Math.max(...levels.slice(at(tone) - 1, at(tone) + 2)) > -50);
})()`;

/** The page hears these, and of `others` none. */
export async function pageHears(
  page: Page,
  tones: readonly number[],
  others: readonly number[],
  withinMs = 20_000,
): Promise<void> {
  let heard: unknown = [];
  await until(`the page to hear ${tones.join(' and ')} Hz`, withinMs, async () => {
    heard = await page.evaluate(heardOf([...tones, ...others]));
    return JSON.stringify(heard) === JSON.stringify(tones) ? true : null;
  }).catch((cause: unknown) => {
    throw new Error(`the page hears ${JSON.stringify(heard)} Hz`, { cause });
  });
}
