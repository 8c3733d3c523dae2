import { expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallCommand } from '../../../src/domain/calls/call-command.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import { decide } from '../../../src/domain/calls/decide.ts';
import {
  at,
  callerEnded,
  callerLost,
  inState,
  lead,
  played,
  press,
  recordingEnded,
  timeout,
  unheard,
} from './call-life.ts';

const take = (call: Call, event: CallEvent, nowMs = 2_000) => decide(call, event, at(nowMs));
const playing = (commands: readonly CallCommand[]) =>
  commands.flatMap((command) => (command.kind === 'play' ? command.prompts : []));
const endOf = (call: Call) => take(call, callerEnded, 9_000).facts.find(({ type }) => type === 'callEnded');
const left = (facts: readonly { type: string }[]) => facts.filter(({ type }) => type === 'messageLeft');

test('asked for, the tone, spoken, thanked, released; told once with its recording', () => {
  const asking = inState('askingMessage');
  expect(asking.saying).toEqual(['menu-message', 'message-tone']);
  const speaking = take(asking, played(asking));
  expect(speaking.call.state).toBe('recording');
  expect(speaking.commands).toEqual([
    { kind: 'record', recording: 'c.m1', maxMs: 60_000, silenceMs: 6_000 },
    { kind: 'timer', epoch: speaking.call.epoch, afterMs: 63_000 },
  ]);
  const thanked = take(speaking.call, recordingEnded('silent'));
  expect(playing(thanked.commands)).toEqual(['message-thanks', 'goodbye']);
  const message = { recording: 'c.m1', queue: 'desk', end: 'silent', durationMs: 4_000, spokenMs: 4_000 };
  expect(thanked.facts).toEqual([{ type: 'messageLeft', ...message }]);
  const released = lead(thanked.call, played);
  expect(released.state).toBe('releasing');
  const end = take(released, callerEnded);
  expect(end.facts).toEqual([expect.objectContaining({ result: 'messageLeft', releasedBy: 'system' })]);
});

test('who could not be asked is given a person: he would be taken for somebody who says nothing', () => {
  const asking = inState('askingMessage');
  const next = take(asking, unheard(asking));
  expect(next.call).toMatchObject({ state: 'queued', waiting: { queue: 'desk' }, message: null });
  expect(next.commands.map(({ kind }) => kind)).not.toContain('record');
  expect(endOf(next.call)).toMatchObject({ result: 'abandoned' });
});

test('the hash key ends it by the switch, once it says so; other keys mean nothing', () => {
  const call = inState('recording');
  const stopped = take(call, press('#'));
  expect(stopped.commands).toEqual([{ kind: 'stopRecording', recording: 'c.m1' }]);
  expect(stopped.call).toMatchObject({ state: 'recording', epoch: call.epoch });
  expect(take(call, press('1')).call).toBe(call);
  expect(lead(stopped.call, recordingEnded('stopped'))).toMatchObject({ state: 'goodbye' });
});

test('who hangs up has left the message, in whichever order it is told', () => {
  const call = inState('recording');
  const first = take(call, recordingEnded('hungUp'));
  expect(first.call.state).toBe('releasing');
  expect(left([...first.facts, ...take(first.call, callerEnded).facts])).toHaveLength(1);
  expect(endOf(first.call)).toMatchObject({ result: 'messageLeft', releasedBy: 'caller' });
  for (const event of [callerEnded, callerLost]) {
    const gone = take(call, event);
    expect(left(gone.facts)).toEqual([
      expect.objectContaining({ recording: 'c.m1', end: 'lost', durationMs: null }),
    ]);
    expect(gone.facts.at(-1)).toMatchObject({ result: 'messageLeft' });
    expect(take(gone.call, recordingEnded('hungUp')).call).toBe(gone.call);
  }
});

test('nothing was said: asked once more, then a good-bye, and no message', () => {
  const silent = take(inState('recording'), recordingEnded('silent', { durationMs: 0 }));
  expect(playing(silent.commands)).toEqual(['message-empty', 'menu-message', 'message-tone']);
  expect(left(silent.facts)).toEqual([]);
  const again = lead(silent.call, played);
  expect(again).toMatchObject({ state: 'recording', message: { recording: 'c.m2', tries: 2 } });
  // The first try's end, told twice.
  expect(take(again, recordingEnded('silent')).call).toBe(again);
  const bye = take(again, recordingEnded('silent', { recording: 'c.m2', durationMs: 0 }));
  expect(playing(bye.commands)).toEqual(['message-empty', 'goodbye']);
  expect(endOf(lead(bye.call, played))).toMatchObject({ result: 'abandoned' });
  const hungUp = take(again, recordingEnded('hungUp', { recording: 'c.m2', durationMs: 0 }));
  expect([left(hungUp.facts), endOf(hungUp.call)]).toEqual([
    [],
    expect.objectContaining({ result: 'abandoned' }),
  ]);
});

test('what cannot be recorded is a person’s to hear', () => {
  const failed = take(inState('recording'), recordingEnded('failed', { durationMs: 0 }));
  expect(failed.call).toMatchObject({ state: 'queued', waiting: { queue: 'desk' }, message: null });
  expect(failed.commands[0]).toEqual({ kind: 'stopRecording', recording: 'c.m1' });
  expect(failed.facts).toContainEqual({ type: 'anomaly', code: 'message.notRecorded', detail: 'c.m1' });
});

test('an end that is never told: stopped, thanked, and kept as a message', () => {
  const call = inState('recording');
  const late = take(call, timeout(call), 70_000);
  expect(late.commands[0]).toEqual({ kind: 'stopRecording', recording: 'c.m1' });
  expect(left(late.facts)).toHaveLength(1);
  expect(take(late.call, recordingEnded('stopped')).call).toBe(late.call);
  const asking = inState('askingMessage');
  const stuck = take(asking, timeout(asking));
  expect(stuck.commands.map(({ kind }) => kind)).toEqual(['stopPlayback', 'record', 'timer']);
});
