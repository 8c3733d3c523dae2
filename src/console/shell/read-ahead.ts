import { mayOpen } from '../addresses.ts';
import { AREAS } from '../areas.ts';
import type { Session } from '../session/session.ts';

/**
 * Fetches the files of the pages that this account may open, one after the other while the browser has nothing else to
 * do: a page change then waits for nothing. Returns the way to stop it.
 */
export function readAhead(session: Pick<Session, 'account'>): () => void {
  const pages = AREAS.flatMap((area) => area.pages).filter(
    (page) => page.for !== 'public' && mayOpen(page, session),
  );
  let stopped = false;

  function next(): void {
    const page = pages.shift();
    if (page === undefined || stopped) return;
    whenIdle(() => {
      // What cannot be had now is asked for again when it is opened, and told then.
      void page.component().then(next, next);
    });
  }
  next();
  return () => {
    stopped = true;
  };
}

/** Safari has no word for idle. */
function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 5_000 });
  else setTimeout(work, 200);
}
