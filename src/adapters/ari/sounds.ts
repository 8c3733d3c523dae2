import type { CommandOutcome, Media } from '../../app/ports/switch.ts';
import type { Commands } from './commands.ts';
import type { PlaybackLedger } from './playbacks.ts';

/** What a channel is given to hear, and whether it is heard: files, music, digits, silence. */
export class Sounds {
  readonly #commands: Commands;
  readonly #playbacks: PlaybackLedger;
  readonly #nothingToPlay: (playback: string) => void;
  /**
   * Channels with music on hold, as far as we know; `sure`: Asterisk said that it began, and nothing has been asked for
   * since that may have ended it. Each start makes a mark of its own: a late answer to one before says nothing of it.
   */
  readonly #music = new Map<string, { sure: boolean }>();

  constructor(commands: Commands, playbacks: PlaybackLedger, nothingToPlay: (playback: string) => void) {
    this.#commands = commands;
    this.#playbacks = playbacks;
    this.#nothingToPlay = nothingToPlay;
  }

  async play(channel: string, playback: string, media: readonly Media[]): Promise<CommandOutcome> {
    const sounds = media.map(({ path }) => path);
    // A comma would make two of one.
    if (sounds.some((path) => !/^\/[^,\p{Cc}]+$/u.test(path))) {
      return { kind: 'refused', reason: 'a sound file is an absolute path without commas' };
    }
    this.mayStandInSilence(channel);
    this.#playbacks.add(playback, channel);
    if (sounds.length === 0) {
      queueMicrotask(() => this.#nothingToPlay(playback));
      return { kind: 'done' };
    }
    const outcome = await this.#commands.run('play', (client) =>
      client.channels.playWithId({
        channelId: channel,
        playbackId: playback,
        media: sounds.map((path) => `sound:${path}`).join(','),
      }),
    );
    if (outcome.kind === 'gone' || outcome.kind === 'refused') this.#playbacks.end(playback);
    return outcome;
  }

  stop(playback: string): Promise<CommandOutcome> {
    this.#playbacks.stopping(playback);
    return this.#commands.run('stop playback', (client) => client.playbacks.stop({ playbackId: playback }));
  }

  hasMusic(channel: string): boolean {
    return this.#music.has(channel);
  }

  hearsMusic(channel: string): boolean {
    return this.#music.get(channel)?.sure === true;
  }

  /** Started by another call control, perhaps. */
  mayHearMusic(channel: string): void {
    this.#music.set(channel, { sure: false });
  }

  /** Something else is done with it, which ends its music and does not begin it again. */
  mayStandInSilence(channel: string): void {
    if (this.#music.has(channel)) this.mayHearMusic(channel);
  }

  async startMusic(channel: string): Promise<CommandOutcome> {
    const mark = { sure: false };
    this.#music.set(channel, mark);
    const outcome = await this.#commands.run('start music', (client) =>
      client.channels.startMoh({ channelId: channel }),
    );
    mark.sure = outcome.kind === 'done';
    return outcome;
  }

  stopMusic(channel: string): Promise<CommandOutcome> {
    this.#music.delete(channel);
    return this.#commands.run('stop music', (client) => client.channels.stopMoh({ channelId: channel }));
  }

  mute(channel: string, muted: boolean): Promise<CommandOutcome> {
    // `in`: what comes from the channel, so that the others do not hear it and it hears them still.
    return muted
      ? this.#commands.run('mute', (client) => client.channels.mute({ channelId: channel, direction: 'in' }))
      : this.#commands.run('unmute', (client) =>
          client.channels.unmute({ channelId: channel, direction: 'in' }),
        );
  }

  async sendDigits(channel: string, digits: string): Promise<CommandOutcome> {
    if (!isDigits(digits)) return { kind: 'refused', reason: 'up to 32 of the keys 0-9 * # A-D' };
    return await this.#commands.run('send digits', (client) =>
      client.channels.sendDTMF({ channelId: channel, dtmf: digits, ...DIGIT_TIMES }),
    );
  }

  ended(channel: string): void {
    this.#music.delete(channel);
  }
}

const isDigits = (digits: string): boolean => /^[0-9*#A-D]{1,32}$/.test(digits);
/** Milliseconds: long enough for the oldest exchange, short enough for an extension of six. */
const DIGIT_TIMES = { duration: 120, between: 80 } as const;
