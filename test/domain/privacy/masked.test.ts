import { expect, test } from 'vitest';
import { blanked, maskedName, maskedNumber, maskedText } from '../../../src/domain/privacy/masked.ts';

test.each([
  ['13812345678', '138****5678'],
  ['+8613812345678', '+86138****5678'],
  ['051384512345', '051****2345'],
  ['84512345', '8****2345'],
  ['12345', '12345'],
  ['12369', '12369'],
  ['1001', '1001'],
  ['', ''],
])('number %s is shown as %s', (number, shown) => {
  expect(maskedNumber(number)).toBe(shown);
});

test('a masked number never gives back more than seven of its digits, plus the country code', () => {
  for (let length = 7; length <= 20; length += 1) {
    const number = '1234567890'.repeat(2).slice(0, length);
    const shown = maskedNumber(number).replace(/\D/g, '').length;
    expect(shown).toBeLessThanOrEqual(7);
    expect(shown).toBeLessThan(length);
  }
});

test('places are blanked where they were found, as long as they were; blanking twice is blanking once', () => {
  const places = [
    { from: 0, to: 2 },
    { from: 4, to: 6 },
    { from: 7, to: 99 },
  ];
  const once = blanked('张三您好李四住苏州', places);
  expect(once).toBe('**您好**住**');
  expect(blanked(once, places)).toBe(once);
  expect(blanked('张三', [])).toBe('张三');
});

test('a name keeps its first character', () => {
  expect(maskedName('张三')).toBe('张*');
  expect(maskedName('欧阳小明')).toBe('欧***');
  expect(maskedName('')).toBe('');
});

test.each([
  ['008613800138000', '008****8000'],
  ['x13800138000', 'x138****8000'],
  ['138-0013-8000', '138****8000'],
  ['138 0013 8000', '138****8000'],
  ['+86 138 0013 8000', '+86 13****8000'],
  ['+86-138-0013-8000', '+86-13****8000'],
  ['8613800138000', '861****8000'],
  ['agent-13800138000.wav', 'agent-138****8000.wav'],
  ['+8651384512345', '+86513****2345'],
  ['0513-84512345', '051****2345'],
])('in a text, %s is shown as %s', (number, shown) => {
  expect(maskedText(`来电 ${number}，请回`)).toBe(`来电 ${shown}，请回`);
});

test.each([
  '0b6f3a52-1a2b-4c3d-8e4f-a13812345678',
  '0b6f3a52-1a2b-4c3d-8e4f-013812345678.a1',
  'd41d8cd98f00b204e9800998ecf13812345678a0',
  '1763900000000',
  '1763900000123456',
  '1763900000.17',
  '2026-11-23T14:52:12.138001380Z',
  '0.17639000001',
  '10.0.138.1:12345',
  'PJSIP/carrier-00000012',
])('in a text, %s is nobody’s number and stays', (text) => {
  expect(maskedText(`(${text})`)).toBe(`(${text})`);
});

test('numbers inside a sentence are masked, ids and clock values are left alone', () => {
  expect(maskedText('来电 13812345678 与 sip:+8613912345678@10.0.0.1')).toBe(
    '来电 138****5678 与 sip:+86139****5678@10.0.0.1',
  );
  const id = '0b6f3a52-1a2b-4c3d-8e4f-013812345678';
  expect(maskedText(`${id} 1763900000000 12345`)).toBe(`${id} 1763900000000 12345`);
});
