import type { CallCommand } from '../../domain/calls/call-command.ts';
import type { PromptStore } from '../ports/prompts.ts';
import type { CommandOutcome, Media, Switch } from '../ports/switch.ts';

export type TalkCommand = Extract<
  CallCommand,
  { kind: 'join' | 'part' | 'music' | 'mute' | 'sendDigits' | 'playTo' | 'recordBridge' }
>;

/** What a talk of several asks of the switch: each names the channel it is about. */
export class TalkHand {
  readonly #switch: Switch;
  readonly #prompts: PromptStore;

  constructor(theSwitch: Switch, prompts: PromptStore) {
    this.#switch = theSwitch;
    this.#prompts = prompts;
  }

  execute(command: TalkCommand): Promise<CommandOutcome> {
    switch (command.kind) {
      case 'join':
        return this.#switch.bridge(command.bridge, [command.channel]);
      case 'part':
        return this.#switch.unbridge(command.bridge, command.channel);
      case 'music':
        return this.#switch.startMusic(command.channel);
      case 'mute':
        return this.#mute(command);
      case 'recordBridge':
        return this.#switch.recordBridge(command.bridge, command.recording, command.maxMs);
      case 'sendDigits':
        return this.#switch.sendDigits(command.channel, command.digits);
      case 'playTo': {
        const media = command.prompts
          .map((prompt) => this.#prompts.media(prompt))
          .filter((one): one is Media => one !== null);
        return this.#switch.play(command.channel, command.playback, media);
      }
      default:
        return command satisfies never;
    }
  }

  /** Once more where no answer came: who is heard against his will, or not at all, would find it out too late. */
  async #mute({ channel, muted }: Extract<TalkCommand, { kind: 'mute' }>): Promise<CommandOutcome> {
    const outcome = await this.#switch.mute(channel, muted);
    return outcome.kind === 'unknown' ? this.#switch.mute(channel, muted) : outcome;
  }
}
