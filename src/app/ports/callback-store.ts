import type { Callback } from '../../domain/callbacks/callback.ts';

/** Callbacks that are not over, kept on the local disk as calls are, so that a restart knows who is to be called. */
export interface CallbackStore {
  read(): Promise<readonly Callback[]>;
  /** Whether that is all that was known last; otherwise those of the books count as well. */
  foundAs(): Promise<'latest' | 'stale' | 'nothing'>;
  /** Return at once. */
  save(callback: Callback): void;
  remove(id: string): void;
}

/** Callbacks as the books have them: asked when this process does not know all that was promised last. */
export interface OpenCallbacks {
  /** Those that are not over. Rejects with `DatabaseAway`. */
  open(): Promise<readonly Callback[]>;
}
