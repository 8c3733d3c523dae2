import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretMint } from '../../../src/adapters/passwords/mint.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { ticketNoticeBooks } from '../../../src/adapters/pg/ticket-notices.ts';
import { visitLinkBooks } from '../../../src/adapters/pg/visit-links.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import { answerVisitLink, readVisitLink } from '../../../src/app/visits/answer-visit-link.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import { sendVisitLinks } from '../../../src/app/visits/send-visit-links.ts';
import type { VisitAnswers } from '../../../src/domain/callbacks/visit-answers.ts';
import type { Appeal } from '../../../src/domain/tickets/opening.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { type County, freshCounty } from './county.ts';
import * as visited from './visited.ts';

// Who was tried in vain answers the visit by a link (G2).

const PAGE = 'https://12345.example.cn/v';
const FINE: VisitAnswers = { resolved: true, result: 5, process: 4, words: '' };
const POOR: VisitAnswers = { resolved: false, result: 1, process: 2, words: '灯还是不亮' };
let county: County;
let now: number;
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

const deps = () => ({
  ...visited.visitDeps(county, () => now),
  messages: messageBooks(county.db),
  visitLinks: visitLinkBooks(county.db),
  mint: secretMint,
  page: PAGE,
});
const at = (local: string) => {
  now = Date.parse(`${local}+08:00`);
};
const send = () => sendVisitLinks(deps())();
const read = async (id: string) =>
  (await deps().tickets.detail(id, sightOf(county.lead))) ?? expect.fail('gone');
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const written = async (ticketId: string) =>
  (
    await county.db.query<{ text: string }>(
      `select text from citizen_messages where kind = 'visitLink' and subject_id = $1`,
      [ticketId],
    )
  ).rows.map(({ text }) => text);
/** Tried three times on two days, in the morning and in the afternoon; the last time at this moment. */
async function triedInVain(over: Partial<Appeal> = {}): Promise<string> {
  at('2026-09-21T09:00:00');
  const { id } = await visited.toVisit(county, () => now, {
    citizenNumber: '13912345678',
    anonymous: false,
    ...over,
  });
  for (const when of ['2026-09-21T10:00:00', '2026-09-21T15:00:00', '2026-09-22T10:00:00']) {
    expect(await send()).toBe(0);
    at(when);
    const { version } = await read(id);
    await recordVisit(deps())({
      ...{ tickets: [{ id, version, answers: null }], outcome: 'noAnswer', callAgainAt: null },
      actor: county.lead,
    });
  }
  return id;
}
async function linked(): Promise<{ readonly id: string; readonly token: string }> {
  const id = await triedInVain();
  const both = await Promise.all([send(), send()]);
  expect(both.reduce((sum, n) => sum + n, 0)).toBe(1);
  const [text = '', more] = await written(id);
  expect(more).toBeUndefined();
  return { id, token: text.match(/#(\S+)/)?.[1] ?? expect.fail(text) };
}

test('after the tries without an answer he is written a link once; his answers are those of any visit, once', async () => {
  const { id, token } = await linked();
  const { number, timeline } = await read(id);
  expect(await written(id)).toEqual([expect.stringContaining(`编号${number}`)]);
  expect(timeline.at(-1)).toMatchObject({ type: 'visitLinkSent', actor: null });
  // Neither the table nor the time line tells what opens it.
  const { rows } = await county.db.query('select * from visit_links where ticket_id = $1', [id]);
  expect(JSON.stringify([rows, timeline])).not.toContain(token);
  expect(await readVisitLink(deps())(token)).toMatchObject({ ticketNumber: number });
  expect(await code(answerVisitLink(deps())(`${token}x`, FINE))).toBe('visitLink.unknown');

  const both = await Promise.all([
    code(answerVisitLink(deps())(token, FINE)),
    code(answerVisitLink(deps())(token, POOR)),
  ]);
  expect(both.toSorted()).toEqual(['done', 'visitLink.used']);
  expect(['closed', 'handling']).toContain((await read(id)).state);
  expect(await code(readVisitLink(deps())(token))).toBe('visitLink.used');
});

test('who is not content gets it done again, and the next visit is another: the old link opens nothing', async () => {
  const { id, token } = await linked();
  await answerVisitLink(deps())(token, POOR);
  const after = await read(id);
  expect(after.state).toBe('handling');
  expect(after.timeline.findLast(({ type }) => type === 'rework')).toMatchObject({
    reason: '链接回访：未解决，结果非常不满意，过程不满意；灯还是不亮',
    actor: null,
  });
  const { rows } = await county.db.query(
    'select outcome, by, resolved from visit_attempts where ticket_id = $1 and link_id is not null',
    [id],
  );
  expect(rows).toEqual([{ outcome: 'answered', by: null, resolved: false }]);
  expect(await code(answerVisitLink(deps())(token, FINE))).toBe('visitLink.used');
});

test('a visit that ended meanwhile, and seven days, end the link; the clerk may still give it up', async () => {
  const { id, token } = await linked();
  const { version } = await read(id);
  await recordVisit(deps())({
    ...{ tickets: [{ id, version, answers: null }], outcome: 'givenUp', callAgainAt: null },
    actor: county.lead,
  });
  expect((await read(id)).state).toBe('closed');
  expect(await code(answerVisitLink(deps())(token, FINE))).toBe('visitLink.over');

  const other = await linked();
  now += 7 * 86_400_000;
  expect(await code(answerVisitLink(deps())(other.token, FINE))).toBe('visitLink.over');
  expect((await read(other.id)).state).toBe('returnVisit');
});

test('a link that waits for its hour is not sent any more when he was heard meanwhile', async () => {
  const { id } = await linked();
  const { version } = await read(id);
  const tell = () =>
    tellTicketSteps({ ...deps(), ticketNotices: ticketNoticeBooks(county.db), settleMs: 0 })();
  const state = async () =>
    (
      await county.db.query<{ state: string }>(
        `select state from citizen_messages where kind = 'visitLink' and subject_id = $1`,
        [id],
      )
    ).rows.map((row) => row.state);
  now += 60_000;
  while ((await tell()) > 0);
  expect(await state()).toEqual(['pending']);
  await recordVisit(deps())({
    ...{ tickets: [{ id, version, answers: FINE }], outcome: 'answered', callAgainAt: null },
    actor: county.lead,
  });
  now += 60_000;
  while ((await tell()) > 0);
  expect(await state()).toEqual(['cancelled']);
});

test('nobody is written to who is anonymous or has no mobile telephone, and who was written to is not again', async () => {
  const { id: fixed } = { id: await triedInVain({ citizenNumber: '051384110001' }) };
  expect(await send()).toBe(0);
  expect(await written(fixed)).toEqual([]);
  const hidden = await triedInVain({ anonymous: true });
  expect(await send()).toBe(0);
  expect(await written(hidden)).toEqual([]);
});
