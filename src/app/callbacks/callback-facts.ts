import type { Callback, CallbackEvent } from '../../domain/callbacks/callback.ts';
import type { Clock } from '../ports/clock.ts';
import type { FactLog } from '../ports/facts.ts';
import type { Log } from '../ports/log.ts';

export interface ToldOfCallback {
  readonly ofCall?: string | null;
  readonly by?: string | null;
  readonly detail?: string;
}

/** Each move of a callback, with all of it as it then is. */
export function tellCallback(
  parts: { readonly clock: Clock; readonly facts: FactLog; readonly log: Log; newId(): string },
  callback: Callback,
  move: CallbackEvent['type'] | 'promised',
  { ofCall = null, by = null, detail = '' }: ToldOfCallback,
): void {
  const { id, state, queue, attempts } = callback;
  parts.log.info({ callbackId: id, move, state, queue, attempts }, 'a callback moved');
  parts.facts.append({
    id: parts.newId(),
    atMs: parts.clock.now(),
    callId: null,
    type: 'callback',
    move,
    callback,
    ofCall,
    by,
    detail,
  });
}
