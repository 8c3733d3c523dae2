import type { Callback } from '../../domain/callbacks/callback.ts';

/** Callbacks that are not over, kept on the local disk as calls are, so that a restart knows who is to be called. */
export interface CallbackStore {
  read(): Promise<readonly Callback[]>;
  /** Return at once. */
  save(callback: Callback): void;
  remove(id: string): void;
}
