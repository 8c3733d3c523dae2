import type { Call } from '../../domain/calls/call.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { LastSign } from '../ports/last-sign.ts';
import type { Log } from '../ports/log.ts';
import type { Switch, SwitchSnapshot } from '../ports/switch.ts';
import type { CallEngine } from './engine.ts';
import { compare, type Finding, type Mend, mendInEngine } from './resync.ts';

export interface WatchParts {
  readonly switch: Switch;
  readonly clock: Clock;
  readonly lastSign: LastSign;
  readonly log: Log;
  post(work: () => void): void;
}

export const SWEEP_EVERY_MS = 30_000;
/** A call that ends in the moment in which we die is dated too early by no more than this. */
export const SIGN_EVERY_MS = 5_000;
/** At a talk that does not come to rest; the sweep finds what is left. */
const LOOKS_MOST = 3;
/** For an agent who was believed to talk and whose call is nowhere. */
const WRAP_UP_AFTER_LOSS_MS = 30_000;

type SnapshotPhone = SwitchSnapshot['phones'][number];
const phoneKey = ({ phone, reachable, foreignChannels }: SnapshotPhone): string =>
  `phone ${phone} ${reachable} ${foreignChannels}`;

/**
 * Holds what we believe against what the switch has: whole after each connection, at every sweep, and for one call when
 * a command met something gone. Modes: disconnected <-> connected -> stopped.
 */
export class SwitchWatch {
  readonly #parts: WatchParts;
  readonly #engine: CallEngine;
  readonly #desk: AgentDesk;
  #connected = false;
  #stopped = false;
  #seenBefore = new Set<string>();
  #cancelSweep: (() => void) | null = null;
  #cancelSign: (() => void) | null = null;
  /** Null: never. While connected, the present. */
  #lastSeenMs: number | null = null;
  #signing: Promise<void> | null = null;

  constructor(parts: WatchParts, engine: CallEngine, desk: AgentDesk) {
    this.#parts = parts;
    this.#engine = engine;
    this.#desk = desk;
  }

  async start(): Promise<void> {
    this.#lastSeenMs = await this.#parts.lastSign.read();
    this.#sweepOn();
    this.#signOn();
  }

