import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedFacts } from '../../../src/domain/circulars/changed-facts.ts';
import {
  CIRCULAR_MOVES,
  CIRCULAR_STATES,
  decideCircular,
  signatoryFault,
} from '../../../src/domain/circulars/circular-table.ts';
import {
  changedFigures,
  FACT_KINDS,
  FACTS,
  type FactRow,
  figureId,
  figuresOf,
} from '../../../src/domain/circulars/figures.ts';
import { nextReminder, REMINDERS_AT_MOST } from '../../../src/domain/circulars/receipts.ts';
import {
  draftText,
  personalParagraphs,
  rendered,
  typedNumbers,
  unknownFigures,
} from '../../../src/domain/circulars/wording.ts';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { USUAL_NOTICE_HOURS } from '../../../src/domain/deadlines/notice-hours.ts';
import { circularText } from '../../../src/domain/messages/circular-notices.ts';
import { TEXT_MAX } from '../../../src/domain/messages/kinds.ts';
import { type Actor, ROLES, type Role, SYSTEM } from '../../../src/domain/tickets/ticket.ts';

const actor = (role: Role, over: Partial<Actor> = {}): Actor =>
  role === 'system' ? SYSTEM : { accountId: role, roles: [role], unitCode: null, ...over };

test('every edge is walked by the roles that may and by nobody else, never by somebody of a unit', () => {
  for (const { move, from, to, by } of CIRCULAR_MOVES) {
    for (const role of ROLES) {
      const asked = {
        move,
        from,
        actor: actor(role),
        writers: ['somebody'],
        signatory: role,
        reason: '有误',
      };
      const may = (by as readonly Role[]).includes(role);
      expect(decideCircular(asked), `${move} ${role}`).toEqual(
        may ? { to } : { refusal: 'circular.moveForbidden' },
      );
      if (!may || role === 'system') continue;
      expect(decideCircular({ ...asked, actor: actor(role, { unitCode: 'water' }) })).toEqual({
        refusal: 'circular.ownUnit',
      });
    }
  }
  for (const { move } of CIRCULAR_MOVES) {
    for (const from of [null, ...CIRCULAR_STATES]) {
      if (CIRCULAR_MOVES.some((one) => one.move === move && one.from === from)) continue;
      const asked = { move, from, actor: actor('lead'), writers: [], signatory: 'lead', reason: '有误' };
      expect(decideCircular(asked)).toEqual({ refusal: 'circular.moveImpossible' });
    }
  }
});

test('the signature is the named one’s, who wrote no word of it; nor does a writer take back what was sent', () => {
  const sign = (who: string, writers: readonly string[], signatory: string | null) =>
    decideCircular({
      ...{ move: 'sign', from: 'submitted', actor: actor('lead', { accountId: who }), reason: '' },
      ...{ writers, signatory },
    });
  expect(sign('b', ['a'], 'b')).toEqual({ to: 'sent' });
  expect(sign('b', ['a'], 'c')).toEqual({ refusal: 'circular.notSignatory' });
  expect(sign('b', ['a', 'b'], 'b')).toEqual({ refusal: 'circular.ownWork' });
  const back = {
    move: 'sendBack',
    from: 'submitted',
    writers: ['b'],
    signatory: 'b',
    reason: '数字不对',
  } as const;
  expect(decideCircular({ ...back, actor: actor('lead', { accountId: 'b' }) })).toEqual({ to: 'draft' });
  const take = { move: 'withdraw', from: 'sent', writers: ['a'], signatory: 'b', reason: '有误' } as const;
  expect(decideCircular({ ...take, actor: actor('lead', { accountId: 'a' }) })).toEqual({
    refusal: 'circular.ownWork',
  });
  expect(decideCircular({ ...take, reason: ' ', actor: actor('lead', { accountId: 'c' }) })).toEqual({
    refusal: 'circular.reasonMissing',
  });
  const account = { id: 'b', roles: ['lead'], unitCode: null, disabled: false };
  expect(signatoryFault(account, ['a'])).toBeNull();
  expect(signatoryFault(account, ['a', 'b'])).toBe('circular.ownWork');
  for (const unfit of [
    null,
    { ...account, disabled: true },
    { ...account, unitCode: 'water' },
    { ...account, roles: ['operator'] },
  ]) {
    expect(signatoryFault(unfit, [])).toBe('circular.signatoryUnfit');
  }
});

