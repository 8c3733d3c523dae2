import type { CommandOutcome } from '../../app/ports/switch.ts';
import type { Commands } from './commands.ts';
import type { ChannelLedger } from './ledger.ts';
import type { AriClient } from './library.ts';

/**
 * A snoop channel: an audiohook on the target, not a member of its bridge, so that whatever bridges and transfers the
 * target knows nothing of it. `out` is what is written towards the target: a whisper there reaches him alone.
 */
export async function spyOn(
  commands: Commands,
  ledger: ChannelLedger,
  app: string,
  { target, spy, how }: { target: string; spy: string; how: 'listen' | 'whisper' },
): Promise<CommandOutcome> {
  const fresh = ledger.add(spy, 'leg', { up: true, inStasis: false });
  const outcome = await commands.run('spy', (client) =>
    client.channels.snoopChannelWithId({
      channelId: target,
      snoopId: spy,
      spy: 'both',
      whisper: how === 'whisper' ? 'out' : 'none',
      app,
      appArgs: 'spy',
    }),
  );
  // It says no such thing could be made also of one that is there.
  const look = (client: AriClient) => client.channels.get({ channelId: spy });
  if (outcome.kind === 'refused' && !fresh && (await commands.read('read spy', look)) !== null) {
    return { kind: 'exists' };
  }
  if (fresh && (outcome.kind === 'gone' || outcome.kind === 'refused')) ledger.forget(spy);
  return outcome;
}
