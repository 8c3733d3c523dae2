import { expect, test } from 'vitest';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import type { AgentProfile, Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { USUAL_QUEUE } from '../../../src/domain/hotlines/queue.ts';
import type { SurgeMode } from '../../../src/domain/hotlines/surge-mode.ts';
import { underSurge } from '../../../src/domain/hotlines/under-surge.ts';

const NOW = Date.UTC(2026, 10, 26, 6);
const MODE: SurgeMode = {
  ...{
    id: 'surge',
    queues: ['general'],
    untilMs: NOW + 3_600_000,
    wrapUpMs: 10_000,
    callbackAfterMs: 30_000,
  },
  helpers: ['lead'],
};
const agent = (agentId: string, queues: readonly string[]): AgentProfile => ({
  ...{ agentId, number: agentId, displayName: agentId, phone: agentId, queues, employer: 'platform' },
});
const CONFIGURATION = {
  queues: [
    { ...USUAL_QUEUE, code: 'general', name: '总席' },
    { ...USUAL_QUEUE, code: 'desk-water', name: '供水专席', wrapUpMs: 5_000, callback: USUAL_CALLBACK_RULE },
  ],
  agents: [agent('one', ['general']), agent('lead', ['desk-water'])],
} as unknown as Configuration;
const under = (mode: Partial<SurgeMode>, nowMs = NOW) =>
  underSurge({ ...CONFIGURATION, surgeMode: { ...MODE, ...mode } }, nowMs);
const queue = ({ queues }: Configuration, code: string) => queues.find((one) => one.code === code);

test('the desk in question hurries, no other does, and who helps serves it beside his own', () => {
  const now = under({});
  expect(queue(now, 'general')).toMatchObject({
    wrapUpMs: 10_000,
    callback: { ...USUAL_CALLBACK_RULE, afterWaitMs: 30_000 },
  });
  expect(queue(now, 'desk-water')).toEqual(queue(CONFIGURATION, 'desk-water'));
  expect(now.agents).toMatchObject([
    { agentId: 'one', queues: ['general'] },
    { agentId: 'lead', queues: ['desk-water', 'general'], lent: ['general'] },
  ]);
  expect(now.agents[0]).not.toHaveProperty('lent');
});

test('it only ever shortens: what is quicker already stays, and who serves the desk already is lent nothing', () => {
  const now = under({ queues: ['desk-water'], helpers: ['lead'], callbackAfterMs: 90_000 });
  expect(queue(now, 'desk-water')).toEqual(queue(CONFIGURATION, 'desk-water'));
  expect(now.agents).toEqual(CONFIGURATION.agents);
});

test('what was not asked for stays, and a desk that was closed meanwhile gets nobody', () => {
  const now = under({
    queues: ['general', 'closed'],
    wrapUpMs: null,
    callbackAfterMs: null,
    helpers: ['one'],
  });
  expect(now.queues).toEqual(CONFIGURATION.queues);
  expect(now.agents).toEqual(CONFIGURATION.agents);
});

test('when its time is over, and in a configuration that knows no surge, everything is what it is', () => {
  const over = under({}, MODE.untilMs);
  expect(over.queues).toBe(CONFIGURATION.queues);
  expect(over.agents).toBe(CONFIGURATION.agents);
  expect(underSurge(CONFIGURATION, NOW)).toBe(CONFIGURATION);
});
