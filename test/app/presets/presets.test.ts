import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PRESETS_DIR, presetFolder } from '../../../src/adapters/files/preset-folder.ts';
import type { Preset } from '../../../src/app/ports/presets.ts';
import { fitPreset } from '../../../src/app/presets/fit-preset.ts';
import { editedRules } from '../../../src/app/rules/rule-edit.ts';
import { PROTECTED_NUMBERS, QUEUES } from '../../../src/app/sample/rudong.ts';
import { sampleLines } from '../../../src/app/sample/seed-sample.ts';
import { explainCall } from '../../../src/domain/hotlines/explain-call.ts';
import { NO_KEYS } from '../../../src/domain/hotlines/follow-menu.ts';
import type { Finding } from '../../../src/domain/hotlines/lint/finding.ts';
import { errorCodes, lint } from '../../../src/domain/hotlines/lint/lint.ts';
import { totalsAt } from '../../../src/domain/hotlines/register/totals-at.ts';
import type { StoredRules } from '../../../src/domain/hotlines/stored.ts';
import { DEFAULT_TRUNK } from '../../../src/domain/hotlines/trunk.ts';
import { configurationOf, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { readRulesFile, writeRulesFile } from '../../../src/domain/hotlines/versions/rules-file.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { BUILT_IN_PROMPTS } from '../../../src/domain/ivr/spoken.ts';
import { agent, moment, RULES } from '../../domain/hotlines/rule-sets.ts';

const NOW = Date.parse('2026-11-23T02:00:00Z');
const PRESETS = presetFolder().list();
const presetNamed = (name: string): Preset =>
  PRESETS.find((preset) => preset.name === name) ?? expect.fail(`no preset ${name}`);
const made = (name: string, from: RuleSet = RULES): RuleSet => fitPreset(presetNamed(name), from, NOW);
const findingsOf = (rules: RuleSet): readonly Finding[] =>
  lint(rules, {
    nowMs: NOW,
    agents: rules.queues.map(({ code }, at) => agent(`${at}`, code)),
    listed: PROTECTED_NUMBERS,
    prompts: BUILT_IN_PROMPTS,
  });
const errorsOf = (rules: RuleSet): readonly string[] => errorCodes(findingsOf(rules));

test('there are the three, and no file that is none of them', () => {
  expect(PRESETS.map(({ name }) => name)).toEqual(['county-small', 'rudong-1+16+14', 'classic-menu']);
  // Beside them the folder of the sample's knowledge, which is no rules.
  const files = readdirSync(PRESETS_DIR).filter((name) => name !== 'knowledge');
  expect(files.sort()).toEqual(PRESETS.map(({ name }) => `${name}.json`).sort());
});

const NOTHING: RuleSet = { ...RULES, lines: [], queues: [], trunks: [] };
/** As `rules import` puts a file into a draft. */
const taken = (into: RuleSet, rules: StoredRules): RuleSet =>
  editedRules(into, { rules }, { units: [], today: '2026-11-23' });

/** What has come into the rules since the file was written, each with its default, left out again. */
function within(file: unknown, exported: unknown): unknown {
  if (Array.isArray(file)) return file.map((one, at) => within(one, (exported as unknown[])[at]));
  if (typeof file !== 'object' || file === null) return exported;
  const held = exported as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(file).map(([key, one]) => [key, within(one, held[key])]));
}

test.each(PRESETS.map(({ name }) => [name]))(
  'the file of %s is taken in as it is, and exported again byte by byte',
  (name) => {
    const text = readFileSync(join(PRESETS_DIR, `${name}.json`), 'utf8');
    const read = readRulesFile(JSON.parse(text));
    if (read.kind === 'refused') return expect.fail(read.why);
    const rules = taken(NOTHING, read.rules);
    expect(errorsOf(rules)).toEqual([]);
    const exported = writeRulesFile(rules, read.from);
    expect(`${JSON.stringify(within(JSON.parse(text), JSON.parse(exported)), null, 1)}\n`).toBe(text);
    const again = readRulesFile(JSON.parse(exported));
    if (again.kind === 'refused') return expect.fail(again.why);
    expect(writeRulesFile(taken(NOTHING, again.rules), again.from)).toBe(exported);
  },
);

test('a file that is no preset is told by its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'presets-'));
  writeFileSync(join(folder, 'county-small.json'), '{"format":"something else"}');
  expect(() => presetFolder(folder).list()).toThrow(/county-small\.json: format is not/);
  writeFileSync(
    join(folder, 'county-small.json'),
    JSON.stringify({ format: 'yihaotong-rules', formatVersion: 1, from: { keeps: ['all'] }, rules: {} }),
  );
  expect(() => presetFolder(folder).list()).toThrow(/"from" names/);
  rmSync(folder, { recursive: true });
});

test.each(PRESETS.map(({ name }) => [name]))('%s can be published as it is', (name) => {
  const rules = made(name);
  expect(errorsOf(rules)).toEqual([]);
  expect(made(name, rules)).toEqual(rules);
});

test.each([['county-small'], ['rudong-1+16+14']])(
  '%s brings nobody later to a person than its own linter asks (B1)',
  (name) => {
    const late = findingsOf(made(name)).filter(({ code }) => code.startsWith('greeting.'));
    expect(late).toEqual([]);
  },
);

test('rudong-1+16+14 is what its name says', () => {
  expect(totalsAt(made('rudong-1+16+14').lines, '2026-11-23').headline).toBe('1+16+14');
});

test('rudong-1+16+14 is the sample municipality, its transitions from the day on which it is taken', () => {
  const { lines, queues } = made('rudong-1+16+14');
  const numbers = (of: readonly { readonly number: string }[]) => of.map(({ number }) => number).sort();
  expect(numbers(lines)).toEqual(numbers(sampleLines(NOW, 'carrier')));
  for (const one of sampleLines(NOW, 'carrier')) {
    const { validFrom, validTo, ...same } = one;
    const taken = lines.find(({ number }) => number === one.number);
    expect(taken).toMatchObject(same);
    if (one.mode !== 'TRANSITION') expect(taken).toMatchObject({ validFrom, validTo });
    else expect(taken).toMatchObject({ validFrom: '2026-11-23', validTo: '2027-02-23' });
  }
  const byCode = (of: RuleSet['queues']) => [...of].sort((a, b) => (a.code < b.code ? -1 : 1));
  expect(byCode(queues)).toEqual(byCode(QUEUES));
});

test('a preset takes the names of the place: its main number, its general desk, its trunk', () => {
  const place: RuleSet = {
    ...RULES,
    municipality: { ...RULES.municipality, mainNumber: '051312345', generalQueue: 'hall' },
    lines: [{ ...(RULES.lines[0] ?? expect.fail()), number: '051312345', queue: 'hall' }],
    queues: [{ ...(RULES.queues[0] ?? expect.fail()), code: 'hall', name: '大厅' }],
    trunks: [{ ...DEFAULT_TRUNK, code: 'telecom' }],
  };
  for (const name of ['county-small', 'classic-menu']) {
    const rules = made(name, place);
    expect(rules.municipality).toEqual(place.municipality);
    expect(JSON.stringify(rules)).not.toContain('"general"');
    expect(errorsOf(rules)).toEqual([]);
  }
  expect(new Set(made('rudong-1+16+14', place).lines.map(({ trunk }) => trunk))).toEqual(
    new Set([null, 'telecom']),
  );
  expect(made('classic-menu', place).menus).toEqual([classicMenu({ general: 'hall' })]);
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
