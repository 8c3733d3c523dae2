import type { AlarmBook } from '../ports/alarms.ts';
import type { Log } from '../ports/log.ts';
import type { RecordingBook } from '../ports/recordings.ts';
import { alarmKey, faultWords } from './alarm-words.ts';

const BATCH = 50;

/**
 * Raises an alarm for each recording that failed or is not whole, whoever found it out: the worker by its file, or the
 * facts by themselves (answered, and never begun). Raised first and noted then: who dies in between tells it again.
 */
export function tellFailures(parts: {
  readonly recordings: RecordingBook;
  readonly alarms: AlarmBook;
  readonly log: Log;
  now(): number;
  newId(): string;
}) {
  const { recordings, alarms, log } = parts;
  return async (): Promise<void> => {
    for (const { id, callId, segment, state, fault } of await recordings.untold(BATCH)) {
      const kind = `recording.${state}` as const;
      const words = faultWords(fault);
      const atMs = parts.now();
      const key = alarmKey(kind, words);
      const raised = await alarms.raise({ id: parts.newId(), key, kind, ...words, subject: callId, atMs });
      await recordings.told(id, atMs);
      log.error({ callId, segment, kind, detail: words.detailEn, raised }, 'a recording wants attention');
    }
  };
}