  #sweepOn(): void {
    this.#cancelSweep = this.#parts.clock.after(SWEEP_EVERY_MS, () => {
      this.#inBackground(this.#sweep(), 'the sweep failed');
      if (!this.#stopped) this.#sweepOn();
    });
  }

  #signOn(): void {
    this.#cancelSign = this.#parts.clock.after(SIGN_EVERY_MS, () => {
      // Only calls need it: a quiet night writes nothing.
      if (this.#connected && this.#engine.book.size > 0) this.#sign();
      if (!this.#stopped) this.#signOn();
    });
  }

  /** A disk that is slower than the rhythm leaves signs out, and delays nobody. */
  #sign(silentMs = 0): void {
    this.#lastSeenMs = this.#parts.clock.now() - silentMs;
    if (this.#signing !== null) return;
    this.#signing = this.#parts.lastSign
      .write(this.#lastSeenMs)
      .catch((err: unknown) => this.#parts.log.error({ err }, 'the sign of life could not be kept'))
      .finally(() => {
        this.#signing = null;
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelSweep?.();
    this.#cancelSign?.();
    await this.#signing;
    if (this.#connected) this.#sign();
    await this.#signing;
  }

  /** What ended in a silence ended when it began or later, not when it was noticed. */
  disconnected(silentMs = 0): void {
    if (this.#connected) this.#sign(silentMs);
    this.#connected = false;
  }

  /**
   * After a (re)connection everything is believed to the switch at once; in the line of events. Returns the calls that
   * ended with a switch that went down.
   */
  connected(snapshot: SwitchSnapshot): readonly string[] {
    this.#connected = true;
    // With no sign at all the call's own last fact is what is known.
    const endedMs = this.#lastSeenMs ?? 0;
    // What was played while nobody listened may have ended unheard; what is begun by the mending is not.
    const played = [...this.#engine.book.all()].map(({ call }) => call);
    const lost: string[] = [];
    const placed = new Set<string>();
    // The second look is for agents whose citizen was adopted without them.
    for (const _look of [1, 2]) {
      for (const finding of this.#compare(snapshot, 'connected')) {
        // The picture is the same, and what was done about it is not in it.
        const placing = placedBy(finding.mend);
        if (placing !== null && placed.has(placing)) continue;
        if (placing !== null) placed.add(placing);
        if (isLoss(finding.mend)) lost.push(finding.mend.callId);
        this.#mend(finding, endedMs);
      }
    }
    const hearsMusic = new Set(
      snapshot.channels.filter(({ music }) => music === true).map(({ channel }) => channel),
    );
    for (const { id, channel, playback } of played) {
      if (playback !== null) this.#endPlayback(id, playback);
      else if (!hearsMusic.has(channel)) this.#engine.apply(id, { type: 'musicInDoubt' });
    }
    for (const { call, chain } of [...this.#engine.book.all()]) {
      this.#engine.apply(call.id, { type: 'switchThere' });
      const recording = spokenInto(call);
      if (recording !== null) this.#lookAtRecording(call.id, recording, chain);
    }
    this.#engine.switchHeard();
    this.#engine.switchSeen(snapshot);
    return lost;
  }

  /**
   * `epoch`: of the state in which the doubt arose; once the call has moved on, it is none any more. A talk moves on with
   * every word of one of its parties, and the doubt about another remains: it is looked at as it is by then.
   */
  verify(callId: string, epoch: number, looks = 0): void {
    const begun = this.#engine.book.get(callId)?.call;
    if (begun === undefined || (begun.epoch !== epoch && begun.state !== 'talking')) return;
    const look = this.#parts.switch.snapshot().then((snapshot) => {
      if (snapshot === null) return;
      this.#parts.post(() => {
        // A picture of before the latest move says nothing of what came of it.
        if (this.#engine.book.get(callId)?.call.epoch !== begun.epoch) {
          if (looks < LOOKS_MOST) this.verify(callId, begun.epoch, looks + 1);
          return;
        }
        for (const finding of this.#compare(snapshot, 'watching')) {
          if (finding.mend.kind === 'event' && finding.mend.callId === callId) this.#mend(finding);
        }
      });
    });
    this.#inBackground(look, 'a call could not be verified');
  }

  /** Mends what two looks in a row have found: a single one may only have met something on its way. */
  async #sweep(): Promise<void> {
    if (!this.#connected) return;
    const snapshot = await this.#parts.switch.snapshot();
    if (snapshot === null) return;
    this.#parts.post(() => {
      const findings = this.#compare(snapshot, 'watching');
      this.#engine.switchSeen(snapshot);
      for (const finding of findings) if (this.#seenBefore.has(finding.key)) this.#mend(finding);
      const phones = snapshot.phones.filter((one) => !this.#desk.phones.knows(one));
      for (const one of phones) if (this.#seenBefore.has(phoneKey(one))) this.#takePhone(one);
      this.#seenBefore = new Set([...findings.map(({ key }) => key), ...phones.map(phoneKey)]);
    });
  }

  /** An event of it got lost. */
  #takePhone({ phone, reachable, foreignChannels }: SnapshotPhone): void {
    this.#parts.log.warn({ phone, reachable, foreignChannels }, 'a phone is not as it was believed');
    this.#desk.phones.inUse(phone, foreignChannels);
    this.#desk.phones.reachable(phone, reachable);
  }

  #compare(snapshot: SwitchSnapshot, sinceWhen: 'connected' | 'watching'): Finding[] {
    const isReachable = (agentId: string): boolean => this.#desk.phones.isReachable(agentId);
    const agentAt = (phone: string): string | null => this.#desk.phones.userOf(phone)?.agentId ?? null;
    return compare(snapshot, this.#engine.book, this.#desk.presences(), isReachable, sinceWhen, agentAt);
  }

  #mend({ key, mend }: Finding, endedMs: number | null = null): void {
    const { log, switch: theSwitch } = this.#parts;
    log.warn({ finding: key }, 'what the switch has and what was believed differ');
    if (mendInEngine(this.#engine, mend, endedMs)) return;
    if (mend.kind === 'answer') {
      this.#inBackground(theSwitch.answer(mend.channel), 'a citizen could not be answered');
    }
    if (mend.kind === 'hangup') {
      this.#inBackground(theSwitch.hangup(mend.channel, 'normal'), 'a hang-up failed');
    }
    if (mend.kind === 'destroyBridge') {
      this.#inBackground(theSwitch.destroyBridge(mend.bridge), 'a bridge could not be removed');
    }
    if (mend.kind === 'freeAgent') {
      const { agentId, callId, state } = mend.presence;
      if (callId === null) return;
      this.#desk.apply(
        agentId,
        state === 'TALKING'
          ? { type: 'callOver', callId, wrapUpMs: WRAP_UP_AFTER_LOSS_MS }
          : { type: 'withdrawn', callId },
      );
    }
  }

  #endPlayback(callId: string, playback: string): void {
    const ended = { type: 'playbackEnded', playback, end: 'cancelled' } as const;
    const stopping = this.#parts.switch
      .stopPlayback(playback)
      .then(() => this.#parts.post(() => this.#engine.apply(callId, ended)));
    this.#inBackground(stopping, 'a playback could not be stopped');
  }

  /** Its citizen would stand in silence until the longest message is over. */
  #lookAtRecording(callId: string, recording: string, begun: Promise<void>): void {
    const ended = { type: 'recordingEnded', recording, end: 'lost', durationMs: 0, spokenMs: null } as const;
    const looked = begun.then(() => this.#parts.switch.checkRecording(recording));
    const look = looked.then((outcome) => {
      if (outcome.kind === 'gone') this.#parts.post(() => this.#engine.apply(callId, ended));
    });
    this.#inBackground(look, 'a recording could not be looked at');
  }

  #inBackground(work: Promise<unknown>, failure: string): void {
    work.catch((err: unknown) => this.#parts.log.error({ err }, failure));
  }
}

const isLoss = (mend: Mend): mend is Extract<Mend, { readonly kind: 'event' }> =>
  mend.kind === 'event' && mend.event.type === 'callerEnded' && mend.event.lost;

/** Who is to be brought where he belongs. */
const placedBy = (mend: Mend): string | null =>
  mend.kind === 'event' && mend.event.type === 'misplaced' ? mend.event.channel : null;

/** The recording of a message that is being left, or was when nobody listened. */
function spokenInto({ state, message, survey }: Call): string | null {
  if (state === 'recording') return message?.recording ?? null;
  return state === 'surveying' ? (survey?.recording ?? null) : null;
}
