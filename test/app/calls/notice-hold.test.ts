import { expect, test } from 'vitest';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import type { HoldingNotice } from '../../../src/domain/agents/notice-hold.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// A critical notice holds back "ready" until it is read, and throws nobody out.

const AGENT = { agentId: 'agent1' } as const;
const notice = (id: string, over: Partial<HoldingNotice> = {}): HoldingNotice => ({
  ...{ id, title: '台风停课口径', untilMs: Number.MAX_SAFE_INTEGER, readBy: [] },
  ...over,
});
const ask = (house: House, command: AgentCommand) => house.control.command(command);
const seen = (house: House) => house.agents.get('agent1');
async function open(): Promise<House> {
  const house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  return house;
}
async function push(house: House, ...notices: readonly HoldingNotice[]): Promise<void> {
  house.holdingNotices = notices;
  await ask(house, { kind: 'reloadConfiguration' });
  await settled();
}
async function talk(house: House): Promise<void> {
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
}

test('who talks talks on, and wraps up; then he is held back until he has read it, which makes him ready', async () => {
  const house = await open();
  await talk(house);
  await push(house, notice('n1'));
  expect(seen(house)?.state).toBe('TALKING');
  await ask(house, { kind: 'releaseCall', ...AGENT });
  await settled();
  expect(seen(house)?.state).toBe('WRAP_UP');
  expect(await ask(house, { kind: 'ready', ...AGENT })).toMatchObject({
    ok: false,
    code: 'knowledge.noticeUnread',
    detail: '台风停课口径',
  });
  await ask(house, { kind: 'endWrapUp', ...AGENT });
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'noticeUnread' });
  await ask(house, { kind: 'noticeRead', ...AGENT, noticeId: 'n1' });
  expect(seen(house)).toMatchObject({ state: 'READY', reason: null });
});

test('who is ready stays so, and is offered the next call', async () => {
  const house = await open();
  await push(house, notice('n1'));
  expect(seen(house)?.state).toBe('READY');
  expect((await ask(house, { kind: 'ready', ...AGENT })).ok).toBe(true);
  await talk(house);
  expect(seen(house)?.state).toBe('TALKING');
});

test('of two both are read; one that the books know as read is no hindrance, whatever call control was told', async () => {
  const house = await open();
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  await push(house, notice('n1'), notice('n2', { title: '医保新口径' }));
  await ask(house, { kind: 'noticeRead', ...AGENT, noticeId: 'n1' });
  // He is at rest, and nobody makes him ready for having read.
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'rest' });
  expect(await ask(house, { kind: 'ready', ...AGENT })).toMatchObject({ ok: false, detail: '医保新口径' });
  expect((await ask(house, { kind: 'ready', ...AGENT, read: ['n1', 'n2'] })).ok).toBe(true);
  expect(seen(house)?.state).toBe('READY');
});

test('while the books are away nobody can read, and nobody is held back; they are asked for it again afterwards', async () => {
  const house = await open();
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  await push(house, notice('n1'), notice('n2'));
  expect((await ask(house, { kind: 'ready', ...AGENT, booksAway: true })).ok).toBe(true);
  expect(seen(house)?.state).toBe('READY');
  // Nor after the next talk: he has not to ask each time.
  await talk(house);
  await ask(house, { kind: 'releaseCall', ...AGENT });
  await settled();
  await ask(house, { kind: 'endWrapUp', ...AGENT });
  expect(seen(house)?.state).toBe('READY');
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  await push(house, notice('n1'), notice('n2'));
  expect(await ask(house, { kind: 'ready', ...AGENT })).toMatchObject({ code: 'knowledge.noticeUnread' });
});

test('read by the books, over, or withdrawn: nobody is held back', async () => {
  const house = await open();
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  await push(
    house,
    notice('n1', { readBy: ['agent1'] }),
    notice('n2', { untilMs: house.clock.now() + 1000 }),
  );
  expect((await ask(house, { kind: 'ready', ...AGENT })).ok).toBe(false);
  await house.after(1000);
  expect((await ask(house, { kind: 'ready', ...AGENT })).ok).toBe(true);
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  await push(house, notice('n3'));
  expect((await ask(house, { kind: 'ready', ...AGENT })).ok).toBe(false);
  await push(house);
  expect((await ask(house, { kind: 'ready', ...AGENT })).ok).toBe(true);
});

test('held back he may go on a break or leave, and a new shift reads first', async () => {
  const house = await open();
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  await push(house, notice('n1'));
  await ask(house, { kind: 'ready', ...AGENT });
  expect((await ask(house, { kind: 'signOut', ...AGENT })).ok).toBe(true);
  expect(seen(house)?.state).toBe('SIGNED_OUT');
  await ask(house, { kind: 'signIn', ...AGENT });
  expect(await ask(house, { kind: 'ready', ...AGENT })).toMatchObject({ code: 'knowledge.noticeUnread' });
  await ask(house, { kind: 'noticeRead', ...AGENT, noticeId: 'n1' });
  expect((await ask(house, { kind: 'ready', ...AGENT })).ok).toBe(true);
});
