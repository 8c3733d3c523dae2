import { expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallCommand } from '../../../src/domain/calls/call-command.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import { decide } from '../../../src/domain/calls/decide.ts';
import { announced, at, lead, MENU, played, press, timeout, toQueue } from './call-life.ts';

const playing = (commands: readonly CallCommand[]) =>
  commands.flatMap((command) => (command.kind === 'play' ? command.prompts : []));
const take = (call: Call, event: CallEvent) => decide(call, event, at(2_000));
const failed = (call: Call): CallEvent => ({
  type: 'playbackEnded',
  playback: call.playback ?? '',
  end: 'failed',
});

test('announcements are heard one after the other, then the call goes where the plan leads', () => {
  const first = announced(toQueue);
  expect(first.announcing).toEqual({ at: 0, phase: 'playing' });
  const awaiting = take(first, played(first));
  expect(awaiting.call).toMatchObject({ announcing: { at: 0, phase: 'awaiting' }, playback: null });
  expect(awaiting.facts).toEqual([
    { type: 'announcementPlayed', prompt: 'notice-water', end: 'finished' },
    { type: 'noticePlayed', announcement: 'water', end: 'finished' },
  ]);
  const second = take(awaiting.call, timeout(awaiting.call));
  expect(playing(second.commands)).toEqual(['notice-power']);
  expect(second.facts).toEqual([]);
  // Without a key nobody is waited for.
  const onward = take(second.call, played(second.call));
  expect(onward.call).toMatchObject({ state: 'queued', announcing: null, waiting: { queue: 'desk' } });
});

test.each([
  ['while it plays', (call: Call) => call],
  ['right after it', (call: Call) => lead(call, played)],
])('the key %s subscribes once, and is confirmed', (_when, when) => {
  const call = when(announced(toQueue, MENU.code));
  const pressed = take(call, press('1'));
  expect(pressed.facts).toContainEqual({ type: 'noticeSubscribed', announcement: 'water' });
  expect(playing(pressed.commands)).toEqual(['notice-subscribed']);
  expect(pressed.commands[0]?.kind).toBe(call.playback === null ? 'play' : 'stopPlayback');
  // The stopped announcement's end comes late, and is nobody's.
  expect(take(pressed.call, played(call)).call).toBe(pressed.call);
  const again = take(pressed.call, press('1'));
  // Nor is it the first key of the menu, which another key would be.
  expect(again.call).toBe(pressed.call);
  expect(take(pressed.call, press('2')).call.typedAhead).toBe('2');
  const next = take(again.call, played(again.call));
  expect(playing(next.commands)).toEqual(['notice-power']);
  expect(next.facts).toEqual([{ type: 'announcementPlayed', prompt: 'notice-subscribed', end: 'finished' }]);
});

test('other keys are kept for the menu; where there is none they mean nothing', () => {
  const typed = lead(announced(toQueue, MENU.code), press('2'));
  expect(typed).toMatchObject({ state: 'announcing', typedAhead: '2' });
  expect(lead(typed, played, timeout, played)).toMatchObject({ state: 'ringingOutside', announcing: null });
  const plain = announced(toQueue);
  expect(take(plain, press('2')).call).toBe(plain);
});

test('a prompt that fails or never ends holds nobody up', () => {
  const call = announced(toQueue);
  const skipped = take(call, failed(call));
  expect(playing(skipped.commands)).toEqual(['notice-power']);
  const stuck = take(call, timeout(call));
  expect(stuck.commands[0]).toMatchObject({ kind: 'stopPlayback', playback: call.playback });
  expect(stuck.call.announcing).toEqual({ at: 1, phase: 'playing' });
  const on = take(stuck.call, timeout(stuck.call));
  expect(on.call).toMatchObject({ state: 'queued', announcing: null });
  expect(on.facts).toContainEqual({ type: 'noticePlayed', announcement: 'power', end: 'timedOut' });
});

test('who hangs up while one is on has what he called for, and it is told which', () => {
  const call = announced(toQueue);
  const gone = take(call, { type: 'callerEnded', reason: 'normal', lost: false });
  expect(gone.facts).toEqual([
    { type: 'noticePlayed', announcement: 'water', end: 'hungUp' },
    { type: 'announcementPlayed', prompt: 'notice-water', end: 'hungUp' },
    expect.objectContaining({ type: 'callEnded', result: 'informed', releasedBy: 'caller' }),
  ]);
});
