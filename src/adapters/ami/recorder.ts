import type { CallRecorder } from '../../app/ports/recorder.ts';
import type { AmiLink } from './link.ts';

/**
 * MixMonitor's mute: both sides of the recording are written as silence, the file's time goes on (seen on 22.10.1). ARI
 * cannot: it knows only recordings that it began itself. A channel without a MixMonitor is refused.
 */
export function createRecorder(link: AmiLink): CallRecorder {
  return {
    silence: (channel, silent) =>
      link.send('MixMonitorMute', { channel, direction: 'both', state: silent ? '1' : '0' }),
  };
}
