import { expect, test } from 'vitest';
import { AGEING_MS } from '../../../src/domain/routing/rank.ts';
import { waitingWords } from '../../../src/domain/routing/reasons.ts';
import { Router } from '../../../src/domain/routing/router.ts';
import { askOf, bothAsks, keyOf, readAsk, skillsOf, writeAsk } from '../../../src/domain/skills/skills.ts';

const caller = (
  callId: string,
  sinceMs: number,
  ask = '',
  more: { priority?: number; keptFor?: string } = {},
) => ({
  callId,
  queue: 'general',
  priority: 5,
  sinceMs,
  ask: askOf(ask),
  ...more,
});
const agent = (agentId: string, skills: Record<string, number> = {}, sinceMs = 0) => ({
  agentId,
  queues: ['general'],
  sinceMs,
  skills,
});

test('what a line asks for is read, and written in the one spelling', () => {
  expect(readAsk('en:2， wu？ @env-bureau?')).toEqual({
    kind: 'ask',
    ask: {
      required: [{ skill: 'en', least: 2 }],
      preferred: [
        { skill: 'wu', least: 1 },
        { skill: '@env-bureau', least: 1 },
      ],
    },
  });
  expect(writeAsk(askOf('en:1 wu:3？'))).toBe('en, wu:3?');
  expect(writeAsk(askOf(null))).toBeNull();
  for (const wrong of ['英语', 'en:0', 'en:10', '2', '@', 'EN', 'en?:2']) {
    expect(readAsk(`wu, ${wrong}`)).toMatchObject({ kind: 'refused', wrong });
  }
});

test('asks add up: the higher level of the same skill, required before preferred', () => {
  const both = bothAsks(askOf('en:2, wu?'), askOf('en:3, yue?, wu:2'));
  expect(writeAsk(both)).toBe('en:3, wu:2, yue?');
  expect(keyOf(both.required)).toBe('en:3 wu:2');
});

test('levels of one preferred skill stand at its own places: what was written between them is not given up before its turn', () => {
  expect(writeAsk(askOf('wu:2?, en?, wu?'))).toBe('wu?, en?, wu:2?');
  expect(writeAsk(askOf('wu?, en?, wu:2?'))).toBe('wu?, en?, wu:2?');
  expect(writeAsk(askOf('wu?, en?, wu?'))).toBe('wu?, en?');
});

test('nobody without the required skill at the required level', () => {
  const router = new Router();
  router.agentFree(agent('none'), 0);
  router.agentFree(agent('little', { en: 1 }), 0);
  expect(router.join(caller('c', 1_000, 'en:2'), 1_000)).toBeNull();
  expect(router.desks.idleIn('general')).toBe(2);
  const offer = router.agentFree(agent('fluent', { en: 3 }), 2_000);
  expect(offer).toMatchObject({ callId: 'c', agentId: 'fluent' });
  expect(offer?.reason).toContain('具备 en≥2');
});

test('an agent passes over who asks for what he cannot, and takes the next', () => {
  const router = new Router();
  router.join(caller('english', 1_000, 'en'), 1_000);
  router.join(caller('anybody', 2_000), 2_000);
  expect(router.agentFree(agent('a', { wu: 5 }), 3_000)?.callId).toBe('anybody');
  expect(router.agentFree(agent('b', { en: 5 }), 4_000)?.callId).toBe('english');
});

test('ranks, elsewhere called penalties: who has the higher level of what is preferred first, in a rank who is idle longest', () => {
  const router = new Router();
  const desk: readonly (readonly [string, Record<string, number>, number])[] = [
    ['last', {}, 0],
    ['third', { desk: 1 }, 1_000],
    ['first', { desk: 3 }, 3_000],
    ['second', { desk: 3 }, 4_000],
  ];
  for (const [agentId, skills, sinceMs] of desk) router.agentFree(agent(agentId, skills, sinceMs), 10_000);
  const asked = ['desk:3?, desk?', 'desk?, desk:3?', 'desk:3? desk?', 'desk?, desk:3?'];
  const offers = asked.map((ask, nth) => router.join(caller(`c${nth}`, 10_000, ask), 10_000));
  expect(offers.map((offer) => offer?.agentId)).toEqual(['first', 'second', 'third', 'last']);
  expect(offers.map((offer) => offer?.reason.includes('具备 desk'))).toEqual([true, true, true, false]);
  expect(offers[0]?.reason).toContain('具备 desk≥3，');
  // A desk's rank and a line's are both kept.
  expect(writeAsk(bothAsks(askOf('desk?'), askOf('desk:3?')))).toBe('desk?, desk:3?');
});

