import { hoursAhead, momentText } from '../../elements/wall-time.ts';
import type { Announcement, IncidentBody } from './shapes.ts';

/** An announcement as its form asks for it; lists as people type them. */
export interface IncidentFields {
  title: string;
  text: string;
  lines: string[];
  areaCodes: string;
  prefixes: string;
  unknownHear: boolean;
  until: string;
  offers: boolean;
  starts: boolean;
  reason: string;
}

const USUAL_HOURS = 4;

export function fieldsOf(announcement: Announcement | null, nowMs: number): IncidentFields {
  return {
    title: announcement?.title ?? '',
    text: announcement?.text ?? '',
    lines: [...(announcement?.lines ?? [])],
    areaCodes: (announcement?.area?.areaCodes ?? []).join(' '),
    prefixes: (announcement?.area?.prefixes ?? []).join(' '),
    unknownHear: announcement?.area?.unknownHear ?? true,
    until:
      announcement === null ? hoursAhead(USUAL_HOURS, nowMs) : momentText(Date.parse(announcement.until)),
    offers: announcement === null || announcement.offerKey !== null,
    starts: announcement === null,
    reason: '',
  };
}

const wordsIn = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((word) => word !== '');

/**
 * As the API takes it. Single numbers of an announcement are masked to whoever reads it and cannot be sent back: a form
 * never asks for them.
 */
export function bodyOf(fields: IncidentFields, offerKey: string | null): IncidentBody {
  const { title, text, lines, until, unknownHear, offers } = fields;
  const [areaCodes, prefixes] = [wordsIn(fields.areaCodes), wordsIn(fields.prefixes)];
  const somewhere = areaCodes.length + prefixes.length > 0;
  return {
    title: title.trim(),
    text: text.trim(),
    lines: lines.length === 0 ? null : lines,
    until,
    offerKey: (offers ? (offerKey ?? '1') : null) as IncidentBody['offerKey'],
    ...(somewhere ? { area: { areaCodes, prefixes, numbers: [], unknownHear } } : {}),
  };
}

/** What is missing, or cannot be; null: nothing. */
export function faultOf(
  fields: IncidentFields,
  nowMs: number,
): 'title' | 'text' | 'until' | 'area' | 'prefix' | null {
  if (fields.title.trim() === '') return 'title';
  if (fields.text.trim() === '') return 'text';
  if (!fields.until || Date.parse(fields.until) <= nowMs) return 'until';
  if (wordsIn(fields.areaCodes).some((code) => !/^0?\d{2,3}$/.test(code))) return 'area';
  return wordsIn(fields.prefixes).some((prefix) => !/^\d{3,12}$/.test(prefix)) ? 'prefix' : null;
}
