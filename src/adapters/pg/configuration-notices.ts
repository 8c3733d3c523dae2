import pg from 'pg';
import type { Log } from '../../app/ports/log.ts';

export const CONFIGURATION_CHANNEL = 'yihaotong_configuration';

const CONNECT_TIMEOUT_MS = 3000;
const AGAIN_FIRST_MS = 250;
const AGAIN_MAX_MS = 5000;

/**
 * Hears of each published configuration the moment its transaction commits. Modes: connecting -> listening -> (lost)
 * -> connecting … -> stopped. Each time it begins to listen it calls as well: what was told before is not repeated.
 */
export function listenForConfigurations(
  url: string,
  onPublished: () => void,
  log: Log,
): { stop(): Promise<void> } {
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let attempt = 0;

  const again = (): void => {
    client = null;
    if (stopped) return;
    timer = setTimeout(connect, Math.min(AGAIN_MAX_MS, AGAIN_FIRST_MS * 2 ** Math.min(attempt, 6)));
    attempt += 1;
  };
  const connect = (): void => {
    timer = null;
    const made = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'yihaotong configuration notices',
    });
    client = made;
    // A lost connection ends once, however many ways it is told in.
    let over = false;
    const lost = (err?: Error): void => {
      if (over) return;
      over = true;
      if (!stopped && attempt === 0) log.warn({ err }, 'no word of published configurations, trying again');
      again();
      made.end().catch(() => undefined);
    };
    made.on('error', lost);
    made.on('end', () => lost());
    made.on('notification', onPublished);
    made
      .connect()
      .then(() => made.query(`listen ${CONFIGURATION_CHANNEL}`))
      .then(() => {
        attempt = 0;
        onPublished();
      })
      .catch(lost);
  };
  connect();
  return {
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end().catch((err: unknown) => log.debug({ err }, 'the listener was gone already'));
    },
  };
}