test('a preference decides among the idle, the last one is given up first, and nobody waits for it', () => {
  const free = (): Router => {
    const router = new Router();
    router.agentFree(agent('longest', {}, 0), 10_000);
    router.agentFree(agent('wu', { wu: 2 }, 5_000), 10_000);
    router.agentFree(agent('both', { wu: 2, '@env': 9 }, 9_000), 10_000);
    return router;
  };
  expect(free().join(caller('c', 10_000, 'wu?, @env?'), 10_000)?.agentId).toBe('both');
  expect(free().join(caller('c', 10_000, 'wu:2?, yue?'), 10_000)?.agentId).toBe('wu');
  expect(free().join(caller('c', 10_000, 'yue?'), 10_000)?.agentId).toBe('longest');
});

test('the employer is a skill', () => {
  expect(skillsOf({ employer: 'platform', skills: { en: 2 } })).toEqual({ en: 2, '@platform': 9 });
});

test('a step of priority is worth a minute: urgent goes first, but who has waited long enough is not passed', () => {
  const order = (waitedMs: number): (string | undefined)[] => {
    const router = new Router();
    router.join(caller('usual', 100_000 - waitedMs), 100_000);
    router.join(caller('urgent', 100_000, '', { priority: 4 }), 100_000);
    return ['a', 'b'].map((one) => router.agentFree(agent(one), 100_000)?.callId);
  };
  expect(order(AGEING_MS - 1_000)).toEqual(['urgent', 'usual']);
  expect(order(AGEING_MS + 1_000)).toEqual(['usual', 'urgent']);
});

test('the desk he overflows to asks for its own skills', () => {
  const router = new Router();
  router.join({ ...caller('c', 0), queue: 'desk' }, 0);
  router.agentFree(agent('plain'), 1);
  expect(router.lookAlsoIn('c', 'general', 2, askOf('en'))).toBeNull();
  expect(router.agentFree(agent('fluent', { en: 1 }), 3)?.callId).toBe('c');
});

test('kept for the agent that knows him: passed over by the idle, taken first by his own, open to all in the end', () => {
  const router = new Router();
  router.agentFree(agent('idle'), 0);
  expect(router.join(caller('mine', 1_000, '', { keptFor: 'owner' }), 1_000)).toBeNull();
  expect(router.keptFor('owner')).toEqual(['mine']);
  expect(router.whyWaits('mine')).toEqual({ kind: 'keptForAgent', agentId: 'owner' });
  router.agentBusy('idle');
  router.join(caller('older', 500), 1_500);
  const offer = router.agentFree(agent('owner'), 2_000);
  expect(offer?.callId).toBe('mine');
  expect(offer?.reason).toContain('原受理人优先');

  // Who did not take the call has had it first.
  expect(router.giveBack('mine', 3_000)).toBeNull();
  expect(router.keptFor('owner')).toEqual([]);
  expect(router.agentFree(agent('other'), 4_000)?.callId).toBe('older');
  expect(router.agentFree(agent('third'), 4_000)?.callId).toBe('mine');

  const late = new Router();
  late.agentFree(agent('idle'), 0);
  late.join(caller('mine', 1_000, '', { keptFor: 'owner' }), 1_000);
  expect(late.openToAll('mine', 21_000)).toMatchObject({ callId: 'mine', agentId: 'idle' });
  expect(late.openToAll('mine', 22_000)).toBeNull();
});

test('an idle owner is offered the call at once, and a talk that was cut off goes before him who is kept', () => {
  const router = new Router();
  router.agentFree(agent('owner'), 0);
  router.agentFree(agent('longer', {}, -5_000), 0);
  expect(router.join(caller('mine', 1_000, '', { keptFor: 'owner' }), 1_000)?.agentId).toBe('owner');
  router.leave('mine');

  router.agentBusy('longer');
  router.join(caller('mine', 1_000, '', { keptFor: 'owner' }), 1_000);
  router.join(caller('cut', 2_000, '', { priority: 0 }), 2_000);
  expect(router.agentFree(agent('owner'), 3_000)?.callId).toBe('cut');
});

