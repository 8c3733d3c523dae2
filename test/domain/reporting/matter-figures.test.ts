import { expect, test } from 'vitest';
import {
  MATTER_FIGURE_NAMES,
  MATTER_FIGURES,
  repeatComplaintRate,
  returnRate,
  sumOfDispatches,
} from '../../../src/domain/reporting/matter-figures.ts';

test('the two figures that the founding papers complain of have their names and their formulas', () => {
  expect(MATTER_FIGURE_NAMES.map((name) => MATTER_FIGURES[name].zh)).toEqual(['重复投诉率', '退单率']);
  for (const name of MATTER_FIGURE_NAMES) {
    const { en, formula, source } = MATTER_FIGURES[name];
    // It stands as a heading wherever it is shown.
    expect(en).toMatch(/^[A-Z]/);
    expect(formula.zh).toContain('÷');
    expect(formula.en).toContain('/');
    expect(source).not.toBe('');
  }
});

test('each shows what it is made of, two places, half up; of nothing there is no share', () => {
  expect(repeatComplaintRate({ complaints: 1_600, repeats: 1 })).toMatchObject({
    ...{ name: 'repeatComplaintRate', numerator: 1, denominator: 1_600, value: 0.06 },
  });
  expect(repeatComplaintRate({ complaints: 0, repeats: 0 }).value).toBeNull();
  expect(returnRate({ dispatches: 8_744, returns: 411 })).toMatchObject({ name: 'returnRate', value: 4.7 });
  expect(returnRate({ dispatches: 800, returns: 1 }).value).toBe(0.13);
});

test('the town’s figure is that of all units together, and no mean of theirs', () => {
  const town = sumOfDispatches([
    { dispatches: 990, returns: 0 },
    { dispatches: 10, returns: 10 },
  ]);
  expect(returnRate(town).value).toBe(1);
});
