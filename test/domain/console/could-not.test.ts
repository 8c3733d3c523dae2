import { expect, test } from 'vitest';
import { couldNot, Problem, Unreachable } from '../../../src/console/api/problem.ts';

const problem = (status: number, code: string) =>
  new Problem({ status, code, title: '请稍后再试', titleEn: 'Later', instance: 'r1' }, null);

test('out of reach, or something away that the server leans on: it could not; a refusal and a defect are something else', () => {
  expect(couldNot(new Unreachable(new Error('no answer')))).toBe(true);
  for (const code of ['database.away', 'callControl.away', 'callControl.busy', 'server.stopping']) {
    expect(couldNot(problem(503, code)), code).toBe(true);
  }
  expect(couldNot(problem(500, 'server.defect'))).toBe(true);
  expect(couldNot(problem(409, 'call.none'))).toBe(false);
  expect(couldNot(problem(401, 'session.invalid'))).toBe(false);
  expect(couldNot(new TypeError('a defect of the page'))).toBe(false);
});
