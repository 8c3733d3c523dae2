import fc from 'fast-check';
import type { SeatCommand } from '../../../src/app/calls/agent-commands.ts';
import { isPersistentLegId } from '../../../src/app/calls/persistent-leg-book.ts';
import { CALL_TABLE, type CallState } from '../../../src/domain/calls/call-table.ts';
import { agent, settled } from './harness.ts';
import { type BridgeStep, liveBridge } from './model-bridges.ts';
import { callsOut, surveys, unitCalls } from './model-calls-out.ts';
import { askInTalk, pauseRecording } from './model-talk.ts';
import { AGENTS, type Day, LEAD, OFFERED_AFTER_MS, OTHER_PHONE } from './model-world.ts';
import { DONE_ALL_THE_SAME } from './slow-switch.ts';

// What happens in a day of the model, one step after the other: by numbers, so that a day can be told again, and shorter.

const DIALLED = [
  '12345',
  '12319',
  '12369',
  '12348',
  '12333',
  '051384110001',
  '99999999',
  '12316',
  '12316',
  '12320',
  '12320',
  '12320',
];
const COMMANDS = [
  'answer',
  'play',
  'startMusic',
  'stopMusic',
  'ring',
  'bridge',
  'hangup',
  'destroyBridge',
  'record',
  'recordCall',
  'recordBridge',
  'stopRecording',
  'stopPlayback',
  'spy',
  'unbridge',
  'mute',
  'sendDigits',
  'silence',
];

