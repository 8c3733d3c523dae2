import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { toneShare } from '../../src/demo/sound/tone.ts';
import { sidesOf } from './tone-file.ts';
import type { Town } from './town.ts';
import { EVERYBODY, HZ, type Who } from './voices.ts';

const WINDOW_MS = 200;
/** Of a call's words and the sound that belongs to them: telephones buffer, and a window is a fifth of a second. */
const APART_MS = 600;

/** The worker gives way to everybody: on a machine with much else to do a file waits for it. */
const SEALED_WITHIN_MS = 60_000;

interface Row {
  readonly segment: string;
  readonly kind: string;
  readonly state: string;
  readonly fault: string | null;
  readonly channels: number;
  readonly file: string;
  readonly sha256: string;
  readonly beganMs: number;
  readonly gaps: readonly { readonly why: string }[];
}
interface FactRow {
  readonly type: string;
  readonly atMs: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is kept of a call, as the books and the disk have it, once all of it has been sealed. */
export class KeptRecording {
  readonly rows: readonly Row[];
  readonly facts: readonly FactRow[];
  readonly #files: ReadonlyMap<string, Buffer>;

  private constructor(rows: readonly Row[], facts: readonly FactRow[], files: ReadonlyMap<string, Buffer>) {
    this.rows = rows;
    this.facts = facts;
    this.#files = files;
  }

  static async of(town: Town, callId: string): Promise<KeptRecording> {
    const { rows } = await until(`all of the recording of ${callId}`, SEALED_WITHIN_MS, async () => {
      const found = await town.inBooks<{ rows: readonly Row[] }>(
        `select coalesce(json_agg(json_build_object('segment', segment, 'kind', kind, 'state', state, 'fault', fault,
           'channels', channels, 'file', file, 'sha256', encode(sha256, 'hex'), 'gaps', gaps,
           'beganMs', extract(epoch from began_at) * 1000) order by began_at, segment), '[]') as rows
         from recordings where call_id = $1`,
        [callId],
      );
      return found.rows.length > 0 && found.rows.every(({ state }) => state !== 'started') ? found : null;
    });
    const { facts } = await town.inBooks<{ facts: readonly FactRow[] }>(
      `select json_agg(json_build_object('type', type, 'body', body, 'atMs', extract(epoch from at) * 1000)
         order by at, seq) as facts from call_facts where call_id = $1`,
      [callId],
    );
    const files = await Promise.all(
      rows.flatMap(({ segment, file }) =>
        file === null
          ? []
          : [readFile(join(town.asterisk.recordingsDir, file)).then((wav) => [segment, wav] as const)],
      ),
    );
    return new KeptRecording(rows, facts, new Map(files));
  }

  /** As in the books, with whether the file is the very one that was hashed. */
  get summary(): readonly object[] {
    return this.rows.map(({ segment, state, channels, fault, gaps, sha256 }) => ({
      segment,
      state,
      channels,
      fault,
      gaps: gaps.map(({ why }) => why),
      isHashed: sha256 === createHash('sha256').update(this.#wav(segment)).digest('hex'),
    }));
  }

  /** When it was told, epoch ms: the nth such fact. */
  at(type: string, nth = 1, which: (body: FactRow['body']) => boolean = () => true): number {
    const found = this.facts.filter((fact) => fact.type === type && which(fact.body))[nth - 1];
    if (found === undefined) throw new Error(`no ${type} for the ${nth}th time`);
    return found.atMs;
  }

  /** Who is heard on a side within a stretch (epoch ms), beginning and end left out by what they may be apart. */
  heard(
    side: 'citizen' | 'staff',
    {
      fromMs = 0,
      toMs = Number.MAX_SAFE_INTEGER,
      segment = 'main',
    }: { fromMs?: number; toMs?: number; segment?: string } = {},
  ): readonly Who[] {
    const began = this.rows.find((row) => row.segment === segment)?.beganMs ?? 0;
    const windows = sidesOf(this.#wav(segment))[side].filter((_, at) => {
      const startMs = began + at * WINDOW_MS;
      return startMs >= fromMs + APART_MS && startMs + WINDOW_MS <= toMs - APART_MS;
    });
    if (windows.length < 2) throw new Error(`no sound of ${segment} in that stretch`);
    return EVERYBODY.filter((who) => windows.some((window) => toneShare(window, HZ[who]) > 0.2));
  }

  #wav(segment: string): Buffer {
    const wav = this.#files.get(segment);
    if (wav === undefined) throw new Error(`no file of ${segment}`);
    return wav;
  }
}

/** A talk of citizen and first agent is kept whole, with nothing missing, and both are heard in it after this moment. */
export async function recordedThrough(town: Town, callId: string, sinceMs: number): Promise<void> {
  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([
    { segment: 'main', state: 'stored', channels: 2, fault: null, gaps: [], isHashed: true },
  ]);
  expect(kept.heard('citizen', { fromMs: sinceMs })).toEqual(['citizen']);
  expect(kept.heard('staff', { fromMs: sinceMs })).toEqual(['first']);
}
