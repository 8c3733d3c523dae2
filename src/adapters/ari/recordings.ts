import type { CommandOutcome, RecordingEnd, RecordingLimits, SwitchEvent } from '../../app/ports/switch.ts';
import type { Commands } from './commands.ts';
import type { Frame } from './frame.ts';
import type { AriClient } from './library.ts';

interface Entry {
  /** null: of a bridge. */
  readonly channel: string | null;
  readonly maxMs: number;
  stopped: boolean;
}

type Finished = Extract<Frame, { readonly type: 'RecordingFinished' | 'RecordingFailed' }>;

/** A name in Asterisk's recording folder: it may lead nowhere else. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/;

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** Asterisk counts in whole seconds, and may have begun a moment after it was asked. */
const FULL_WITHIN_MS = 1_000;

/** The messages that are being left, by name: so that each ends once, for the reason that it had. */
export class Recordings {
  readonly #commands: Commands;
  readonly #entries = new Map<string, Entry>();

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  record(channel: string, recording: string, limits: RecordingLimits): Promise<CommandOutcome> {
    return this.#begin({ channel, recording, maxMs: limits.maxMs }, (client, order) =>
      client.channels.record({
        ...order,
        channelId: channel,
        maxSilenceSeconds: seconds(limits.silenceMs),
      }),
    );
  }

  recordBridge(bridge: string, recording: string, maxMs: number): Promise<CommandOutcome> {
    return this.#begin({ channel: null, recording, maxMs }, (client, order) =>
      client.bridges.record({ ...order, bridgeId: bridge }),
    );
  }

  async #begin(
    { channel, recording, maxMs }: { channel: string | null; recording: string; maxMs: number },
    ask: (client: AriClient, order: Readonly<Record<string, unknown>>) => PromiseLike<unknown>,
  ): Promise<CommandOutcome> {
    if (!NAME.test(recording)) {
      return { kind: 'refused', reason: 'a recording is named with letters, digits, "." and "-"' };
    }
    if (!this.#entries.has(recording)) this.#entries.set(recording, { channel, maxMs, stopped: false });
    const outcome = await this.#commands.run('record', (client) =>
      ask(client, {
        name: recording,
        format: 'wav',
        maxDurationSeconds: seconds(maxMs),
        // One that a try before this one made is not written over.
        ifExists: 'fail',
        beep: false,
        terminateOn: 'none',
      }),
    );
    if (outcome.kind === 'gone' || outcome.kind === 'refused') this.#entries.delete(recording);
    return outcome;
  }

  check(recording: string): Promise<CommandOutcome> {
    return this.#commands.run('look at recording', (client) =>
      client.recordings.getLive({ recordingName: recording }),
    );
  }

  async stop(recording: string): Promise<CommandOutcome> {
    const entry = this.#entries.get(recording);
    if (entry !== undefined) entry.stopped = true;
    const outcome = await this.#commands.run('stop recording', (client) =>
      client.recordings.stop({ recordingName: recording }),
    );
    // One that ended with its bridge is told by nobody.
    if (outcome.kind === 'gone' && entry?.channel === null) this.#entries.delete(recording);
    return outcome;
  }

  /** Null when it was told before, or is a stranger's. */
  ended(frame: Finished, isLeaving: (channel: string) => boolean): SwitchEvent | null {
    const entry = this.#entries.get(frame.recording);
    // A forerunner of this process may have begun it: whose call it is, its name tells.
    this.#entries.delete(frame.recording);
    if (!NAME.test(frame.recording)) return null;
    const durationMs = frame.duration * 1000;
    return {
      type: 'recordingEnded',
      recording: frame.recording,
      end: endOf(frame, entry, durationMs, isLeaving),
      durationMs,
      spokenMs: frame.talking === null ? null : frame.talking * 1000,
    };
  }
}

function endOf(
  frame: Finished,
  entry: Entry | undefined,
  durationMs: number,
  isLeaving: (channel: string) => boolean,
): RecordingEnd {
  // One that was stopped, or left, before it had quite begun has failed for Asterisk, not for us.
  if (entry?.stopped === true) return 'stopped';
  if (entry?.channel != null && isLeaving(entry.channel)) return 'hungUp';
  if (frame.type === 'RecordingFailed') return 'failed';
  if (entry === undefined) return 'silent';
  return durationMs + FULL_WITHIN_MS > entry.maxMs ? 'full' : 'silent';
}
