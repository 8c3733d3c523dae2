import type { Announcement } from '../../../src/domain/announcements/announcement.ts';
import type { CallerArea } from '../../../src/domain/announcements/caller-area.ts';
import type { Incident } from '../../../src/domain/announcements/incident.ts';

export const T0 = Date.parse('2026-11-25T01:00:00Z');
export const HOUR = 3_600_000;

export const AREA: CallerArea = { areaCodes: ['0513'], prefixes: [], numbers: [], unknownHear: false };

export function announcement(change: Partial<Announcement> = {}): Announcement {
  return {
    id: 'a1',
    title: '余荡村停水',
    lines: null,
    area: null,
    fromMs: T0,
    untilMs: T0 + 4 * HOUR,
    offerKey: '1',
    ...change,
  };
}

export function incident(change: Partial<Incident> = {}): Incident {
  return {
    ...announcement(),
    text: '余荡村今晚停水，预计二十二点恢复。',
    state: 'live',
    authorId: 'operator',
    createdMs: T0,
    ending: null,
    ...change,
  };
}
