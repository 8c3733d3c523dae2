import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasIdCardChecksum, hasLuhnChecksum } from '../../../src/domain/privacy/checksums.ts';
import { maskedWords } from '../../../src/domain/privacy/masked.ts';
import { findPersonalData, type PersonalKind } from '../../../src/domain/privacy/personal-data.ts';

const found = (text: string, citizen = { name: '', number: '' }): readonly [PersonalKind, string][] =>
  findPersonalData(text, citizen).map(({ kind, from, to }) => [kind, text.slice(from, to)]);

test.each<[string, readonly [PersonalKind, string][]]>([
  ['身份证11010519491231002X已核对', [['idCard', '11010519491231002X']]],
  ['身份证 110105 19491231 002x', [['idCard', '110105 19491231 002x']]],
  ['单号110105194912310021', []],
  ['编号110105194913310021', []],
  [
    '请拨13800138000或138-0013-8000',
    [
      ['mobile', '13800138000'],
      ['mobile', '138-0013-8000'],
    ],
  ],
  ['手机＋８６１３８００１３８０００', [['mobile', '＋８６１３８００１３８０００']]],
  ['咨询0513-84110001', [['landline', '0513-84110001']]],
  ['联系电话：84110001', [['landline', '84110001']]],
  ['已安装84110001块', []],
  ['退款至6222 0212 3456 7894 560？', []],
  ['退款至4111 1111 1111 1111', [['bankCard', '4111 1111 1111 1111']]],
  [
    '苏F12345与苏FD12345停在路口',
    [
      ['plate', '苏F12345'],
      ['plate', '苏FD12345'],
    ],
  ],
  ['住3幢2单元501室', [['address', '3幢2单元501室']]],
  ['余荡村5组12号', [['address', '余荡村5组12号']]],
  ['长江路12号路口的路灯', []],
  ['工单RD20261123-000123已办结，共1638元', []],
])('in "%s"', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test('the citizen is known by his name and number, however his own text spells them', () => {
  const citizen = { name: '张三丰', number: '02-11-99' };
  expect(found('张三丰您好，张先生的问题已处理', citizen)).toEqual([['name', '张三丰']]);
  expect(found('张三您好', { name: '张', number: '' })).toEqual([]);
  expect(found('已致电77712345', { name: '', number: '77712345' })).toEqual([['landline', '77712345']]);
  expect(found('号码17777 7', { name: '', number: '17777 7' })).toEqual([['mobile', '17777 7']]);
});

const idCard = fc
  .tuple(
    fc.integer({ min: 110000, max: 659000 }),
    fc.date({ min: new Date('1900-01-02'), max: new Date('2025-12-30'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([area, born, order]) => {
    const body = `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
    const check = [...'0123456789X'].find((last) => hasIdCardChecksum(body + last));
    return body + check;
  });

test("one wrong digit and it is nobody's identity number", () => {
  fc.assert(
    fc.property(idCard, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      const wrong = (Number(number[at]) + by) % 10;
      expect(hasIdCardChecksum(number)).toBe(true);
      expect(hasIdCardChecksum(number.slice(0, at) + wrong + number.slice(at + 1))).toBe(false);
    }),
  );
});

test('Luhn: exactly one last digit of ten checks', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{14,17}$/), (body) => {
      const good = [...'0123456789'].filter((last) => hasLuhnChecksum(body + last));
      expect(good.length).toBe(/^(\d)\1+$/.test(body) && good.length === 0 ? 0 : 1);
    }),
  );
});

test('findings never overlap and lie within the text; hidden words hide every number and stay as they are', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 8 }),
    idCard,
    fc.constantFrom('13800138000', '0513-84110001', '苏F12345', '4111111111111111', '3幢501室', '村', '电话'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const text = pieces.join('，');
      let before = 0;
      for (const { from, to } of findPersonalData(text)) {
        expect(from).toBeGreaterThanOrEqual(before);
        expect(to).toBeGreaterThan(from);
        before = to;
      }
      expect(before).toBeLessThanOrEqual(text.length);
      const hidden = maskedWords(text);
      expect(hidden).not.toContain('13800138000');
      expect(hidden).not.toContain('4111111111111111');
      expect(maskedWords(hidden)).toBe(hidden);
    }),
  );
});
