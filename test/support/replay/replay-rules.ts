import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishedConfiguration } from '../../../src/app/ports/configuration-source.ts';
import { until } from '../../../src/demo/poll.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { configurationFromStore } from '../../../src/domain/hotlines/stored.ts';
import { writeTone } from '../tone-file.ts';
import type { Town } from '../town.ts';
import { layDutyList } from './on-call.ts';

const REASON = '演练规则';
/** Asking is over at once, and the key has its time after it. */
const ASK_MS = 300;

/**
 * A town in which nothing happens by itself that a day does not say: who wraps up does so until he says ready, a telephone
 * rings for as long as an act takes on a busy machine. Returns the rules as call control has them.
 */
export async function layReplayRules(town: Town): Promise<PublishedConfiguration> {
  const { promptsDir } = town.asterisk;
  for (const [at, name] of ['rating-ask', 'rating-thanks', 'rating-wrong', 'rating-nothing'].entries()) {
    await writeTone(join(promptsDir, `${name}.wav`), 1_150 + 150 * at, ASK_MS);
  }
  const [operator, second] = await Promise.all(['operator', 'operator2'].map((name) => town.as(name)));
  if (operator === undefined || second === undefined) throw new Error('the sample has two operators');
  const { rules: _read, ...outbound } = await operator.get<{ rules?: object }>('/v1/outbound-rules');
  await operator.put('/v1/outbound-rules', { ...outbound, shortWrapUpMs: 0, reason: REASON });
  await layDutyList(operator);
  await town.inBooks(
    `update accounts set roles = array['agent', 'lead'] where username = '1003' returning username`,
  );
  const inForce = (): number => town.callControl.log().split('a configuration is in force').length;
  const before = inForce();
  const { number } = await operator.post<{ number: number }>('/v1/rules/versions', { title: REASON });
  const at = `/v1/rules/versions/${number}`;
  const callback = { ...USUAL_CALLBACK_RULE, afterWaitMs: 1_000, aboveEstimateMs: null };
  const general = { code: 'general', callback, rating: 'keys', wrapUpMs: 600_000, ringTimeoutMs: 8_000 };
  await operator.post(`${at}/edits`, { revision: 1, edit: { queues: [general] } });
  const asked = await operator.post<{ state: string }>(`${at}/publish`, { reason: REASON });
  if (asked.state === 'awaitingSecond') await second.post(`${at}/approve`, { reason: REASON });
  await until('the rules in force', 15_000, () => (inForce() > before ? true : null));
  return await publishedIn(town);
}

/** As call control keeps it for a start without its database. */
async function publishedIn(town: Town): Promise<PublishedConfiguration> {
  const path = join(town.folder, 'call-control', 'configuration.json');
  return await until('the rules on the disk', 10_000, async () => {
    const kept = JSON.parse(await readFile(path, 'utf8')) as PublishedConfiguration;
    const configuration = configurationFromStore(kept.configuration);
    const general = configuration.queues.find(({ code }) => code === 'general');
    return general?.wrapUpMs === 600_000 ? { ...kept, configuration } : null;
  });
}
