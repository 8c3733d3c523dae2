import type { RecordingFault, RecordingState } from './recording-table.ts';

/** A segment as the facts tell it. Times: epoch ms. */
export interface SegmentFacts {
  readonly beganMs: number;
  /** null: it goes on, or nobody told its end. */
  readonly endedMs: number | null;
  /** Stretches in which somebody spoke with the citizen. */
  readonly talks: readonly Stretch[];
  readonly pauses: readonly Pause[];
  /** Of the time between, in which the switch wrote nothing because it asked for call control; at most so much, ms. */
  readonly atGatesMs: number;
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Sensitive data was being said. `silenced`: the switch confirmed that it wrote silence from about then on. */
export interface Pause extends Stretch {
  readonly by: string | null;
  readonly reason: string;
  readonly silenced: boolean;
}

/** The file as it lies there now; null: there is none. */
export interface FileLook {
  readonly bytes: number;
  /** Since the last write. */
  readonly quietMs: number;
}

/** What reading it through found. */
export interface SealedFile {
  readonly durationMs: number;
  /** How long each side was heard at all, in the order of the channels. */
  readonly heardMs: readonly number[];
}

export type Gap = {
  /** From the beginning of the segment, ms. */
  readonly fromMs: number;
  readonly toMs: number;
} & (
  | { readonly why: 'paused'; readonly by: string | null; readonly reason: string }
  /** Not in the file, and nobody can say where in it: counted from its end. */
  | { readonly why: 'missing' }
);

export type Look =
  /** `stalled`: the call goes on and the file no longer grows. */
  | { readonly kind: 'wait'; readonly againMs: number; readonly stalled: boolean }
  | { readonly kind: 'seal'; readonly endedMs: number; readonly endKnown: boolean }
  | { readonly kind: 'missing'; readonly fault: 'fileMissing' | 'fileEmpty' };

/** The switch writes the first frame within a second of the answer; by now there would be a file. */
export const FILE_BY_MS = 15_000;
/** Written to every 20 ms while it is open: quiet for this long, it is closed. */
const CLOSED_AFTER_MS = 2_000;
const STALLED_AFTER_MS = 20_000;
const LOOK_WHILE_TALKING_MS = 30_000;
/** No call lasts longer: the dialplan ends it after four hours. */
const LONGEST_MS = 4 * 3_600_000 + 600_000;

/** What is to be done about a segment: wait for it, seal it, or say that it is not there. */
export function lookAt({ beganMs, endedMs }: SegmentFacts, file: FileLook | null, nowMs: number): Look {
  if (file === null || file.bytes === 0) {
    const dueMs = (endedMs ?? beganMs) + FILE_BY_MS;
    if (nowMs < dueMs) return { kind: 'wait', againMs: dueMs, stalled: false };
    return { kind: 'missing', fault: file === null ? 'fileMissing' : 'fileEmpty' };
  }
  if (endedMs !== null) {
    const closedMs = Math.max(endedMs, nowMs - file.quietMs) + CLOSED_AFTER_MS;
    return nowMs < closedMs
      ? { kind: 'wait', againMs: closedMs, stalled: false }
      : { kind: 'seal', endedMs, endKnown: true };
  }
  // The facts of its end were lost with whoever was to tell them; the file is there all the same.
  if (nowMs - beganMs > LONGEST_MS) return { kind: 'seal', endedMs: nowMs - file.quietMs, endKnown: false };
  const stalled = file.quietMs > STALLED_AFTER_MS;
  return { kind: 'wait', againMs: nowMs + LOOK_WHILE_TALKING_MS, stalled };
}

/** Seconds after a failure at which the file is looked for once more: a folder may come back. */
const ONCE_MORE_MS = [60_000, 300_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000] as const;

/** When to look again for what is missing; null: never. `looks`: how often it was missed so far. */
export function onceMore(looks: number, nowMs: number): number | null {
  const afterMs = ONCE_MORE_MS[looks - 1];
  return afterMs === undefined ? null : nowMs + afterMs;
}

/** A call is a little longer than its sound: ringing, the first and the last packet. */
const TOLERANCE_MS = 1_500;
const TOLERANCE_SHARE = 0.02;
/** A talk of less than this may well be without a word. */
const SPOKEN_FROM_MS = 5_000;

export interface Verdict {
  readonly state: Extract<RecordingState, 'stored' | 'partial'>;
  readonly fault: RecordingFault | null;
  readonly gaps: readonly Gap[];
}

/**
 * Whether a sealed file holds the segment whole. A pause is a gap that is explained; it makes nothing partial. The time
 * at the gates is looked for in no file.
 */
export function verdictOn(
  { beganMs, talks, pauses, atGatesMs }: SegmentFacts,
  { durationMs, heardMs }: SealedFile,
  { endedMs, endKnown }: { readonly endedMs: number; readonly endKnown: boolean },
): Verdict {
  const wholeMs = Math.max(0, endedMs - beganMs);
  const paused = pauses.map(
    ({ fromMs, toMs, by, reason }): Gap => ({ ...within(fromMs, toMs), why: 'paused', by, reason }),
  );
  const missingMs = wholeMs - atGatesMs - durationMs;
  const isShort = missingMs > Math.max(TOLERANCE_MS, wholeMs * TOLERANCE_SHARE);
  const gaps: readonly Gap[] = isShort
    ? [...paused, { fromMs: wholeMs - missingMs, toMs: wholeMs, why: 'missing' }]
    : paused;
  if (isShort) return { state: 'partial', fault: 'short', gaps };
  const talkedMs = lengthOf(talks) - lengthOf(pauses);
  const nobodyHeard = heardMs.length > 0 && heardMs.every((ms) => ms === 0);
  if (nobodyHeard && talkedMs >= SPOKEN_FROM_MS) return { state: 'partial', fault: 'silent', gaps };
  return endKnown ? { state: 'stored', fault: null, gaps } : { state: 'partial', fault: 'endUnknown', gaps };

  function within(fromMs: number, toMs: number): { readonly fromMs: number; readonly toMs: number } {
    return { fromMs: Math.max(0, fromMs - beganMs), toMs: Math.min(wholeMs, toMs - beganMs) };
  }
}

const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, toMs - fromMs), 0);

/** Facts and file may be apart by so much. */
const BLANK_MARGIN_MS = 1_000;

/**
 * What must be wiped from the file because the switch did not confirm that it wrote silence: offsets in it, ms. Better
 * a second too much than a digit of an account.
 */
export function toBlank({ beganMs, pauses }: SegmentFacts): readonly Stretch[] {
  return pauses
    .filter(({ silenced }) => !silenced)
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(0, fromMs - beganMs - BLANK_MARGIN_MS),
      toMs: toMs - beganMs + BLANK_MARGIN_MS,
    }));
}