const UNITS = ['water', 'power', 'lighting'];
const anyRows = fc.array(
  fc.record({
    kind: fc.constantFrom(...FACT_KINDS),
    unitCode: fc.constantFrom(...UNITS),
    ticketId: fc.uuid(),
    subjectId: fc.uuid(),
    subjectNumber: fc.constant('RD20261125-000123'),
    at: fc.integer({ min: 0, max: 1e12 }),
  }),
  { maxLength: 60 },
);

test('a figure is the number of its rows, all units together are the sum, and the same books count the same', () => {
  fc.assert(
    fc.property(anyRows, (rows: readonly FactRow[]) => {
      const figures = figuresOf(rows, FACT_KINDS, UNITS);
      const count = new Map(figures.map((one) => [one.id, one.count]));
      for (const kind of FACT_KINDS) {
        const own = UNITS.map((unit) => count.get(figureId(kind, unit)) ?? expect.fail('missing'));
        expect(count.get(figureId(kind, null))).toBe(own.reduce((sum, n) => sum + n, 0));
        expect(count.get(figureId(kind, null))).toBe(rows.filter((row) => row.kind === kind).length);
      }
      expect(changedFigures(figures, figuresOf([...rows].reverse(), FACT_KINDS, UNITS))).toEqual([]);
    }),
  );
  const [row] = fc.sample(
    anyRows.filter((rows) => rows.length > 0),
    1,
  );
  const one = (row ?? []).slice(0, 1);
  const changed = changedFigures(figuresOf([], FACT_KINDS, UNITS), figuresOf(one, FACT_KINDS, UNITS));
  expect(changed.map(({ before, after }) => [before, after])).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(changedFigures([], [{ id: 'overdue.all', kind: 'overdue', unitCode: null, count: 0 }])).toEqual([
    { id: 'overdue.all', before: null, after: 0 },
  ]);
});

test('two counts are the same when each thing in them is, in whatever order; every difference is named', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 30 }), fc.nat(), (ids, nth) => {
      const rows = ids.map(
        (subjectId, n): FactRow => ({
          ...{ kind: 'overdue', unitCode: UNITS[n % 3] ?? '', ticketId: subjectId, subjectId },
          ...{ subjectNumber: `n${n}`, at: 1000 * n },
        }),
      );
      // Read back from the books a time may differ by its rounding.
      const again = [...rows].reverse().map((row) => ({ ...row, at: row.at + 0.4 }));
      expect(changedFacts(rows, again)).toEqual([]);
      const [one] = rows.slice(nth % Math.max(1, rows.length));
      if (one === undefined) return;
      const { subjectId, at, ...named } = one;
      const without = rows.filter((row) => row !== one);
      expect(changedFacts(rows, without)).toEqual([{ ...named, change: 'gone' }]);
      expect(changedFacts(without, rows)).toEqual([{ ...named, change: 'new' }]);
      expect(changedFacts(rows, [...without, { ...one, at: at + 1 }])).toEqual([
        { ...named, change: 'moved' },
      ]);
      // Another in its place: no figure changes, and the circular is another.
      const swapped = [...without, { ...one, subjectId: 'another', subjectNumber: 'x' }];
      expect(
        changedFigures(figuresOf(rows, FACT_KINDS, UNITS), figuresOf(swapped, FACT_KINDS, UNITS)),
      ).toEqual([]);
      expect(changedFacts(rows, swapped).map(({ change }) => change)).toEqual(['gone', 'new']);
    }),
  );
});

