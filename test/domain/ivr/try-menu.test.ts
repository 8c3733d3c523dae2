import { expect, test } from 'vitest';
import { ACTS_AT_MOST } from '../../../src/domain/ivr/course.ts';
import { prompt } from '../../../src/domain/ivr/menu.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { tryMenu } from '../../../src/domain/ivr/try-menu.ts';
import { choice, contextOf, menuOf, node } from './menus.ts';

const context = contextOf(classicMenu({ general: 'general', complaint: 'desk' }));
const twoSeconds = () => 2_000;

test('the whole path with what led on, and how long it takes', () => {
  const tried = tryMenu(context, { digits: '3', ticket: 'failed' }, twoSeconds);
  expect(tried).toMatchObject({ to: { kind: 'queue', queue: 'desk' }, reason: 'chosen', lastsMs: 4_000 });
  expect(tried.path.map(({ input, act }) => `${input?.kind ?? 'call'}: ${act.kind}`)).toEqual([
    'call: play',
    'promptFinished: listen',
    'digit: exit',
  ]);
});

test('nobody presses a key: told twice, waited for twice, then a person', () => {
  const tried = tryMenu(context, { digits: '', ticket: 'failed' }, twoSeconds);
  expect(tried).toMatchObject({
    to: { queue: 'general' },
    reason: 'nothing',
    lastsMs: 4_000 + 5_000 + 6_000 + 5_000,
  });
});

test('the progress of a ticket: found, not found, nothing to be had', () => {
  const reasons = (['found', 'notFound', 'failed'] as const).map(
    (ticket) => tryMenu(context, { digits: '5123456789', ticket }, twoSeconds).reason,
  );
  expect(reasons).toEqual(['ticketTold', 'ticketNotFound', 'lookupFailed']);
});

test('a caller who presses on and on comes to an end, and keys that are no keys change nothing', () => {
  const round = menuOf(
    node('start', { prompts: [prompt('goodbye')], choices: [choice('1', { kind: 'node', node: 'start' })] }),
  );
  const tried = tryMenu(contextOf(round), { digits: '1'.repeat(500), ticket: 'failed' }, twoSeconds);
  expect(tried.reason).toBe('tooManySteps');
  expect(tried.path.length).toBeLessThanOrEqual(ACTS_AT_MOST);
  const odd = tryMenu(context, { digits: 'ABC', ticket: 'failed' }, twoSeconds);
  expect(odd).toMatchObject({ to: { queue: 'general' } });
});
