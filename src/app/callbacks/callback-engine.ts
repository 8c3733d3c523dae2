import type { CallEvent } from '../../domain/calls/call-event.ts';
import type { Router } from '../../domain/routing/router.ts';
import type { Ask } from '../../domain/skills/skills.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { OfferDesk } from '../calls/offer-desk.ts';
import type { OutboundEngine } from './outbound-desk.ts';

/** What of the engine callbacks need. */
export interface CallbackEngine extends OutboundEngine {
  readonly book: CallBook;
  readonly router: Router;
  readonly offers: OfferDesk;
  /** Whether anybody who can do it is at work there. */
  ableAtWork(queue: string, ask: Ask | undefined): boolean;
  apply(callId: string, event: CallEvent): void;
}
