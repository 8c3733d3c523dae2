import type { CallEvent } from '../../domain/calls/call-event.ts';
import { agentOfLeg } from '../../domain/calls/conversation/talk-of.ts';
import { segmentNamed } from '../../domain/calls/internal-segment.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { LiveBoard } from '../ports/live-board.ts';
import type { Log } from '../ports/log.ts';
import type { RecordingEnd, SwitchEvent, SwitchSnapshot } from '../ports/switch.ts';
import { callIdOf, isLegId } from './call-book.ts';
import type { CallEngine } from './engine.ts';
import type { FallbackCalls } from './fallback-calls.ts';
import type { Listening } from './listening.ts';
import type { SwitchAlarm } from './switch-alarm.ts';
import type { SwitchWatch } from './switch-watch.ts';

export interface SwitchEventParts {
  readonly engine: CallEngine;
  readonly desk: AgentDesk;
  readonly watch: SwitchWatch;
  readonly fallbackCalls: FallbackCalls;
  readonly listening: Listening;
  readonly board: Pick<LiveBoard, 'switchSeen'>;
  readonly alarm: SwitchAlarm;
  readonly log: Log;
  /** The switch has been believed; now it may be asked. */
  whenUp(): void;
}

/** Whoever parted has ended it for us already: what is heard of here, the switch ended by itself. */
const segmentEnd = (segment: string, end: RecordingEnd): CallEvent => ({
  type: 'segmentOver',
  segment,
  how: end === 'failed' ? 'failed' : 'full',
});

/** Tells each event of the switch to whom it concerns: a call, an agent's phone, or the comparison of both sides. */
export class SwitchEvents {
  readonly #parts: SwitchEventParts;

  constructor(parts: SwitchEventParts) {
    this.#parts = parts;
  }

  take(event: SwitchEvent): void {
    const { engine, desk, watch, fallbackCalls, listening, board, alarm, log } = this.#parts;
    switch (event.type) {
      case 'up':
        this.#up(event.snapshot);
        return;
      case 'down':
        watch.disconnected(event.silentMs);
        board.switchSeen(false);
        alarm.away();
        log.warn({ reason: event.reason }, 'the switch is away');
        desk.phones.nothingProven();
        return;
      case 'incoming':
        engine.incoming(event);
        if (event.waitingSinceMs !== undefined) fallbackCalls.taken(event.callId);
        return;
      case 'answered':
        if (listening.answered(event.channel)) return;
        engine.apply(callIdOf(event.channel), { type: 'legAnswered', leg: event.channel });
        engine.offers.answeredTooLate(event.channel);
        return;
      case 'ended':
        this.#ended(event);
        return;
      case 'playbackEnded':
        // Hung up: the citizen's own end is told by `ended`.
        if (event.end === 'hungUp') return;
        engine.apply(callIdOf(event.playback), { ...event, type: 'playbackEnded' });
        return;
      case 'recordingEnded': {
        const internal = segmentNamed(event.recording);
        if (internal === null) engine.apply(callIdOf(event.recording), event);
        else if (event.end !== 'stopped')
          engine.apply(internal.callId, segmentEnd(internal.segment, event.end));
        return;
      }
      case 'phone':
        desk.phones.reachable(event.phone, event.reachable);
        return;
      case 'phoneUse':
        desk.phones.inUse(event.phone, event.foreignChannels);
        return;
      case 'dtmf':
        engine.digit(event.channel, event.digit);
        return;
      case 'ringing':
        return;
      default:
        event satisfies never;
    }
  }

  #ended({ channel, reason, putOut: isPutOut }: Extract<SwitchEvent, { readonly type: 'ended' }>): void {
    const putOut = isPutOut === true;
    const { engine, desk, listening, alarm } = this.#parts;
    if (listening.ended(channel)) return;
    const cutOff = engine.book.get(callIdOf(channel)) ?? engine.book.ofCaller(channel);
    if (putOut && cutOff !== undefined) alarm.lost([cutOff.call.id]);
    if (engine.callerEnded(channel, { type: 'callerEnded', reason, lost: putOut })) return;
    if (!isLegId(channel)) return;
    const callId = callIdOf(channel);
    // The switch goes down with every channel of the call, and tells of one after the other: whichever comes first, nobody
    // has hung up.
    if (putOut) {
      engine.apply(callId, { type: 'callerEnded', reason, lost: true });
      return;
    }
    const call = engine.book.get(callId)?.call;
    const agentId = call === undefined ? null : agentOfLeg(call, channel);
    const phoneLost = agentId !== null && !desk.phones.isReachable(agentId);
    engine.apply(callId, { type: 'legEnded', leg: channel, reason, phoneLost });
  }

  #up(snapshot: SwitchSnapshot): void {
    const { engine, desk, watch, fallbackCalls, alarm, log } = this.#parts;
    log.info({ channels: snapshot.channels.length, calls: engine.book.size }, 'the switch is there');
    const there = new Set<string>();
    for (const { phone, reachable, foreignChannels } of snapshot.phones) {
      there.add(phone);
      desk.phones.inUse(phone, foreignChannels);
      desk.phones.reachable(phone, reachable);
    }
    for (const { agentId } of desk.presences()) {
      const phone = desk.profile(agentId)?.phone;
      if (phone !== undefined && !there.has(phone)) desk.phones.reachable(phone, false);
    }
    desk.phones.allTold();
    alarm.lost(watch.connected(snapshot));
    alarm.back();
    for (const { incoming } of snapshot.channels) {
      if (incoming?.waitingSinceMs !== undefined) fallbackCalls.taken(incoming.callId);
    }
    fallbackCalls.collect();
    this.#parts.board.switchSeen(true);
    this.#parts.whenUp();
  }
}
