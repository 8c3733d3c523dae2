/** What goes with a call to whoever is rung for a citizen (E6): which ticket it is about, and where. */
export interface SentAlong {
  readonly ticket?: string;
  readonly location?: string;
}

/** As much as fits into a line of SIP; the name of a place begins with what is large. */
const PLACE_AT_MOST = 44;

/** Of what is written of the call so far. */
export function sentAlong({
  ticket,
  place,
}: {
  readonly ticket: string | null;
  readonly place: string;
}): SentAlong {
  const location = [...place.trim()].slice(-PLACE_AT_MOST).join('').trim();
  return {
    ...(ticket === null || !/^[A-Za-z0-9-]{1,64}$/.test(ticket) ? {} : { ticket }),
    ...(location === '' ? {} : { location }),
  };
}

/** Where it is concerns those who go there; a hotline or a person is told the ticket alone. */
export const forTarget = (along: SentAlong, kind: string): SentAlong => {
  const { location: _location, ...rest } = along;
  return kind === 'unit' || kind === 'emergency' ? along : rest;
};
