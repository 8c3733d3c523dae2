import { expect, test } from 'vitest';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { configurationFromStore, rulesFromStore } from '../../../src/domain/hotlines/stored.ts';
import { configurationOf, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { AGENTS, MENUS, RULES } from './rule-sets.ts';

/** As a release wrote it that did not know these fields yet. */
function aged<T extends RuleSet | Configuration>({ menus, lines, ...rest }: T): T {
  const { calendar, ...earlier } = rest as Partial<Configuration>;
  const before = lines.map(({ menu, afterEnd, hours, centreAddress, skills, ...line }) => line);
  const queues = rest.queues.map(
    ({ code, name, overflowQueue, overflowAfterMs, ringTimeoutMs, wrapUpMs }) => ({
      ...{ code, name, overflowQueue, overflowAfterMs },
      ...{ ringTimeoutMs, wrapUpMs },
    }),
  );
  return { ...earlier, lines: before, queues } as unknown as T;
}

test('rules and configurations of an earlier release are read with what the absence meant', () => {
  expect(rulesFromStore(aged(RULES))).toEqual(RULES);
  const configuration = configurationOf(RULES, { version: 1, publishedAt: '' }, AGENTS);
  expect(configurationFromStore(aged(configuration))).toEqual(configuration);
});

test('what is there stays', () => {
  const rules = {
    ...RULES,
    menus: MENUS,
    lines: RULES.lines.map((line) => ({
      ...line,
      menu: 'classic-menu',
      afterEnd: 'goodbye' as const,
      hours: 'workdays',
    })),
  };
  expect(rulesFromStore(rules)).toEqual(rules);
  const configuration = configurationOf(rules, { version: 1, publishedAt: '' }, AGENTS);
  expect(configurationFromStore(configuration)).toEqual(configuration);
});
