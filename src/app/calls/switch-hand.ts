import type { CallCommand } from '../../domain/calls/call-command.ts';
import type { CallEvent, Outcome } from '../../domain/calls/call-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PromptStore } from '../ports/prompts.ts';
import type { CommandOutcome, RingRequest, Switch } from '../ports/switch.ts';
import type { LiveCall } from './call-book.ts';
import { type RingCommand, ringRequestOf } from './ring-request.ts';
import { type TalkCommand, TalkHand } from './talk-hand.ts';

export type SwitchCommand = Extract<
  CallCommand,
  {
    kind:
      | 'answer'
      | 'play'
      | 'stopPlayback'
      | 'record'
      | 'stopRecording'
      | 'recordCall'
      | 'startMusic'
      | 'stopMusic'
      | RingCommand['kind']
      | 'ringCitizen'
      | 'connect'
      | TalkCommand['kind']
      | 'destroyBridge'
      | 'hangupLeg'
      | 'hangupCaller';
  }
>;

export interface HandReports {
  event(callId: string, event: CallEvent): void;
  promptMissing(callId: string, prompt: string): void;
  /** Somebody is gone, and who it was will be told by an event, or must be looked up. */
  verify(callId: string, epoch: number): void;
}

/** Clearing away waits for no ring longer than this: the citizen of the ended talk stands in silence meanwhile. */
const GIVE_WAY_MS = 50;

interface Target {
  readonly caller: string;
  readonly originator: string | null;
  /** As the telephones that are rung show it. */
  readonly callerNumber: string;
}

/** Carries out what was decided, one command of a call after the other, and brings each outcome back as an event. */
export class SwitchHand {
  readonly #switch: Switch;
  readonly #prompts: PromptStore;
  readonly #reports: HandReports;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #rings = new Set<Promise<CommandOutcome>>();
  readonly #talk: TalkHand;

  constructor(theSwitch: Switch, prompts: PromptStore, reports: HandReports, clock: Clock, log: Log) {
    this.#switch = theSwitch;
    this.#prompts = prompts;
    this.#reports = reports;
    this.#clock = clock;
    this.#log = log;
    this.#talk = new TalkHand(theSwitch, prompts);
  }