test('an owner who may not take such calls does not', () => {
  const router = new Router();
  router.join(caller('mine', 1_000, 'en', { keptFor: 'owner' }), 1_000);
  expect(router.agentFree(agent('owner'), 2_000)).toBeNull();
  expect(router.agentFree({ ...agent('owner', { en: 2 }), queues: ['desk'] }, 2_000)).toBeNull();
  expect(router.agentFree(agent('owner', { en: 2 }), 2_000)?.callId).toBe('mine');
});

test('each waiting call says why it waits, and whose reason changes is told', () => {
  const router = new Router();
  router.join(caller('c', 0), 0);
  router.join(caller('english', 0, 'en'), 0);
  expect(router.whyWaits('c')).toEqual({ kind: 'nobodySignedIn' });
  expect(router.desks.agentPresent(agent('a'))).toEqual(['c', 'english']);
  expect(router.whyWaits('c')).toEqual({ kind: 'allBusy', present: 1 });
  const why = router.whyWaits('english');
  expect(why).toEqual({ kind: 'nobodyWithSkill', required: [{ skill: 'en', least: 1 }] });
  expect(why !== null && waitingWords(why).zh).toContain('en');
  expect(why !== null && waitingWords(why).en).toBe('no agent with en is signed in');
  expect(router.desks.agentPresent(agent('b', { en: 2 }))).toEqual(['english']);
  expect(router.desks.agentAbsent('b')).toEqual(['english']);
  // The same agent told again, now without being anywhere: counted once.
  expect(router.desks.agentPresent({ ...agent('a'), queues: [] })).toEqual(['c', 'english']);
  expect(router.desks.presentIn('general')).toBe(0);
  expect(router.agentFree(agent('a'), 1)?.callId).toBe('c');
  expect(router.whyWaits('c')).toBeNull();
});

test('after an overflow an agent of both desks is one agent, who can do it at one of them at least', () => {
  const router = new Router();
  const both = (agentId: string, skills: Record<string, number> = {}) => ({
    ...agent(agentId, skills),
    queues: ['desk', 'general'],
  });
  for (const one of [both('a'), both('b', { en: 1 }), agent('c')]) router.desks.agentPresent(one);
  router.join({ ...caller('c', 0), queue: 'desk' }, 0);
  expect(router.whyWaits('c')).toEqual({ kind: 'allBusy', present: 2 });
  router.lookAlsoIn('c', 'general', 1);
  expect(router.whyWaits('c')).toEqual({ kind: 'allBusy', present: 3 });
  router.join({ ...caller('english', 0, 'en'), queue: 'desk' }, 0);
  router.lookAlsoIn('english', 'general', 1);
  expect(router.whyWaits('english')).toEqual({ kind: 'allBusy', present: 3 });
});

test('why somebody would wait is known before he stands anywhere, and is no reason where an agent is idle for him', () => {
  const router = new Router();
  const stands = [{ queue: 'desk' }, { queue: 'general', ask: askOf('en') }];
  expect(router.whyWouldWait(stands, null)).toEqual({ kind: 'nobodySignedIn' });
  router.desks.agentPresent(agent('a'));
  router.agentFree(agent('a'), 0);
  expect(router.whyWouldWait(stands, null)).toEqual({
    kind: 'nobodyWithSkill',
    required: [{ skill: 'en', least: 1 }],
  });
  expect(router.whyWouldWait([{ queue: 'general' }], null)).toBeNull();
  expect(router.whyWouldWait([{ queue: 'general' }], 'a')).toBeNull();
  expect(router.whyWouldWait([{ queue: 'desk' }], 'a')).toEqual({ kind: 'keptForAgent', agentId: 'a' });
  expect(router.whyWouldWait([{ queue: 'general' }], 'b')).toEqual({ kind: 'keptForAgent', agentId: 'b' });
});

test('the place in line counts who stands before, in all lanes of the queue and as far as asked', () => {
  const router = new Router();
  for (let n = 0; n < 40; n += 1) router.join(caller(`c${n}`, n, n % 2 === 0 ? '' : 'en'), n);
  expect([0, 1, 17, 39].map((n) => router.lineBefore(`c${n}`, 99).length)).toEqual([0, 1, 17, 39]);
  expect(router.lineBefore('c39', 10)).toHaveLength(10);
  expect(router.lineBefore('nobody', 10)).toEqual([]);
  expect(router.desks.longestWaitMs('general', 1_000)).toBe(1_000);
});