const pick = fc.nat(50);
export const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('arrive' as const), n: pick }) },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('deliver' as const), n: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('perform' as const), n: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('flow' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('allReady' as const), n: pick }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('finishPlayback' as const), n: pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('press' as const), n: fc.nat(500) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('finishRecording' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('books' as const), n: pick }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('answerLeg' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('endLeg' as const), n: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('callerHangsUp' as const), n: pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('toTalk' as const), n: pick }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('goOn' as const), n: pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('agent' as const), n: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('seat' as const), n: pick }) },
  { weight: 18, arbitrary: fc.record({ do: fc.constant('talk' as const), n: fc.nat(20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('silence' as const), n: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('phone' as const), n: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), n: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fault' as const), n: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('incident' as const), n: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('callOut' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('survey' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unitCall' as const), n: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recorder' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('promise' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('listen' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('takeUp' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('echo' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('socket' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), n: pick }) },
);
/** Beside what is replayed with real telephones, whose days stay as they were chosen. */
export const beside = fc.oneof(
  fc.record({ do: fc.constant('lose' as const), n: pick }),
  fc.record({ do: fc.constant('crowd' as const), n: pick }),
);
type BesideStep = (typeof beside)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;
export type Step = (typeof step)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;

const nth = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

const LIVING = (Object.keys(CALL_TABLE) as CallState[]).filter((state) => state !== 'ended');

const GREETED: readonly (CallState | undefined)[] = ['arrived', 'greeting'];

export async function live(day: Day, step: Step | BridgeStep | BesideStep): Promise<void> {
  const { switch: sw, house } = day;
  const legs = day.legs();
  const callers = day.citizens();
  switch (step.do) {
    case 'arrive':
      day.arrives(nth(DIALLED, step.n));
      break;
    case 'deliver':
      for (let n = 0; n < step.n; n += 1) sw.deliver();
      break;
    case 'perform':
      for (let n = 0; n < step.n; n += 1) {
        await sw.perform();
        await settled();
      }
      break;
    case 'flow':
      await day.flow();
      break;
    case 'allReady':
      await house.ready(1, 2, 3);
      break;
    case 'finishPlayback':
      sw.finishPlayback(nth([...sw.playbacks.keys()], step.n) ?? '');
      break;
    case 'finishRecording': {
      const ends = ['silent', 'silent', 'full', 'failed'] as const;
      const end = nth(ends, step.n) ?? 'silent';
      sw.finishRecording(nth([...sw.recordings.keys()], step.n) ?? '', end, step.n % 3 === 0 ? 0 : 4_000);
      break;
    }
    case 'books':
      house.books = nth(['there', 'away', 'silent'] as const, step.n) ?? 'there';
      break;
    case 'press':
      // Whom we rang presses keys as well.
      sw.press(
        nth(step.n % 5 === 0 ? legs : callers, step.n) ?? '',
        nth([...'0123456789*#'], Math.floor(step.n / 7)) ?? '0',
      );
      break;
    case 'answerLeg':
      sw.answerLeg(nth(legs, step.n) ?? '');
      break;
    case 'endLeg':
      sw.end(
        nth(legs, step.n) ?? '',
        nth(['normal', 'busy', 'rejected', 'unreachable', 'unknown'] as const, step.n),
      );
      break;
    case 'callerHangsUp': {
      const wanted = nth(LIVING, step.n);
      const here = callers.filter((one) => day.stateOf(one) === wanted);
      const caller = nth(here, step.n) ?? nth(callers, step.n) ?? '';
      sw.end(caller);
      break;
    }
    case 'goOn':
      await day.goOn(nth(callers, step.n) ?? '');
      break;
    case 'toTalk':
      // Somebody calls, is greeted, gets whoever is free, and talks: most of a day is that.
      if (callers.length < 3) day.arrives();
      await house.ready(1, 2, 3);
      for (let n = 0; n < 4; n += 1) {
        await day.flow();
        for (const id of day.citizens()) await day.goOn(id);
      }
      await day.flow();
      await house.ready(1, 2, 3);
      break;
    case 'agent': {
      const agentId = `agent${1 + (step.n % 3)}`;
      const kinds = [
        'ready',
        'ready',
        'ready',
        'signIn',
        'signIn',
        'endWrapUp',
        'releaseCall',
        'signOut',
      ] as const;
      const kind = nth([...kinds, 'notReady' as const], Math.floor(step.n / 3)) ?? 'ready';
      await house.control.command(
        kind === 'notReady' ? { kind, agentId, reason: 'rest' } : { kind, agentId },
      );
      break;
    }
    case 'seat': {
      const agentId = `agent${1 + (step.n % 3)}`;
      const asks: readonly SeatCommand[] = [
        { kind: 'usePhone', agentId, phone: 'browser' },
        { kind: 'usePhone', agentId, phone: 'desk' },
        { kind: 'withdrawRequest', agentId },
        { kind: 'extendWrapUp', agentId, extraMs: 5_000 },
        { kind: 'heartbeat', agentId },
        { kind: 'forceSignOut', agentId, by: { accountId: 'lead', name: '班长' }, note: '交接班' },
      ];
      const command = nth(asks, Math.floor(step.n / 3));
      if (command !== undefined) await house.control.command(command);
      break;
    }
    case 'talk':
      await askInTalk(house, step.n);
      // Half of what was asked for comes to its end before anything else happens.
      if (step.n % 2 === 0) {
        await day.flow();
        for (const [id, one] of [...sw.channels]) if (one.target !== null && !one.up) sw.answerLeg(id);
        await day.flow();
      }
      break;
    case 'silence':
      for (let n = 0; n < 9; n += 1) {
        await house.control.command({ kind: 'wayOpen' });
        await house.after(15_000);
      }
      break;
    case 'phone': {
      const profile = nth(AGENTS, step.n) ?? agent(1);
      if (step.n % 2 === 0) await house.unplug(profile);
      else house.unplugged.delete(profile.phone);
      break;
    }
    case 'wait':
      await house.after(nth([100, 1_000, 7_000, 31_000], step.n) ?? 0);
      break;
    case 'fault': {
      day.faulty = true;
      const outcomes = [
        { kind: 'unknown', reason: 'timeout' },
        { kind: 'unknown', reason: DONE_ALL_THE_SAME },
        { kind: 'refused', reason: 'test' },
      ] as const;
      const command = nth(COMMANDS, step.n) ?? '';
      const outcome = nth(outcomes, Math.floor(step.n / COMMANDS.length)) ?? outcomes[0];
      sw.faults.set(command, [...(sw.faults.get(command) ?? []), outcome]);
      break;
    }
    case 'incident':
      await day.incident(step.n);
      break;
    case 'callOut':
      await callsOut(day, step.n);
      break;
    case 'survey':
      await surveys(day, step.n);
      break;
    case 'unitCall':
      await unitCalls(day, step.n);
      break;
    case 'emergencyBridge':
    case 'onCall':
      await liveBridge(day, step);
      break;
    case 'pause':
      await pauseRecording(house, step.n);
      break;
    case 'recorder':
      // The disk is full, or the switch does not say whether it writes silence.
      sw.world.recordingFault = step.n % 3 === 0 ? 'diskFull' : '';
      house.recorder = step.n % 4 === 0 ? { kind: 'unknown', reason: 'test' } : { kind: 'done' };
      break;
    case 'promise':
      // Whoever waits is offered to be called back, and half of them take it.
      await house.after(OFFERED_AFTER_MS);
      for (const caller of callers) if (step.n % 2 === 0) sw.press(caller, '1');
      break;
    case 'listen': {
      const talking = [...house.control.engine.book.all()].filter(({ call }) => call.state === 'talking');
      const callId = nth(talking, step.n)?.call.id ?? 'none';
      const modes = ['monitor', 'whisper', 'barge', 'takeOver', null] as const;
      const mode = nth(modes, Math.floor(step.n / 3)) ?? null;
      if (step.n % 2 === 0) await house.control.command({ kind: 'notReady', agentId: LEAD, reason: 'rest' });
      await house.control.command({ kind: 'listen', agentId: LEAD, callId, mode, reason: '带教' });
      break;
    }
    case 'takeUp':
      // The agent wants calls, and takes up the leg that stays.
      await house.ready(1);
      if (step.n % 4 !== 0) {
        await day.flow();
        for (const id of day.legs()) if (isPersistentLegId(id)) sw.answerLeg(id);
      }
      break;
    case 'echo':
      sw.echo();
      break;
    case 'crowd':
      // Two call within a moment, and wait.
      for (let more = 0; more < 2; more += 1) day.arrives(nth(['12345', '12369', '12319'], step.n + more));
      for (let round = 0; round < 3; round += 1) {
        await day.flow();
        for (const id of day.citizens()) if (GREETED.includes(day.stateOf(id))) await day.goOn(id);
      }
      await day.flow();
      break;
    case 'lose':
      day.loses(step.n);
      break;
    case 'socket':
      day.interrupted = true;
      if (!sw.connected) sw.reconnect();
      else if (step.n % 5 === 0) sw.world.restart();
      else sw.disconnect();
      break;
    case 'restart':
      day.interrupted = true;
      await day.restart();
      break;
    default:
      step satisfies never;
  }
  await settled();
  await day.house.register();
  await day.switch.phone(OTHER_PHONE, true);
  day.check();
}
