import { appendFile, cp } from 'node:fs/promises';
import { join } from 'node:path';

/** What a carrier would dial to reach the peers: three digits, so that no rule of the product is in their way. */
export const PEER_NUMBERS = { queue: '990', answer: '991', load: '992' } as const;

/**
 * A copy of the project's Asterisk files with the peers beside the product, on the same trunk and the same kind of
 * phone. Made for one benchmark; what customers get is left alone.
 */
export async function withPeers(
  configDir: string,
  to: string,
  phone: string,
  seats: readonly string[] = [],
): Promise<string> {
  await cp(configDir, to, { recursive: true });
  const dialplan = [
    '',
    '[from-trunk](+)',
    `exten => ${PEER_NUMBERS.queue},1,Answer()`,
    ' same => n,Queue(bench)',
    `exten => ${PEER_NUMBERS.answer},1,Answer()`,
    ' same => n,Wait(30)',
    `exten => ${PEER_NUMBERS.load},1,MixMonitor(\${RECORDINGS}/peer/\${UNIQUEID}.wav)`,
    ' same => n,Answer()',
    ` same => n,Playback(\${PROMPTS}/greeting-main)`,
    ' same => n,Queue(load)',
    '',
  ];
  const queue = [
    '',
    '[bench]',
    'musicclass = default',
    'strategy = rrmemory',
    'autofill = yes',
    'ringinuse = no',
    'retry = 1',
    'timeout = 12',
    'wrapuptime = 0',
    'announce-frequency = 0',
    'joinempty = yes',
    'leavewhenempty = no',
    `member => PJSIP/${phone}`,
    '',
  ];
  const many = queue.slice(2, -2);
  if (seats.length > 0) queue.push('[load]', ...many, ...seats.map((one) => `member => PJSIP/${one}`), '');
  await appendFile(join(to, 'extensions.conf'), dialplan.join('\n'));
  await appendFile(join(to, 'queues.conf'), queue.join('\n'));
  return to;
}
