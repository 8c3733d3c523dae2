import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient, type CallDetailSeen } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { content } from '../domain/knowledge/entries.ts';
import { Town } from '../support/town.ts';

// A citizen asks, the agent finds what the water company wrote, reads it to him and presses one key: in the books of the call.

const ENTRY = content({
  question: '水表坏了谁负责换',
  otherWays: ['水表不走字找谁', '家里水表坏了要钱吗'],
  answer: '水表坏了由自来水公司免费换。您报一下户号，工作人员两天内上门。',
  message: '水表故障由自来水公司免费更换，两个工作日内上门。',
  basis: [{ document: '江苏省城乡供水管理条例', clause: '第三十条', link: '' }],
});

interface Answers {
  readonly hits: readonly {
    readonly kind: string;
    readonly id: string;
    readonly title: string;
    readonly version: number;
    readonly reasons: readonly object[];
  }[];
}

let town: Town;
let entry: { readonly id: string; readonly number: string };
const signIn = (name: string) => ApiClient.signIn(town.apiUrl, name, town.passwordOf(name));
beforeAll(async () => {
  town = await Town.found();
  const [editor, reviewer] = await Promise.all([signIn('unit.water'), signIn('reviewer')]);
  const { categories } = await editor.get<{ categories: readonly { code: string }[] }>('/v1/categories');
  const written = await editor.post<{ id: string; number: string; revision: number }>('/v1/knowledge', {
    ...ENTRY,
    categories: [categories.find(({ code }) => code.includes('water'))?.code ?? categories[0]?.code],
  });
  entry = written;
  let { revision } = written;
  for (const [who, move] of [
    [editor, 'submit'],
    [reviewer, 'approve'],
    [reviewer, 'publish'],
  ] as const) {
    const moved = await who.post<{ revision: number }>(`/v1/knowledge/${entry.id}/versions/1/moves`, {
      move,
      revision,
    });
    revision = moved.revision;
  }
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

/** Facts reach the books a moment after the talk began: the answer says so, and the key is pressed again. */
const pressed = <T>(what: string, press: () => Promise<T>): Promise<T> => until(what, 15_000, press);

test('found by a citizen’s words, read to him, quoted by one key in the call: answered on the spot with entry and version', {
  timeout: 120_000,
}, async () => {
  const number = '13800139401';
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number });
  const call = await agent.phone.nextCall(15_000);
  await call.answer();
  await town.converse(citizen, call);
  const callId = (await agent.untilState('TALKING', 10_000)).callId ?? '';
  // What he says, not what the water company wrote, and typed in haste.
  const words = encodeURIComponent('屋里水表不动了，哪个来环啊');
  // The worker puts it into the index, and gives way to everybody.
  const { hits } = await until('the entry among the answers', 60_000, async () => {
    const asked = await agent.api.get<Answers>(
      `/v1/knowledge/search?words=${words}&line=12345&callId=${callId}`,
    );
    return asked.hits.some(({ id }) => id === entry.id) ? asked : null;
  });
  const found = hits.slice(0, 5).find(({ id }) => id === entry.id);
  expect(found).toMatchObject({ kind: 'entry', title: ENTRY.question, version: 1 });
  expect(found?.reasons).not.toEqual([]);
  const body = { entryId: found?.id, version: found?.version, message: true };
  const quoted = await pressed('the answer on record', () =>
    agent.api.post<{ id: string; outcome: string; message: string }>(`/v1/calls/${callId}/quotes`, body),
  );
  expect(quoted).toMatchObject({ outcome: 'answeredOnSpot', message: 'queued' });
  // The talk goes on as if nothing had been pressed.
  await town.converse(citizen, call);
  citizen.hangUp();
  await agent.untilState('WRAP_UP', 10_000);
  // Pressed again in the wrap-up it is the same answer.
  expect(await agent.api.post(`/v1/calls/${callId}/quotes`, body)).toMatchObject({ id: quoted.id });
  const detail: CallDetailSeen = await town.callInBooks(number);
  expect(detail).toMatchObject({ id: callId, result: 'answeredByAgent', outcome: 'answeredOnSpot' });
  const { quotes } = await town.lead.get<{ quotes: readonly object[] }>(`/v1/calls/${callId}/quotes`);
  expect(quotes).toMatchObject([
    { entryId: entry.id, entryNumber: entry.number, version: 1, answer: ENTRY.answer, retractedAt: null },
  ]);
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(await town.lead.get(`/v1/reports/knowledge?from=${day}&to=${day}`)).toMatchObject({
    ...{ answered: 1, onSpot: 1, withEntry: 1, tickets: 0, onSpotRate: 100, quotes: 1 },
    mostAsked: [{ id: entry.id, version: 1, times: 1 }],
  });
});

test('a critical notice that comes in the talk leaves it alone, and holds the agent back after it until he has read it', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800139402' });
  const call = await agent.phone.nextCall(15_000);
  await call.answer();
  await town.converse(citizen, call);
  const notice = await town.lead.post<{ id: string }>('/v1/knowledge-notices', {
    ...{ title: '停水口径', text: '城东今晚停水，恢复时间以供水公司通知为准。', critical: true },
  });
  await town.converse(citizen, call);
  citizen.hangUp();
  await agent.untilState('WRAP_UP', 10_000);
  await agent.next();
  expect(await agent.untilState('NOT_READY', 10_000)).toMatchObject({ reason: 'noticeUnread' });
  await expect(agent.api.post('/v1/agents/me/ready')).rejects.toThrow('knowledge.noticeUnread');
  await agent.api.post(`/v1/knowledge-notices/${notice.id}/receipt`);
  await agent.untilState('READY', 10_000);
});
