import type { AppealDraft } from './form/appeal.ts';

/** What goes with a call to whoever is rung for a citizen (E6): which ticket it is about, and where. */
export interface SentAlong {
  readonly ticket?: string;
  readonly location?: string;
}

/** What is written of the call so far. */
export interface Written extends SentAlong {
  /** The appeal is confidential or anonymous, or complains of a unit: where it is could say who speaks. */
  readonly isDiscreet: boolean;
}

/** As much as fits into a line of SIP; the name of a place begins with what is large. */
const PLACE_AT_MOST = 44;

export function sentAlong(
  ticket: string | null,
  { place, ...appeal }: Pick<AppealDraft, 'place' | 'confidential' | 'anonymous' | 'accusedUnitCode'>,
): Written {
  const location = [...place.trim()].slice(-PLACE_AT_MOST).join('').trim();
  return {
    isDiscreet: appeal.confidential || appeal.anonymous || appeal.accusedUnitCode !== '',
    ...(ticket === null || !/^[A-Za-z0-9-]{1,64}$/.test(ticket) ? {} : { ticket }),
    ...(location === '' ? {} : { location }),
  };
}

/**
 * Where it is concerns those who go there; a hotline or a person is told the ticket alone, and so is a unit of what is
 * discreet: its own people may be meant. Whoever saves lives goes there all the same.
 */
export function forTarget({ isDiscreet, ...along }: Written, kind: string): SentAlong {
  const { location: _location, ...rest } = along;
  return kind === 'emergency' || (kind === 'unit' && !isDiscreet) ? along : rest;
}
