import { expect, test } from 'vitest';
import { checkList } from '../../../src/domain/codes/check.ts';
import { errorsOf, facts, NO_USE, saidOf, term, ways } from './lists.ts';

const BASE = [
  term('urban'),
  term('urban.light', '路灯', 'urban'),
  term('urban.park', '停车', 'urban'),
  term('water'),
];
const draft = (terms = BASE, ...mapping: string[]) => ({ terms, mapping: ways(...mapping) });

test('a list that goes on as it was, or grows, has no fault', () => {
  expect(saidOf(facts({ base: BASE, draft: draft() }))).toEqual([]);
  expect(saidOf(facts({ base: BASE, draft: draft([...BASE, term('gas')]) }))).toEqual([]);
});

test('one to one, split and merged: each old code says what it became', () => {
  const next = [
    term('city'),
    term('city.light', '路灯', 'city'),
    term('city.sign', '标牌', 'city'),
    term('supply'),
  ];
  const mapped = [
    'urban > city',
    'urban.light > city.light*',
    'urban.light > city.sign',
    'urban.park > city',
    'water > supply',
  ];
  expect(saidOf(facts({ base: BASE, draft: draft(next, ...mapped) }))).toEqual([]);
  const without = mapped.map((one) => one.replace('*', ''));
  expect(errorsOf(facts({ base: BASE, draft: draft(next, ...without) }))).toEqual(['mainMissing']);
  const both = [...mapped.filter((one) => !one.includes('sign')), 'urban.light > city.sign*'];
  expect(errorsOf(facts({ base: BASE, draft: draft(next, ...both) }))).toEqual(['mainMissing']);
});

test('what is in use ends only with a successor; what only old tickets bear may stand by itself', () => {
  const less = BASE.filter(({ code }) => code !== 'water');
  const used = (use: Partial<typeof NO_USE>) =>
    facts({ base: BASE, draft: draft(less), uses: new Map([['water', { ...NO_USE, ...use }]]) });
  for (const use of ['openTickets', 'entries', 'knowledge', 'places', 'limits'] as const) {
    expect(saidOf(used({ [use]: 2 })), use).toEqual(['error endedInUse']);
  }
  expect(saidOf(used({ allTickets: 7 }))).toEqual(['warning endedUnmapped']);
  expect(saidOf(used({}))).toEqual([]);
  const [found] = checkList(used({ openTickets: 2, entries: 1 }));
  expect(found?.message.zh).toBe('water（名water）停用而没有沿革，仍在使用：在办工单 2，派单目录条目 1');
  expect(found?.cure.en).toBe('Say which new code it becomes');
});

test('a code keeps its meaning: another name needs a word that it is the same, and a circle is refused', () => {
  const renamed = BASE.map((one) => (one.code === 'water' ? term('water', '殡葬') : one));
  expect(errorsOf(facts({ base: BASE, draft: draft(renamed) }))).toEqual(['codeReused']);
  expect(errorsOf(facts({ base: BASE, draft: draft(renamed, 'water > water') }))).toEqual([]);
  // Became another code, and stands all the same.
  expect(errorsOf(facts({ base: BASE, draft: draft(BASE, 'water > urban') }))).toEqual(['codeReused']);
  expect(errorsOf(facts({ base: BASE, draft: draft(BASE, 'water > water*', 'water > urban') }))).toEqual([]);
  const swapped = draft(BASE, 'urban.light > urban.park', 'urban.park > urban.light');
  expect(errorsOf(facts({ base: BASE, draft: swapped }))).toContain('mappingCircle');
  // It stood years ago, under another name.
  const again = draft([...BASE, term('gas', '燃气')]);
  expect(errorsOf(facts({ base: BASE, draft: again, earlier: new Map([['gas', '煤球']]) }))).toEqual([
    'codeReused',
  ]);
  expect(errorsOf(facts({ base: BASE, draft: again, earlier: new Map([['gas', '燃气']]) }))).toEqual([]);
});

