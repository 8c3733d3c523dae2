import type { CommandSender } from '../app/ports/commands.ts';
import type { Log } from '../app/ports/log.ts';

/** Three of them may get lost before call control takes the way for shut. */
const SAID_MS = 15_000;
const AGAIN_MS = 2_000;

/**
 * Tells call control, as long as this API runs, that words of desks can reach it: only while it hears so does an
 * agent's silence count. Without call control there is nobody to be told, and soon it is tried again.
 */
export function keepWayOpen(commands: CommandSender, log: Log): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = (afterMs: number): void => {
    if (!stopped) timer = setTimeout(say, afterMs);
  };
  const say = (): void => {
    commands.send({ kind: 'wayOpen' }).then(
      () => again(SAID_MS),
      (err: unknown) => {
        log.debug({ err }, 'call control was not told that desks can be heard');
        again(AGAIN_MS);
      },
    );
  };
  say();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
