import { expect, test } from 'vitest';
import { straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { openSurges, withSurgeKey } from '../../../src/domain/ivr/surge-key.ts';
import { packNotice, readinessOf } from '../../../src/domain/knowledge/pack.ts';
import { VERSION_STATES, type VersionState } from '../../../src/domain/knowledge/version-table.ts';

const DAY = '2026-11-26';
const version = (number: number, state: VersionState, over: object = {}) => ({
  ...{ number, state, validFrom: '2026-01-01', validTo: null as string | null },
  ...over,
});

test('what is told is pinned as it stands, whatever draft lies over it', () => {
  const versions = [version(1, 'published'), version(2, 'draft')];
  expect(readinessOf(versions, [], DAY)).toEqual({ kind: 'told', version: 1 });
});

test('what nobody is told is told with the key, as far as its state allows that', () => {
  const kinds = VERSION_STATES.map((state) => [state, readinessOf([version(1, state)], [], DAY).kind]);
  expect(Object.fromEntries(kinds)).toEqual({
    ...{ draft: 'ready', inCheck: 'ready', approved: 'ready', published: 'told', emergency: 'told' },
    ...{ returned: 'notReady', expired: 'notReady', withdrawn: 'notReady', replaced: 'notReady' },
  });
  expect(readinessOf([version(1, 'approved')], [], DAY)).toMatchObject({ move: 'publish' });
});

test('what the pack told before and took back is told again; what a person withdrew is not', () => {
  const versions = [version(1, 'withdrawn'), version(2, 'withdrawn')];
  expect(readinessOf(versions, [2], DAY)).toEqual({ kind: 'again', version: 2 });
  expect(readinessOf(versions, [1], DAY)).toEqual({ kind: 'notReady', version: 2, why: 'withdrawn' });
});

test('words whose day is over or yet to come are not told', () => {
  expect(readinessOf([version(1, 'draft', { validTo: '2026-11-25' })], [], DAY)).toMatchObject({
    why: 'expired',
  });
  expect(readinessOf([version(1, 'draft', { validFrom: '2026-11-27' })], [], DAY)).toMatchObject({
    why: 'notYet',
  });
});

test('the notice names the entries and fits, however many there are', () => {
  const entries = Array.from({ length: 50 }, (_, at) => ({ number: `ZS${at}`, question: '问'.repeat(200) }));
  expect(packNotice('防汛', entries).text).toHaveLength(4000);
  expect(packNotice('防汛', entries.slice(0, 1)).text).toContain('1. 问');
});

test('a surge key is open until its time, in whatever menu it stands', () => {
  const until = '2026-11-26T12:00:00+08:00';
  const surge = { code: 'flood', label: '防汛', key: '7', queue: 'desk', announcement: '防汛请按7', until };
  const menus = [straightToAPerson('general'), withSurgeKey(straightToAPerson('other'), surge)];
  const at = Date.parse(until);
  expect([...openSurges(menus, at - 1)]).toEqual(['flood']);
  expect([...openSurges(menus, at)]).toEqual([]);
});
