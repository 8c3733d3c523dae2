import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tidyContent } from '../../../src/domain/knowledge/entry.ts';
import { unwritable } from '../../../src/domain/knowledge/quoting.ts';
import { currentOf, outdated, standingOf } from '../../../src/domain/knowledge/standing.ts';
import {
  decideVersionMove,
  type Hands,
  openVersionMoves,
} from '../../../src/domain/knowledge/version-move.ts';
import {
  knowledgeDiagram,
  VERSION_STATES,
  VERSION_TRANSITIONS,
  type VersionState,
} from '../../../src/domain/knowledge/version-table.ts';
import { type Actor, ROLES, SYSTEM } from '../../../src/domain/tickets/ticket.ts';
import { content } from './entries.ts';

const NOBODY: Hands = { authorId: null, submittedBy: null, publishedBy: null };
const person = (accountId: string, roles: Actor['roles'], unitCode: string | null = null): Actor => ({
  accountId,
  roles,
  unitCode,
});
const editor = person('editor', ['unit'], 'housing');
const ask = (
  move: Parameters<typeof decideVersionMove>[0]['move'],
  from: VersionState | null,
  actor: Actor,
  over: { hands?: Partial<Hands>; reason?: string } = {},
) =>
  decideVersionMove({
    ...{ move, from, actor, ownerUnit: 'housing', reason: over.reason ?? '已核对文件' },
    hands: { ...NOBODY, ...over.hands },
  });

