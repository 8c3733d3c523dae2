import type { Call } from '../../domain/calls/call.ts';

/** A call in progress as it stands, with the number of its next fact and the time of its last. */
export interface SavedCall {
  readonly call: Call;
  readonly seq: number;
  readonly toldMs: number;
}

/** Calls in progress, kept on the local disk, so that a restart knows who waits where and since when. */
export interface CallStore {
  read(): Promise<readonly SavedCall[]>;
  /** Return at once. */
  save(saved: SavedCall): void;
  remove(callId: string): void;
}