test('codes and the tree: malformed, twice, nameless, without a parent, in a circle, too deep', () => {
  const with_ = (...terms: (typeof BASE)[number][]) =>
    errorsOf(facts({ base: BASE, draft: draft([...BASE, ...terms]) }));
  expect(with_(term('有 空格'))).toEqual(['codeInvalid']);
  expect(with_(term('water', '另一个'), term('x'))).toEqual(expect.arrayContaining(['codeTwice']));
  expect(with_(term('x', ' '))).toEqual(['nameMissing']);
  expect(with_(term('x', '路灯', 'urban'))).toEqual(['nameTwice']);
  expect(with_(term('x', '无主', 'nowhere'))).toEqual(['parentUnknown']);
  expect(with_(term('x', '甲', 'y'), term('y', '乙', 'x'))).toEqual(['parentCircle']);
  const deep = Array.from({ length: 7 }, (_, at) =>
    term(`d${at}`, `级${at}`, at === 0 ? null : `d${at - 1}`),
  );
  expect(with_(...deep)).toEqual(['tooDeep']);
  expect(errorsOf(facts({ base: [], draft: draft([]) }))).toEqual(['listEmpty']);
});

test('a mapping from or to nowhere is told with the code that is missing', () => {
  const wrong = facts({
    base: BASE,
    draft: draft(BASE, 'gone > water', 'water > water*', 'water > nowhere'),
  });
  const found = checkList(wrong).filter(({ code }) => code === 'mappingUnknown');
  expect(found.map(({ codes }) => codes)).toEqual([['gone'], ['nowhere']]);
});

test('days: not in the past, not beside another, without a gap', () => {
  const on = (
    validFrom: string,
    last: { validFrom: string; validTo: string | null },
    validTo: string | null = null,
  ) =>
    errorsOf(
      facts({ base: BASE, draft: draft(), days: { validFrom, validTo }, standing: [{ number: 4, ...last }] }),
    );
  const open = { validFrom: '2000-01-01', validTo: null };
  const trial = { validFrom: '2025-01-01', validTo: '2026-12-31' };
  expect(on('2026-11-25', open)).toEqual(['startPassed']);
  expect(on('2026-11-26', open)).toEqual([]);
  expect(on('2026-12-31', trial)).toEqual(['twoInForce']);
  expect(on('2027-01-01', trial)).toEqual([]);
  expect(on('2027-01-03', trial)).toEqual(['gapInTime']);
  expect(on('2026-12-01', { validFrom: '2026-12-01', validTo: null })).toEqual(['twoInForce']);
  expect(on('2026-12-10', open, '2026-12-09')).toEqual(['twoInForce']);
});

test('a file of another list is recognised by its codes', () => {
  const areas = ['juegang', 'chahe', 'matang', 'fengli'];
  const others = new Map([
    ['category', new Set(BASE.map(({ code }) => code))],
    ['area', new Set(areas)],
  ]);
  const asked = facts({ base: BASE, draft: draft(areas.map((code) => term(code))), others });
  expect(errorsOf(asked)).toContain('wrongList');
  expect(checkList(asked).find(({ code }) => code === 'wrongList')?.cure.zh).toBe('把文件导入“区域”');
});

test('most of a list gone without a word is a part that was taken for the whole', () => {
  const many = Array.from({ length: 12 }, (_, at) => term(`c${at}`));
  expect(saidOf(facts({ base: many, draft: draft(many.slice(0, 3)) }))).toEqual(['warning shrinks']);
});

test('sub-types lie under the fixed types; units say what they are', () => {
  const types = [term('policy', '政策咨询', 'ENQUIRY'), term('odd', '怪', 'WISH')];
  expect(errorsOf(facts({ list: 'type', base: [], draft: draft(types) }))).toEqual(['parentUnknown']);
  expect(errorsOf(facts({ list: 'type', base: [], draft: draft([term('x', '其他事项', 'OTHER')]) }))).toEqual(
    [],
  );
  const unit = { ...term('water-co', '自来水公司'), unitKind: 'public-utility' };
  expect(
    errorsOf(facts({ list: 'unit', base: [], draft: draft([unit, term('gas-co', '燃气公司')]) })),
  ).toEqual(['unitKindMissing']);
});

test('of somebody else’s list: ours are mapped to it, and those that are not are named', () => {
  const theirs = [term('0101', '市政'), term('0102', '供水')];
  const asked = (...mapping: string[]) =>
    saidOf(facts({ list: 'category@province', base: BASE, draft: draft(theirs, ...mapping) }));
  expect(asked('urban.light > 0101', 'urban.park > 0101', 'water > 0102')).toEqual([]);
  expect(asked('urban.light > 0101', 'urban.park > 0101')).toEqual(['warning notMappedOutside']);
  expect(asked('urban.light > 0199', 'urban.park > 0101', 'water > 0102')).toEqual(['error mappingUnknown']);
});
