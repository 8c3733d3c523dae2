import type { CallWait } from '../../domain/reporting/connection-counters.ts';

export interface ConnectionWaits {
  /**
   * Tells every call that asked for a person, or ended without, between two instants; perhaps some before and after.
   * False when there are more than `max`: the rest was not told.
   */
  each(fromMs: number, toMs: number, max: number, tell: (wait: CallWait) => void): Promise<boolean>;
}
