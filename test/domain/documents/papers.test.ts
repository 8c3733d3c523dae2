import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakLines } from '../../../src/domain/documents/line-breaking.ts';
import { dateWords, documentNumber } from '../../../src/domain/documents/official-document.ts';
import {
  citizenOnPaper,
  exportRefusal,
  openedTo,
  wordsOnPaper,
} from '../../../src/domain/documents/reader.ts';
import { STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';

const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x250 ? 0.5 : 1), 0);

test('a document’s number has its issuer, its kind, its year and no noughts', () => {
  expect(documentNumber('taskSheet', '如东县', 2026, 1)).toBe('如东热线任〔2026〕1号');
  expect(documentNumber('supervisionOrder', '南通市', 2026, 12)).toBe('南通热线督〔2026〕12号');
  expect(documentNumber('minutes', '海门区', 2026, 5)).toBe('海门热线纪〔2026〕5号');
  // 沛县 is no 沛.
  expect(documentNumber('circular', '沛县', 2027, 3)).toBe('沛县热线通〔2027〕3号');
  expect(dateWords('2026-01-05')).toBe('2026年1月5日');
});

test('lines join to the text again, none begins with a closing mark, none is wider than a mark hangs over', () => {
  const text = fc.string({
    unit: fc.constantFrom(...'市民反映青园路，。；：“”（）《》、！12345abc-./ 号'),
    maxLength: 200,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), fc.constantFrom(0, 2), (whole, width, indent) => {
      const lines = breakLines(whole, width, widthOf, indent);
      expect(lines.join('')).toBe(whole);
      lines.forEach((line, index) => {
        expect(widthOf(line) + (index === 0 ? indent : 0)).toBeLessThanOrEqual(width + 1);
      });
    }),
  );
  expect(breakLines('一二三四，五', 4, widthOf)).toEqual(['一二三四，', '五']);
  expect(breakLines('一二三（四五）', 4, widthOf)).toEqual(['一二三', '（四五）']);
  expect(breakLines('编号RD20261125-0001办', 6, widthOf)).toEqual(['编号RD202611', '25-0001办']);
  expect(breakLines('共20261125件', 6, widthOf)).toEqual(['共20261125件']);
  expect(breakLines('', 6, widthOf)).toEqual(['']);
});

test('what is confidential leaves the house with its own unit and with those who answer for it', () => {
  const ticket = { confidential: true, listedOnly: false, unit: { code: 'water' } };
  const may = (over: Partial<typeof ticket>, unitCode: string | null = null) =>
    STAFF_ROLES.filter(
      (role) => exportRefusal({ ...ticket, ...over }, { accountId: 'a', roles: [role], unitCode }) === null,
    );
  expect(may({})).toEqual(['lead', 'dispatcher', 'adjudicator', 'supervisor']);
  expect(may({ listedOnly: true })).toEqual(['lead']);
  expect(may({ confidential: false })).toEqual([...STAFF_ROLES]);
  expect(may({}, 'water')).toContain('unit');
  expect(may({}, 'power')).toEqual([]);
  expect(may({ listedOnly: true }, 'water')).toEqual([]);
});

test('who a citizen is stands on paper masked, or in full while a reason holds; of an anonymous one nothing', () => {
  const citizen = { citizenName: '王小明', citizenNumber: '13912345678', anonymous: false };
  expect(citizenOnPaper(citizen, 'nothing')).toEqual({ name: '王**', number: '139****5678' });
  expect(openedTo({ unitCode: null }, false)).toBe('nothing');
  expect(citizenOnPaper(citizen, openedTo({ unitCode: null }, true))).toEqual({
    name: '王小明',
    number: '13912345678',
  });
  // A unit calls him through the platform, and has no number of his (D14).
  expect(citizenOnPaper(citizen, openedTo({ unitCode: 'water' }, true))).toEqual({
    name: '王小明',
    number: '139****5678',
  });
  expect(citizenOnPaper({ ...citizen, anonymous: true }, 'nothing')).toEqual({
    name: '匿名',
    number: '不公开',
  });
  expect(citizenOnPaper({ citizenName: '', citizenNumber: '', anonymous: false }, 'nothing')).toEqual({
    name: '未留姓名',
    number: '未留电话',
  });
  expect(wordsOnPaper('请打13912345678', 'name')).not.toContain('13912345678');
});
