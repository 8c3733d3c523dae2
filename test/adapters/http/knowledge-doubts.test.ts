import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

// 纠错: what is said about an entry reaches the unit that can mend it, also after it has answered the first who said so.

let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter();
  desk = knowledgeDesk(counter);
});
afterAll(() => counter.close());

async function step(who: Person, ticketId: string, move: string, details: object = {}): Promise<string> {
  const { body: offered } = await counter.ask(who, 'GET', `/v1/tickets/${ticketId}/moves`);
  const { status, body } = await desk.post(who, `/tickets/${ticketId}/moves`, {
    ...{ move, version: offered.version, reason: '已核对文件', details },
  });
  expect(status, `${move}: ${JSON.stringify(body)}`).toBe(200);
  return body.state;
}

test('while the unit has the first doubt before it others join; what is said after its report is asked of it anew', async () => {
  const { agent, lead, operator, reviewer, unit } = counter.people;
  const id = await desk.published();
  const doubt = async (who: Person) =>
    (await desk.post(who, `/knowledge/${id}/doubts`, { version: 1, kind: 'wrong', note: '窗口电话不对' }))
      .body;
  const first = await doubt(agent);
  expect(first.outcome).toBe('opened');
  await step(unit, first.ticketId, 'signFor');
  expect(await step(unit, first.ticketId, 'handle')).toBe('handling');
  expect(await doubt(lead)).toEqual({ ...first, outcome: 'joined' });

  // The unit says that nothing is wrong; whoever looked before it did is not told of what comes now.
  expect(await step(unit, first.ticketId, 'reportDone', { reply: '经核对，内容无误。' })).toBe(
    'reportedDone',
  );
  const second = await doubt(agent);
  expect(second).toMatchObject({ outcome: 'opened', ticketId: expect.not.stringMatching(first.ticketId) });
  const { body: asked } = await counter.ask(unit, 'GET', `/v1/tickets/${second.ticketId}`);
  expect(asked).toMatchObject({ state: 'dispatched', unit: { code: 'water' } });
  expect(asked.content).toContain('窗口电话不对');
  // Both are there, each in its own ticket; who says so next joins the one that waits.
  expect(await doubt(lead)).toEqual({ ...second, outcome: 'joined' });

  expect(await step(reviewer, first.ticketId, 'reviewReply')).toBe('replyReview');
  expect(await doubt(operator)).toEqual({ ...second, outcome: 'joined' });
  const { body: listed } = await counter.ask(unit, 'GET', `/v1/knowledge/${id}/doubts`);
  const states = listed.doubts.map((one: { ticketState: string }) => one.ticketState);
  expect(states.toSorted()).toEqual(['dispatched', 'dispatched', 'dispatched', 'replyReview', 'replyReview']);
});