test('every state can be reached, and each pair of move and state stands once', () => {
  const reached = new Set(VERSION_TRANSITIONS.map(({ to }) => to));
  expect([...reached].sort()).toEqual([...VERSION_STATES].sort());
  const pairs = VERSION_TRANSITIONS.map(({ move, from }) => `${move} ${from}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  expect(knowledgeDiagram()).toContain('inCheck --> approved: approve');
});

test('what is open to somebody is what would be done for him, or by another because he had a part in it', () => {
  const open = (from: VersionState, actor: Actor, hands: Partial<Hands> = {}) =>
    openVersionMoves({ from, actor, ownerUnit: 'housing', hands: { ...NOBODY, ...hands } });
  const moves = (of: ReturnType<typeof open>) =>
    of.map(({ move, byAnother }) => `${move}${byAnother ? '*' : ''}`);
  expect(moves(open('draft', editor))).toEqual(['submit', 'withdraw']);
  expect(moves(open('inCheck', person('r', ['reviewer'])))).toEqual(['approve', 'giveBack']);
  expect(moves(open('inCheck', person('r', ['operator']), { authorId: 'r' }))).toEqual([
    ...['recall', 'approve*', 'giveBack', 'publishAtOnce'],
  ]);
  expect(open('draft', person('other', ['unit'], 'water'))).toEqual([]);
  expect(open('replaced', person('r', ['operator', 'lead', 'reviewer']))).toEqual([]);
  for (const { move, from, reason } of VERSION_TRANSITIONS) {
    if (from === null) continue;
    for (const role of ROLES) {
      const actor = person('somebody', [role], role === 'unit' ? 'housing' : null);
      const found = open(from, actor).find((one) => one.move === move);
      const decided = ask(move, from, actor);
      if (found !== undefined) expect(found).toEqual({ move, reason, byAnother: false, ...decided });
    }
  }
});

test('every edge is walked by who may, and refused to everybody else', () => {
  for (const { move, from, to, by } of VERSION_TRANSITIONS) {
    for (const role of ROLES) {
      const actor = person('somebody', [role], role === 'unit' ? 'housing' : null);
      expect(ask(move, from, actor), `${move} ${from} ${role}`).toEqual(
        by.includes(role) ? { to } : { refusal: 'knowledge.moveForbidden' },
      );
    }
  }
});

test('what is in no row is impossible', () => {
  for (const from of VERSION_STATES) {
    for (const { move } of VERSION_TRANSITIONS) {
      const known = VERSION_TRANSITIONS.some((edge) => edge.move === move && edge.from === from);
      if (!known) expect(ask(move, from, SYSTEM)).toEqual({ refusal: 'knowledge.moveImpossible' });
    }
  }
});

test('nobody approves what he wrote or submitted, nor looks afterwards at what he published at once', () => {
  const operator = person('op', ['operator']);
  expect(ask('approve', 'inCheck', operator, { hands: { authorId: 'op' } })).toEqual({
    refusal: 'knowledge.ownWords',
  });
  expect(ask('approve', 'inCheck', operator, { hands: { submittedBy: 'op' } })).toEqual({
    refusal: 'knowledge.ownWords',
  });
  expect(ask('confirm', 'emergency', operator, { hands: { publishedBy: 'op' } })).toEqual({
    refusal: 'knowledge.ownWords',
  });
  expect(
    ask('approve', 'inCheck', operator, { hands: { authorId: 'editor', submittedBy: 'editor' } }),
  ).toEqual({
    to: 'approved',
  });
});

test('a unit writes its own and nobody else’s, and approves nothing, whatever roles its people have beside', () => {
  expect(ask('write', null, editor)).toEqual({ to: 'draft' });
  expect(ask('submit', 'draft', person('x', ['unit'], 'water'))).toEqual({ refusal: 'knowledge.otherUnit' });
  const both = person('x', ['unit', 'operator', 'lead'], 'housing');
  expect(ask('approve', 'inCheck', both)).toEqual({ refusal: 'knowledge.moveForbidden' });
  expect(ask('publish', 'approved', both)).toEqual({ refusal: 'knowledge.moveForbidden' });
  expect(ask('write', null, person('x', ['unit', 'agent'], null))).toEqual({
    refusal: 'knowledge.moveForbidden',
  });
});

test('without a reason nothing is given back, published at once or withdrawn', () => {
  const lead = person('lead', ['lead']);
  for (const [move, from] of [
    ['giveBack', 'inCheck'],
    ['publishAtOnce', 'draft'],
    ['withdraw', 'published'],
  ] as const) {
    expect(ask(move, from, lead, { reason: '  ' })).toEqual({ refusal: 'knowledge.reasonMissing' });
  }
});

const version = (
  number: number,
  state: VersionState,
  validFrom = '2026-01-01',
  validTo: string | null = null,
) => ({
  number,
  state,
  validFrom,
  validTo,
});

test('a version stands from its first day to its last, whether or not anybody marked it', () => {
  const one = version(1, 'published', '2026-03-01', '2026-03-31');
  expect(standingOf(one, '2026-02-28')).toBe('notYet');
  expect(standingOf(one, '2026-03-01')).toBe('stands');
  expect(standingOf(one, '2026-03-31')).toBe('stands');
  expect(standingOf(one, '2026-04-01')).toBe('expired');
  expect(standingOf({ ...one, state: 'withdrawn' }, '2026-03-15')).toBe('withdrawn');
  expect(standingOf({ ...one, state: 'approved' }, '2026-03-15')).toBe('unpublished');
});

test('what was told may be written while its days last, also when other words took its place; withdrawn it may not', () => {
  const one = { state: 'published', validFrom: '2026-03-01', validTo: '2026-03-31' } as const;
  expect(unwritable(one, '2026-03-31')).toBe(null);
  expect(unwritable(one, '2026-04-01')).toBe('expired');
  expect(unwritable({ ...one, state: 'replaced' }, '2026-03-31')).toBe(null);
  expect(unwritable({ ...one, state: 'replaced' }, '2026-04-01')).toBe('expired');
  expect(unwritable({ ...one, state: 'expired', validTo: null }, '2026-03-15')).toBe('expired');
  expect(unwritable({ ...one, state: 'withdrawn' }, '2026-04-01')).toBe('withdrawn');
});

test('what is published for a day to come leaves what is told until then', () => {
  const versions = [version(1, 'published'), version(2, 'published', '2027-01-01')];
  expect(currentOf(versions, '2026-12-31')?.number).toBe(1);
  expect(outdated(versions, '2026-12-31')).toEqual([]);
  expect(currentOf(versions, '2027-01-01')?.number).toBe(2);
  expect(outdated(versions, '2027-01-01')).toEqual([{ version: versions[0], move: 'replace' }]);
});

const days = fc
  .integer({ min: 0, max: 60 })
  .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
const anyVersions = fc
  .array(fc.record({ state: fc.constantFrom(...VERSION_STATES), validFrom: days, validTo: fc.option(days) }))
  .map((rows) => rows.map((row, index) => ({ ...row, number: index + 1 })));

test('property: what is told was published, is within its days, and no later such version stands', () => {
  fc.assert(
    fc.property(anyVersions, days, (versions, day) => {
      const current = currentOf(versions, day);
      const standing = versions.filter((one) => standingOf(one, day) === 'stands');
      expect(current?.number ?? null).toBe(
        standing.length === 0 ? null : Math.max(...standing.map((one) => one.number)),
      );
      // Marking changes nothing of what is told, and once is enough.
      const marked = new Map(outdated(versions, day).map(({ version: one, move }) => [one.number, move]));
      const after = versions.map((one) => {
        const move = marked.get(one.number);
        return move === undefined
          ? one
          : { ...one, state: move === 'expire' ? ('expired' as const) : ('replaced' as const) };
      });
      expect(currentOf(after, day)?.number).toBe(current?.number);
      expect(outdated(after, day)).toEqual([]);
    }),
  );
});

test('an answer of which nobody sees anything is none', () => {
  for (const blank of ['', ' \n', '\u200b', '\u3000\u00a0\ufeff', '\u2060\u00ad', '\u3164', '\u2800']) {
    for (const field of ['question', 'answer'] as const)
      expect(tidyContent(content({ [field]: blank })), JSON.stringify(blank)).toEqual({
        fault: { code: 'knowledge.textMissing', data: { field } },
      });
  }
  expect(tidyContent(content({ question: '？', answer: '0' }))).toHaveProperty('content');
});

test('what is optional is empty where nobody would see anything of it: the public reads the answer then', () => {
  for (const blank of ['\u200b', '\u3164', ' \u2800\n', '\u115f\ufe0f']) {
    const optional = { message: blank, publicText: blank, internalText: blank, otherWays: [blank, '怎么提'] };
    expect(tidyContent(content(optional)), JSON.stringify(blank)).toMatchObject({
      content: { message: '', publicText: '', internalText: '', otherWays: ['怎么提'] },
    });
  }
});

test('content is kept trimmed and each thing once; what cannot be kept is told by its field', () => {
  const tidy = tidyContent(content({ question: '  公积金\n怎么取 ', otherWays: ['怎么提', ' 怎么提 ', ''] }));
  expect(tidy).toMatchObject({ content: { question: '公积金 怎么取', otherWays: ['怎么提'] } });
  expect(tidyContent(content({ answer: ' \u0000 ' }))).toEqual({
    fault: { code: 'knowledge.textMissing', data: { field: 'answer' } },
  });
  expect(tidyContent(content({ message: '一'.repeat(261) }))).toEqual({
    fault: { code: 'knowledge.textTooLong', data: { field: 'message', length: 261, max: 260 } },
  });
  expect(tidyContent(content({ validFrom: '2026-02-01', validTo: '2026-01-31' }))).toMatchObject({
    fault: { code: 'knowledge.datesReversed' },
  });
  expect(tidyContent(content({ categories: [] }))).toMatchObject({
    fault: { data: { field: 'categories' } },
  });
});
