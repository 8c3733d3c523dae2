import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf } from '../../../src/console/elements/csv.ts';
import { parseCsv, serialiseCsv } from '../../../src/domain/hotlines/register/csv.ts';

const cell = fc.string({
  unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\t', '\r', '\n', '\uFEFF', '1', '.', '水'),
});
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });

test('the console writes a table as the server does, and the server reads it as it was', () => {
  fc.assert(
    fc.property(table, (rows) => {
      expect(csvOf(rows)).toBe(`\uFEFF${serialiseCsv(rows)}`);
      expect(parseCsv(csvOf(rows)).map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

test('no cell that is written is a formula; numbers below nought stay numbers, and a telephone with + comes back', () => {
  const cells = ['=cmd|"/c calc"!A1', '+8651384512345', '-2+3', '@SUM(A1)', '\t=1', '\r=1', "'=1"];
  for (const one of cells) expect(serialiseCsv([[one, '']]).replace(/^"/, '')).toMatch(/^'/);
  expect(parseCsv(serialiseCsv([cells]))[0]?.cells).toEqual(cells);
  expect(serialiseCsv([['-121.5', '-3', '0513-84512345', '"']])).toBe('-121.5,-3,0513-84512345,""""\r\n');
});
