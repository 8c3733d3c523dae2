import type { Switch } from '../ports/switch.ts';
import type { WrittenAhead } from '../ports/written-ahead.ts';

/**
 * The switch, with every command leaving only when what it follows from is written. A process that is killed between the
 * two leaves a successor who finds the decision and not its effect, and asks for it again; the other way round it found
 * a leg gone that it knew nothing of, and told a citizen who was being put through good-bye.
 */
export function writtenFirst(inner: Switch, kept: WrittenAhead): Switch {
  const then = async <T>(command: () => Promise<T>): Promise<T> => {
    await kept.written();
    return command();
  };
  return {
    onEvent: (handler) => inner.onEvent(handler),
    start: () => inner.start(),
    stop: () => inner.stop(),
    setAccepting: (accepting) => inner.setAccepting(accepting),
    snapshot: () => inner.snapshot(),
    checkRecording: (recording) => inner.checkRecording(recording),
    answer: (channel) => then(() => inner.answer(channel)),
    play: (channel, playback, media) => then(() => inner.play(channel, playback, media)),
    stopPlayback: (playback) => then(() => inner.stopPlayback(playback)),
    record: (channel, recording, limits) => then(() => inner.record(channel, recording, limits)),
    recordCall: (channel) => then(() => inner.recordCall(channel)),
    recordBridge: (bridge, recording, maxMs) => then(() => inner.recordBridge(bridge, recording, maxMs)),
    stopRecording: (recording) => then(() => inner.stopRecording(recording)),
    startMusic: (channel) => then(() => inner.startMusic(channel)),
    stopMusic: (channel) => then(() => inner.stopMusic(channel)),
    mute: (channel, muted) => then(() => inner.mute(channel, muted)),
    spy: (target, spy, how) => then(() => inner.spy(target, spy, how)),
    sendDigits: (channel, digits) => then(() => inner.sendDigits(channel, digits)),
    ring: (request) => then(() => inner.ring(request)),
    bridge: (bridge, channels) => then(() => inner.bridge(bridge, channels)),
    unbridge: (bridge, channel) => then(() => inner.unbridge(bridge, channel)),
    destroyBridge: (bridge) => then(() => inner.destroyBridge(bridge)),
    hangup: (channel, reason) => then(() => inner.hangup(channel, reason)),
  };
}
