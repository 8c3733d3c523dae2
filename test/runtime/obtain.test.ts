import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digitByDigit } from '../../src/adapters/audio/prompts.ts';
import { aptSetback } from '../../src/runtime/apt-root.ts';
import { pickTarget } from '../../src/runtime/apt-source.ts';
import {
  type AsteriskValues,
  asteriskFilesAreCurrent,
  PLACEHOLDERS,
  renderAsteriskFiles,
  renderText,
} from '../../src/runtime/asterisk-files.ts';
import { recipeKey, recipeOf, VERSION_RULES } from '../../src/runtime/obtain-recipe.ts';
import { versionIn } from '../../src/runtime/run-program.ts';
import { Setback, writingSetback } from '../../src/runtime/setback.ts';

const dir = mkdtempSync(join(tmpdir(), 'yihaotong-obtain-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const VALUES = Object.fromEntries(PLACEHOLDERS.map((name) => [name, `value-of-${name}`])) as AsteriskValues;

test("every file of the project's Asterisk renders without a rest", () => {
  const from = resolve(import.meta.dirname, '../../asterisk-config');
  renderAsteriskFiles(from, join(dir, 'etc'), VALUES);
  const rendered = readdirSync(join(dir, 'etc'));
  expect(rendered).toEqual(readdirSync(from).filter((name) => name.endsWith('.conf')));
  for (const name of rendered) expect(readFileSync(join(dir, 'etc', name), 'utf8')).not.toContain('@@');
});

test('each further trunk has a file of its own, and one that is no more has none', () => {
  const from = resolve(import.meta.dirname, '../../asterisk-config');
  const to = mkdtempSync(join(dir, 'trunks-'));
  const water = { TRUNK_CODE: 'water', TRUNK_MATCH: '198.51.100.7', TRUNK_HOST: '198.51.100.7' };
  const two = [water, { ...water, TRUNK_CODE: 'mobile' }];
  const theirs = (): string[] => readdirSync(to).filter((name) => name.startsWith('pjsip-trunk-'));
  renderAsteriskFiles(from, to, VALUES, two);
  expect(theirs()).toEqual(['pjsip-trunk-mobile.conf', 'pjsip-trunk-water.conf']);
  expect(asteriskFilesAreCurrent(from, to, VALUES, two)).toBe(true);
  // One trunk less is another switch.
  expect(asteriskFilesAreCurrent(from, to, VALUES, [water])).toBe(false);
  expect(readFileSync(join(to, 'pjsip-trunk-water.conf'), 'utf8')).toContain(
    '[water](trunk-identify)\nendpoint = water\nmatch = 198.51.100.7',
  );
  renderAsteriskFiles(from, to, VALUES);
  expect(theirs()).toEqual([]);
});

test.each([
  ['bind = @@SIP_PROT@@', 'pjsip.conf:2 has the placeholder @@SIP_PROT@@, which does not exist.'],
  ['bind = @@SIP_PORT@', 'pjsip.conf:2 has an unfinished placeholder: bind = @@SIP_PORT@'],
])('%s is refused with file and line', (line, message) => {
  expect(() => renderText(`[transport]\n${line}`, 'pjsip.conf', VALUES)).toThrow(message);
});

test('a value cannot bring a line of its own', () => {
  expect(() =>
    renderAsteriskFiles(join(dir, 'from'), join(dir, 'to'), { ...VALUES, TRUNK_HOST: 'a\n[evil]' }),
  ).toThrow(/TRUNK_HOST/);
});

test("the host's own Debian mirror is found, with its lists or without", () => {
  const security =
    '|Debian-Security|http://deb.example/debian-security/|/etc/apt/sources.list.d/debian.sources:2';
  const main = (origin: string) =>
    `${origin}|${origin}|http://mirror.example/debian/|/etc/apt/sources.list.d/debian.sources:1`;
  const expected = {
    mirror: 'http://mirror.example/debian',
    entry: '/etc/apt/sources.list.d/debian.sources:1',
  };
  expect(pickTarget(`Debian${security}\n${main('Debian')}\n`)).toEqual(expected);
  expect(pickTarget(`${security}\n${main('')}\n`)).toEqual(expected);
  expect(pickTarget('Other|Node|https://packages.example/node_20.x/|x:1\n')).toBeNull();
});

test.each([
  ["E: Failed to fetch http://x Temporary failure resolving 'mirror.example'", /no network/],
  ['E: You do not have enough free space in /c', /disk is full/],
  ['W: GPG error: http://x: NO_PUBKEY 6ED0E7B82643E131', /signature does not match/],
  ['E: Failed to fetch http://x/a.deb  Hash Sum mismatch', /mirror is incomplete/],
  ['E: Failed to fetch http://x  Could not connect to 127.0.0.1:9', /does not answer/],
])('apt: %s', (err, message) => {
  const setback = aptSetback({ code: 100, out: '', err }, { mirror: 'http://x' });
  expect(setback.message).toMatch(message);
  expect(setback.remedy).toContain('docker compose up');
  expect(setback.remedy).toContain(err);
});

test('versions: what fits and what does not', () => {
  const fits = (need: keyof typeof VERSION_RULES, text: string) =>
    VERSION_RULES[need].fits(versionIn(text) ?? []);
  expect(['22.10.1+dfsg', '22.11.0'].map((one) => fits('asterisk', one))).toEqual([true, true]);
  expect(['22.10.0', '20.19.1', '23.0.0', ''].map((one) => fits('asterisk', one))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(['15.18', '14.9'].map((one) => fits('postgres', one))).toEqual([true, false]);
  expect(['7.0.15', '6.2.0'].map((one) => fits('redis', one))).toEqual([true, false]);
});

test('another architecture and another set of programs have another folder', () => {
  const [telephony, browser] = [recipeOf('asterisk'), recipeOf('chromium')];
  const keys = [recipeKey(telephony, 'amd64'), recipeKey(telephony, 'arm64'), recipeKey(browser, 'amd64')];
  expect(keys[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(keys).size).toBe(3);
  // Who runs the product fetches no browser.
  expect(telephony.packages.join()).not.toContain('chromium');
});

test('a failed write becomes a sentence, anything else stays what it is', () => {
  const full = writingSetback(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }), '/x');
  expect(full).toBeInstanceOf(Setback);
  expect((full as Setback).message).toBe('Cannot write /x: the disk is full.');
  const other = new Error('other');
  expect(writingSetback(other, '/x')).toBe(other);
});

test('numbers are spoken figure by figure', () => {
  expect(digitByDigit('您好，12345')).toBe('您好，一二三四五');
});
