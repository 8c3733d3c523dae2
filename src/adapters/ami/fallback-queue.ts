import type { FallbackQueue, MemberState } from '../../app/ports/phones.ts';
import type { CommandOutcome, PhoneName } from '../../app/ports/switch.ts';
import type { AmiLink } from './link.ts';
import type { AmiSession } from './session.ts';

/** Members of the dialplan's own queue, over the manager interface. `queue`: its name in queues.conf. */
export function createFallbackQueue(
  link: AmiLink,
  log: { warn(fields: object, message: string): void },
  queue = 'fallback',
): FallbackQueue {
  return new Membership(link, log, queue);
}

class Membership implements FallbackQueue {
  readonly #link: AmiLink;
  readonly #log: { warn(fields: object, message: string): void };
  readonly #queue: string;
  /** Wanted by call control; applied again after each reconnection. */
  readonly #wanted = new Map<PhoneName, MemberState>();
  /** Whether they are rung although they are in use. Not known of who stood in the queue before this connection. */
  readonly #ringsInUse = new Map<PhoneName, boolean>();

  constructor(link: AmiLink, log: { warn(fields: object, message: string): void }, queue: string) {
    this.#link = link;
    this.#log = log;
    this.#queue = queue;
    link.use({ ready: (session) => this.#ready(session), opened: () => this.#opened() });
  }

  async setMember(phone: PhoneName, state: MemberState): Promise<CommandOutcome> {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(phone) || /^\d+$/.test(phone)) {
      return {
        kind: 'refused',
        reason: 'a phone is named with letters, digits and "-", not with digits alone',
      };
    }
    this.#wanted.set(phone, state);
    return this.#apply(phone, state);
  }

  async members(): Promise<readonly { readonly phone: PhoneName; readonly paused: boolean }[] | null> {
    const { session } = this.#link;
    if (session === null) return null;
    try {
      const events = await session.list('QueueStatus', { queue: this.#queue }, 'QueueStatusComplete');
      return events
        .filter(({ event }) => event === 'QueueMember')
        .map(({ location, paused }) => ({
          phone: (location ?? '').replace(/^PJSIP\//, ''),
          paused: paused === '1',
        }));
    } catch (error) {
      this.#log.warn({ err: error }, 'the fallback queue could not be read');
      return null;
    }
  }

  /** The manager interface answers before the queue is loaded; members sent by then would be lost. */
  async #ready(session: AmiSession): Promise<void> {
    const events = await session.list('QueueStatus', { queue: this.#queue }, 'QueueStatusComplete');
    if (!events.some(({ event }) => event === 'QueueParams')) {
      throw new Error(`there is no queue "${this.#queue}" (yet)`);
    }
  }

  async #opened(): Promise<void> {
    this.#ringsInUse.clear();
    for (const [phone, state] of this.#wanted) if (state !== 'absent') await this.#apply(phone, state);
  }

  async #apply(phone: PhoneName, state: MemberState): Promise<CommandOutcome> {
    const place = { queue: this.#queue, interface: `PJSIP/${phone}` };
    if (state === 'absent') return this.#link.send('QueueRemove', place);
    const paused = state === 'paused' ? 'true' : 'false';
    const added = await this.#link.send('QueueAdd', { ...place, paused, stateinterface: place.interface });
    // Who comes in anew is as queues.conf has it.
    if (added.kind === 'done') this.#ringsInUse.set(phone, false);
    const set = added.kind === 'exists' ? await this.#link.send('QueuePause', { ...place, paused }) : added;
    return set.kind === 'done' ? this.#ringInUse(phone, state === 'standing', place) : set;
  }

  /** Asked for only where it changes something: each move of an agent comes through here. */
  async #ringInUse(
    phone: PhoneName,
    isStanding: boolean,
    place: { readonly queue: string; readonly interface: string },
  ): Promise<CommandOutcome> {
    if (this.#ringsInUse.get(phone) === isStanding) return { kind: 'done' };
    const ringinuse = isStanding ? 'true' : 'false';
    const outcome = await this.#link.send('QueueMemberRingInUse', { ...place, ringinuse });
    if (outcome.kind === 'done') this.#ringsInUse.set(phone, isStanding);
    return outcome;
  }
}
