import type { FileLook, Gap, SealedFile, Stretch } from '../../domain/recordings/judge.ts';
import type {
  RecordingFault,
  RecordingKind,
  RecordingState,
} from '../../domain/recordings/recording-table.ts';
import type { ToldFact } from '../../domain/recordings/told-fact.ts';

/** A segment that is due to be looked at, held by whoever claimed it. */
export interface DueSegment {
  readonly id: string;
  readonly callId: string;
  readonly segment: string;
  readonly kind: RecordingKind;
  readonly state: RecordingState;
  /** As the switch writes it, below the folder of recordings. */
  readonly source: string;
  readonly file: string | null;
  readonly looks: number;
}

export interface WantingSegment {
  readonly id: string;
  readonly callId: string;
  readonly segment: string;
  readonly state: Extract<RecordingState, 'failed' | 'partial'>;
  readonly fault: RecordingFault;
}

export interface Sealing {
  readonly state: Extract<RecordingState, 'stored' | 'partial'>;
  readonly fault: RecordingFault | null;
  readonly endedMs: number;
  readonly file: string;
  readonly sealed: SealedRecording;
  readonly gaps: readonly Gap[];
}

export interface SealedRecording extends SealedFile {
  readonly channels: number;
  readonly bytes: number;
  readonly sha256: Uint8Array;
}

/** Times are ISO 8601 in UTC. */
export interface RecordingView {
  readonly callId: string;
  readonly segment: string;
  readonly kind: RecordingKind;
  readonly state: RecordingState;
  readonly stateAt: string;
  readonly fault: string | null;
  readonly beganAt: string;
  readonly endedAt: string | null;
  readonly file: string | null;
  readonly channels: number | null;
  readonly durationMs: number | null;
  readonly heardMs: readonly number[];
  readonly bytes: number | null;
  /** Hexadecimal. */
  readonly sha256: string | null;
  readonly gaps: readonly Gap[];
}

export interface RecordingFilter {
  readonly state?: RecordingState;
  /** Local day of the municipality on which it began. */
  readonly day?: string;
  /** Nobody but this employer's agents is heard in it. */
  readonly employer?: string;
}

export interface RecordingBook {
  /** Those whose time to be looked at has come, held until `until`. */
  claim(now: number, until: number, limit: number): Promise<readonly DueSegment[]>;
  /** What is known of the call, in order. */
  facts(callId: string): Promise<readonly ToldFact[]>;
  /** Look again then; `stalled`: since now the file does not grow though the call goes on. */
  wait(id: string, againMs: number, stalled: boolean): Promise<void>;
  /** There is no file. `againMs` null: not looked for any more. */
  miss(id: string, fault: RecordingFault, at: number, againMs: number | null): Promise<void>;
  seal(id: string, at: number, sealing: Sealing): Promise<void>;
  /** What the switch wrote is gone: the sealed file is all there is. */
  sourceGone(id: string): Promise<void>;
  /** Failed or not whole, and nobody was told yet, the longest first. */
  untold(limit: number): Promise<readonly WantingSegment[]>;
  told(id: string, at: number): Promise<void>;
  /** How many that have come into this state since then are still in it. */
  stillSo(state: WantingSegment['state'], fault: RecordingFault, sinceMs: number): Promise<number>;
  /** Files that should grow and do not. */
  stalled(): Promise<number>;
  /** Whether a conversation that began after this was stored whole. */
  storedSince(ms: number): Promise<boolean>;
  /** Whether anything was sealed after this. */
  sealedSince(ms: number): Promise<boolean>;
  ofCall(callId: string): Promise<readonly RecordingView[]>;
  /** Newest first. */
  list(
    filter: RecordingFilter,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly recordings: readonly RecordingView[]; readonly next: string | null }>;
  /** How many segments of a local day are in which state. */
  count(day: string): Promise<Readonly<Record<RecordingState, number>>>;
}

/** The files of recordings. Names are below their folder; one that leads out of it is refused as `recording.nameInvalid`. */
export interface RecordingVault {
  look(name: string, now: number): Promise<FileLook | null>;
  /**
   * Makes of what the switch wrote the file that is kept, whole or not at all, and forces it to the disk: G.711 A-law
   * in a WAV, as many channels as the source has. `blank`: stretches that become silence. The source stays. A source
   * that is kept where it lies (`source` = `target`) is only measured. Codes: recording.unreadable, recording.noRoom.
   */
  seal(source: string, target: string, blank: readonly Stretch[]): Promise<SealedRecording>;
  discard(name: string): Promise<void>;
  /** null: the folder is not there. */
  room(): Promise<{ readonly freeBytes: number; readonly totalBytes: number } | null>;
  /** Tells the switch's dialplan that nothing may be recorded for the next two minutes, or that it may. */
  setFull(full: boolean): Promise<void>;
}
