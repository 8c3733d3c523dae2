import { HEARD_AT_MOST } from '../announcements/announcement.ts';
import { consider } from '../announcements/heard.ts';
import type { Announcement, CallPlan } from './call-plan.ts';
import type { Configuration } from './configuration.ts';
import { callerOf, toldOf } from './notices.ts';
import { normaliseNumber } from './number.ts';

/** A citizen who waits, as announcements see him. */
export interface WaitingListener {
  readonly plan: CallPlan;
  readonly callerNumber: string;
  readonly arrivedMs: number;
  /** Absent in a call that an earlier release saved: he heard what his plan had. */
  readonly noticesHeard?: readonly string[];
}

/**
 * What concerns him and he has not heard: by the number that he dialled, and by the line that a menu led him to. Where he
 * has heard as many as anybody does before a person, only what has begun since he came: that he waits is no reason to
 * make up for the rest.
 */
export function noticesWhileWaiting(
  configuration: Configuration,
  { plan, callerNumber, arrivedMs, noticesHeard }: WaitingListener,
  nowMs: number,
): readonly Announcement[] {
  const heard = new Set(noticesHeard ?? plan.announcements.map(({ id }) => id));
  const isFull = heard.size >= HEARD_AT_MOST;
  const fresh = (configuration.announcements ?? []).filter(
    ({ id, fromMs }) => !heard.has(id) && (!isFull || fromMs > arrivedMs),
  );
  if (fresh.length === 0) return [];
  const { areaCode } = configuration.municipality;
  const caller = callerOf(callerNumber, areaCode);
  const emergency = plan.emergency === true;
  const lines = [plan.recognition.line?.number ?? null, ...(plan.ledTo === undefined ? [] : [plan.ledTo])];
  const found = new Map<string, Announcement>();
  for (const number of lines) {
    const line = number === null ? null : normaliseNumber(number, areaCode);
    for (const { announcement, outcome } of consider(fresh, { line, caller, emergency }, nowMs)) {
      if (outcome === 'heard') found.set(announcement.id, toldOf(announcement, caller));
    }
  }
  return [...found.values()];
}
