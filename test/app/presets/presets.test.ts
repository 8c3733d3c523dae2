import { expect, test } from 'vitest';
import { PRESETS } from '../../../src/app/presets/presets.ts';
import { PROTECTED_NUMBERS } from '../../../src/app/sample/rudong.ts';
import { explainCall } from '../../../src/domain/hotlines/explain-call.ts';
import { NO_KEYS } from '../../../src/domain/hotlines/follow-menu.ts';
import { errorCodes, lint } from '../../../src/domain/hotlines/lint/lint.ts';
import { totalsAt } from '../../../src/domain/hotlines/register/totals-at.ts';
import { configurationOf, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { agent, moment, RULES } from '../../domain/hotlines/rule-sets.ts';

const NOW = Date.parse('2026-11-23T02:00:00Z');
const made = (name: string, from: RuleSet = RULES): RuleSet =>
  PRESETS.find((preset) => preset.name === name)?.make(from, NOW) ?? expect.fail(`no preset ${name}`);

test.each(PRESETS.map(({ name }) => [name]))('%s can be published as it is', (name) => {
  const rules = made(name);
  const findings = lint(rules, {
    nowMs: NOW,
    agents: rules.queues.map(({ code }, at) => agent(`${at}`, code)),
    listed: PROTECTED_NUMBERS,
  });
  expect(errorCodes(findings)).toEqual([]);
  expect(made(name, rules)).toEqual(rules);
});

test('rudong-1+16+14 is what its name says', () => {
  expect(totalsAt(made('rudong-1+16+14').lines, '2026-11-23').headline).toBe('1+16+14');
});

test('county-small keeps the main number without a gap and sends everything to the general desk', () => {
  const { lines, queues } = made('county-small');
  expect(lines.find(({ mode }) => mode === 'MAIN')).toEqual(RULES.lines.find(({ mode }) => mode === 'MAIN'));
  expect(queues.map(({ code }) => code)).toEqual(['general']);
});

test('classic-menu is heard on the main number and leaves the rest alone', () => {
  const rules = made('classic-menu');
  expect(rules.lines.filter(({ menu }) => menu !== null).map(({ number }) => number)).toEqual(['12345']);
  const call = { dialled: '12345', callerNumber: '', headers: { to: '', diversion: [], historyInfo: [] } };
  const configuration = configurationOf(rules, { version: 1, publishedAt: '' }, []);
  const keys = { ...NO_KEYS, keys: '51234', ticket: 'found' } as const;
  expect(explainCall(configuration, call, moment(NOW), undefined, keys).end).toBe('goodbye informed');
});
