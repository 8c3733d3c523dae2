import type { ChannelId, CommandOutcome } from './switch.ts';

/** What the switch does with the recording that its dialplan began on a citizen's channel. */
export interface CallRecorder {
  /**
   * Writes silence instead of what is said, or no longer; the time line of the file goes on. `gone`: no such channel;
   * `refused`: it is not being recorded.
   */
  silence(channel: ChannelId, silent: boolean): Promise<CommandOutcome>;
}