  enqueue(live: LiveCall, command: SwitchCommand): void {
    const { id, epoch } = live.call;
    const { channel: caller, callerNumber, outbound } = live.call;
    // Who is called is masked on every telephone but his own, and has no channel yet on whose behalf to ring.
    const target =
      outbound == null
        ? { caller, originator: caller, callerNumber }
        : { caller, originator: null, callerNumber: outbound.callerId };
    live.chain = live.chain
      .then(() => this.#do(id, epoch, target, command))
      .catch((err: unknown) => {
        // The port promises not to throw; if it does all the same, the state's timer leads the call on.
        this.#log.error({ err, callId: id, command: command.kind }, 'a command threw');
      });
  }

  async #do(
    id: string,
    epoch: number,
    { caller, originator, callerNumber }: Target,
    command: SwitchCommand,
  ): Promise<void> {
    const report = (event: CallEvent): void => this.#reports.event(id, event);
    const callerGone = (): void => report({ type: 'callerEnded', reason: 'unknown', lost: false });
    switch (command.kind) {
      case 'answer': {
        const outcome = this.#noted(id, command, await this.#switch.answer(caller));
        if (outcome === 'gone') callerGone();
        else report({ type: 'answerDone', outcome });
        return;
      }
      case 'play': {
        const { playback } = command;
        const media = command.prompts.flatMap((prompt) => {
          const found = this.#prompts.media(prompt);
          if (found === null) this.#reports.promptMissing(id, prompt);
          return found ?? [];
        });
        const torn = command.whole === true && media.length < command.prompts.length;
        if (media.length === 0 || torn) return report({ type: 'playbackEnded', playback, end: 'failed' });
        const outcome = this.#noted(id, command, await this.#switch.play(caller, playback, media));
        if (outcome === 'gone') callerGone();
        else if (outcome === 'failed') report({ type: 'playbackEnded', playback, end: 'failed' });
        return;
      }
      case 'stopPlayback':
        this.#noted(id, command, await this.#switch.stopPlayback(command.playback));
        return;
      case 'record': {
        const { recording, maxMs, silenceMs } = command;
        const outcome = this.#noted(
          id,
          command,
          await this.#switch.record(caller, recording, { maxMs, silenceMs }),
        );
        if (outcome === 'gone') callerGone();
        else if (outcome === 'failed') {
          report({ type: 'recordingEnded', recording, end: 'failed', durationMs: 0, spokenMs: 0 });
        }
        return;
      }
      case 'stopRecording':
        this.#noted(id, command, await this.#switch.stopRecording(command.recording));
        return;
      case 'startMusic':
        if (this.#noted(id, command, await this.#switch.startMusic(caller)) === 'gone') callerGone();
        return;
      case 'stopMusic':
        this.#noted(id, command, await this.#switch.stopMusic(caller));
        return;
      case 'ringAgent':
      case 'ringUnit':
      case 'ringCentre': {
        const outcome = this.#noted(
          id,
          command,
          await this.#ring(ringRequestOf(command, { originator, callerNumber })),
        );
        if (outcome === 'failed') {
          report({ type: 'legEnded', leg: command.leg, reason: 'unreachable', phoneLost: true });
        } else if (outcome === 'gone') this.#reports.verify(id, epoch);
        return;
      }
      case 'ringCitizen': {
        const { trunk, number, callerId, ringTimeoutMs } = command;
        const outcome = this.#noted(
          id,
          command,
          await this.#ring({
            channel: caller,
            target: { kind: 'number', trunk, number },
            originator: null,
            callerNumber: callerId,
            callerName: '',
            ringTimeoutMs,
          }),
        );
        // The way out is what failed: what the citizen's telephone would have said is not known.
        if (outcome !== 'done') report({ type: 'callerEnded', reason: 'congestion', lost: false });
        return;
      }
      case 'connect': {
        const { leg, bridge } = command;
        const outcome = this.#noted(id, command, await this.#switch.bridge(bridge, [caller, leg]));
        if (outcome === 'gone') this.#reports.verify(id, epoch);
        else report({ type: 'connectDone', leg, outcome });
        return;
      }
      case 'join':
      case 'part':
      case 'music':
      case 'mute':
      case 'sendDigits':
      case 'playTo': {
        const outcome = this.#noted(id, command, await this.#talk.execute(command));
        if (command.kind !== 'join' && command.kind !== 'music') return;
        if (outcome === 'gone') this.#reports.verify(id, epoch);
        const bridge = command.kind === 'join' ? command.bridge : null;
        report({ type: 'joinDone', channel: command.channel, bridge, outcome });
        return;
      }
      case 'recordCall': {
        const begun = await this.#switch.recordCall(caller);
        const outcome = this.#noted(id, command, begun);
        if (outcome === 'gone') this.#reports.verify(id, epoch);
        // Without an answer it may be written all the same; a new connection asks again.
        if (begun.kind === 'refused') report({ type: 'recordingBegun', recording: '', fault: 'notStarted' });
        if (begun.kind !== 'done') return;
        const { recording, recordingFault: fault = null } = begun;
        return report({ type: 'recordingBegun', recording, fault });
      }
      case 'recordBridge': {
        const outcome = await this.#talk.execute(command);
        // Without an answer it may be written all the same: the file will tell, and a new connection asks again.
        const never = this.#noted(id, command, outcome) !== 'done' && outcome.kind !== 'unknown';
        if (never) report({ type: 'segmentOver', segment: command.segment, how: 'failed' });
        return;
      }
      case 'destroyBridge':
        await this.#giveWay();
        this.#noted(id, command, await this.#switch.destroyBridge(command.bridge));
        return;
      case 'hangupLeg':
        // A leg that stayed would hear what is not for it: once more before the sweep has to find it.
        if (this.#noted(id, command, await this.#switch.hangup(command.leg, command.reason)) === 'failed') {
          this.#noted(id, command, await this.#switch.hangup(command.leg, command.reason));
        }
        return;
      case 'hangupCaller':
        if (this.#noted(id, command, await this.#switch.hangup(caller, 'normal')) === 'gone') callerGone();
        return;
      default:
        command satisfies never;
    }
  }

  #ring(request: RingRequest): Promise<CommandOutcome> {
    const ringing = this.#switch.ring(request).finally(() => this.#rings.delete(ringing));
    this.#rings.add(ringing);
    return ringing;
  }

  /**
   * Where an agent goes from one citizen to the next, the ring and the clearing away of the ended talk arise in one
   * moment and would get into each other's way at the switch: the ring goes first.
   */
  async #giveWay(): Promise<void> {
    // The ring stands first in its own call's line, and begins in this very turn.
    await Promise.resolve();
    if (this.#rings.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(GIVE_WAY_MS, resolve);
      void Promise.allSettled(this.#rings).then(() => {
        cancel();
        resolve();
      });
    });
  }

  #noted(callId: string, command: SwitchCommand, outcome: CommandOutcome): Outcome {
    switch (outcome.kind) {
      case 'done':
      case 'exists':
        return 'done';
      case 'gone':
        return 'gone';
      case 'refused':
      case 'unknown':
        this.#log.warn(
          { callId, command: command.kind, outcome: outcome.kind, reason: outcome.reason },
          'a command failed',
        );
        return 'failed';
      default:
        return outcome satisfies never;
    }
  }
}
