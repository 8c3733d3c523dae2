import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RtpEnd } from '../../src/demo/sound/rtp-end.ts';
import type { AsteriskProgram } from '../../src/runtime/obtain.ts';
import { writeTone } from './tone-file.ts';

/** Of a town whose music is this tone: nobody there speaks it, and no prompt is of it. */
export const MUSIC_HZ = 320;
/** Whole waves of it: where it begins anew nothing is heard of that. */
const FILE_MS = 10_000;

/** The program with one tone for music; all else that it reads is as it was. */
export async function withToneMusic(program: AsteriskProgram, folder: string): Promise<AsteriskProgram> {
  const dataDir = join(folder, 'asterisk-data');
  await mkdir(join(dataDir, 'moh'), { recursive: true });
  for (const name of await readdir(program.dataDir)) {
    if (name !== 'moh') await symlink(join(program.dataDir, name), join(dataDir, name));
  }
  await writeTone(join(dataDir, 'moh', 'tone.wav'), MUSIC_HZ, FILE_MS);
  return { ...program, dataDir };
}

const LOOK_EVERY_MS = 40;
const PACKET_MS = 20;

/**
 * Listens on to the music at one end, for as long as nothing makes that end forget what it heard. What is missed is
 * counted in sound that arrived: a test that stands still for a moment misses none of it.
 */
export class SteadyMusic {
  readonly #end: RtpEnd;
  /** Of what may be said in its place. */
  readonly #words: readonly number[];
  readonly #timer: NodeJS.Timeout;
  readonly #beganMs = Date.now();
  readonly #from: number;
  #heardAt: number;
  #longest = 0;

  private constructor(end: RtpEnd, words: readonly number[]) {
    this.#end = end;
    this.#words = words;
    this.#from = end.packets;
    this.#heardAt = end.packets;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  static at(...ends: readonly RtpEnd[]): Promise<readonly SteadyMusic[]> {
    return SteadyMusic.amongWords([], ...ends);
  }

  /** Of who waits so long that his queue speaks to him: its words (Hz) have their time, and the music is back after them. */
  static async amongWords(
    words: readonly number[],
    ...ends: readonly RtpEnd[]
  ): Promise<readonly SteadyMusic[]> {
    await Promise.all(ends.map((end) => end.untilHears(MUSIC_HZ, 20_000)));
    return ends.map((end) => new SteadyMusic(end, words));
  }

  /** It went on from the beginning to now, and does for two seconds more: sound came all the time, and it was the music. */
  async wentOn(): Promise<void> {
    const now = this.#end.packets;
    await expect
      .poll(() => this.#end.packets - now, { timeout: 20_000, interval: 50 })
      .toBeGreaterThan(2_000 / PACKET_MS);
    clearInterval(this.#timer);
    this.#look();
    const soundMs = (this.#end.packets - this.#from) * PACKET_MS;
    expect(soundMs).toBeGreaterThan(0.9 * (Date.now() - this.#beganMs));
    // A window of it may hold the seam at which it was begun anew.
    expect(this.#longest * PACKET_MS).toBeLessThan(500);
  }

  #look(): void {
    const { packets } = this.#end;
    const isHeard = [MUSIC_HZ, ...this.#words].some((hz) => this.#end.level(hz) > 0.6);
    if (isHeard) this.#heardAt = packets;
    else this.#longest = Math.max(this.#longest, packets - this.#heardAt);
  }
}