test('the draft says nothing that no figure says, names no unit without fault, and reads as Chinese', () => {
  const units = UNITS.map((code) => ({ code, name: `${code}公司` }));
  fc.assert(
    fc.property(anyRows, (rows: readonly FactRow[]) => {
      const figures = figuresOf(rows, FACT_KINDS, UNITS);
      const text = draftText({ from: '2026-10-01', to: '2026-10-31', kinds: FACT_KINDS, units, figures });
      expect(typedNumbers(text)).toEqual([]);
      expect(unknownFigures(text, figures)).toEqual([]);
      const words = rendered(text, figures).paragraphs.join('\n');
      expect(words).not.toMatch(/[{}]|undefined|(?<!\d)0[件次]/);
      for (const { code, name } of units) {
        expect(words.includes(name)).toBe(rows.some((row) => row.unitCode === code));
      }
    }),
  );
  const row: FactRow = {
    ...{ kind: 'overdue', unitCode: 'water', ticketId: 't', subjectId: 's', subjectNumber: 'n', at: 0 },
  };
  const figures = figuresOf(
    [row, { ...row, unitCode: 'power' }, { ...row, unitCode: 'power' }],
    ['overdue'],
    UNITS,
  );
  const text = draftText({ from: '2026-12-30', to: '2027-01-02', kinds: ['overdue'], units, figures });
  expect(text.title).toBe('关于2026年12月30日至2027年1月2日诉求办理督办情况的通报');
  expect(rendered(text, figures).paragraphs).toEqual([
    '现将2026年12月30日至2027年1月2日热线诉求办理的督办情况通报如下。',
    '一、总体情况',
    '期间超期工单3件。',
    '二、存在问题的单位',
    'power公司：超期工单2件。',
    'water公司：超期工单1件。',
    '三、有关要求',
    '请上述单位查明原因，逐件整改，自收到本通报之日起3个工作日内书面反馈。',
  ]);
  expect(FACT_KINDS.every((kind) => FACTS[kind].formula !== '' && FACTS[kind].source !== '')).toBe(true);
});

test('a number that somebody types is shown as his own word; a figure that there is not is named; a telephone is found', () => {
  const figures = figuresOf([], ['overdue'], UNITS);
  const text = {
    ...{ title: '通报', addressee: '各单位', copies: [] },
    paragraphs: [
      '超期{overdue.water}件，比上月多12件，占３０％。',
      '自收到之日起3个工作日内，逐一整改5个问题。',
      '{overdue.gas}件，{late.water}件',
    ],
  };
  expect(typedNumbers(text)).toEqual([
    { paragraph: 0, words: '12件' },
    { paragraph: 0, words: '３０％' },
    { paragraph: 1, words: '5个' },
  ]);
  expect(unknownFigures(text, figures)).toEqual(['overdue.gas', 'late.water']);
  expect(personalParagraphs(text)).toEqual([]);
  expect(
    personalParagraphs({ ...text, title: '关于13912345678的通报', paragraphs: ['一', '电13912345678'] }),
  ).toEqual([-1, 1]);
  expect(
    personalParagraphs({ ...text, paragraphs: ['工单RD20261125-000123、督办RDDB20261125-0001'] }),
  ).toEqual([]);
});

test('who has not read it is asked at the ends of three working days, never on a day off, then the hotline is told', () => {
  const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
  const at = (iso: string): number => Date.parse(`${iso}+08:00`);
  // A Friday afternoon before the National Day of 2026.
  const sent = at('2026-09-30T16:00:00');
  const next = Array.from({ length: REMINDERS_AT_MOST + 2 }, (_, n) =>
    nextReminder(sent, n, calendar, USUAL_NOTICE_HOURS),
  );
  expect(next.map((one) => one?.kind ?? null)).toEqual(['remind', 'remind', 'remind', 'alarm', null]);
  const days = next.flatMap((one) =>
    one === null ? [] : [new Date(one.at + 8 * 3_600_000).toISOString().slice(0, 10)],
  );
  expect(days).toEqual(['2026-10-08', '2026-10-09', '2026-10-10', '2026-10-12']);
});

test('a unit is written the paper’s number and nothing of what stands in it', () => {
  const sender = { municipality: '如东县', mainNumber: '12345' };
  const number = '如东热线通〔2026〕3号';
  const texts = [
    circularText({ kind: 'sent' }, number, sender),
    circularText({ kind: 'corrects', former: '如东热线通〔2026〕2号' }, number, sender),
    circularText({ kind: 'correctedBy', number: '如东热线通〔2026〕4号' }, number, sender),
    circularText({ kind: 'unread' }, number, sender),
    circularText({ kind: 'withdrawn' }, number, sender),
  ];
  expect(new Set(texts).size).toBe(5);
  for (const text of texts) {
    expect(text).toContain(`【如东县12345】`);
    expect(text).toContain(number);
    expect([...text].length).toBeLessThanOrEqual(TEXT_MAX);
  }
});
