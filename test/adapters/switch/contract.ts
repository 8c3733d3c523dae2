import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PhoneProvisioner } from '../../../src/app/ports/phones.ts';
import type { Media, Switch } from '../../../src/app/ports/switch.ts';
import type { EventLog } from './event-log.ts';
import type { OverLegs } from './over-legs.ts';

/** A caller of either world. */
export interface Caller {
  hangUp(): void;
  readonly answered?: Promise<void>;
}
/** A registered telephone of either world. */
export interface Telephone {
  readonly name: string;
  /** What the telephone does with the next call. */
  next(does: 'answers' | 'rings' | 'isBusy' | 'declines'): void;
  hangsUp(): Promise<void>;
  /** Its cable is pulled. */
  vanishes(): void;
  /** It registers (again), at a switch that may have been restarted. */
  registers(): Promise<void>;
}

/** What a world must be able to do, so that one suite asks the same of the real switch and of the fake. */
export interface ContractWorld {
  readonly switch: Switch;
  /** The same, where a test wants legs that stay up. */
  readonly legs: OverLegs;
  readonly phones: PhoneProvisioner;
  readonly log: EventLog;
  /** A file of some seconds that exists. */
  readonly sound: Media;
  call(): Promise<Caller>;
  /** Calls that met nobody who claims and are in the dialplan's hands. */
  untilFellBack(calls: number): Promise<void>;
  telephone(): Promise<Telephone>;
  ringTimePasses(leg: string): void;
  /** Nobody has spoken for as long as was given. */
  silencePasses(recording: string): void;
  /** The event connection breaks and comes back by itself. */
  drop(): Promise<void>;
  /** It stays open and nothing passes any more; `thaw` ends that. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  restart(): Promise<void>;
  /** An event of a type that nobody knows, and one that is not JSON. */
  babble(): Promise<void>;
  rest(): Promise<void>;
  demolish(): Promise<void>;
}

const DONE = { kind: 'done' };
const GONE = { kind: 'gone' };

export function switchContract(name: string, build: () => Promise<ContractWorld>): void {
  describe(`the switch, ${name}`, () => {
    let world: ContractWorld;
    beforeAll(async () => {
      world = await build();
    });
    afterEach(() => world.rest());
    afterAll(() => world.demolish());

    async function arrived() {
      const from = world.log.mark;
      const caller = await world.call();
      const call = await world.log.next('incoming', undefined, { from });
      expect(await world.switch.answer(call.channel)).toEqual(DONE);
      // A citizen who hangs up before he knows of the answer would cancel what is answered.
      await caller.answered;
      return { caller, call };
    }
    const ring = (originator: string, phone: string, leg: string, ringTimeoutMs = 5_000) =>
      world.switch.ring({
        channel: leg,
        target: { kind: 'phone', phone },
        originator,
        callerNumber: '13800138000',
        callerName: '市民',
        ringTimeoutMs,
      });
    const endOf = (channel: string) => world.log.next('ended', (one) => one.channel === channel);
    const endsOf = (channel: string) => world.log.ofType('ended').filter((one) => one.channel === channel);

    test('tells first of all that it is up, with what it holds', () => {
      expect(world.log.events[0]).toMatchObject({ type: 'up', snapshot: { channels: [], bridges: [] } });
    });

    test('a file that is missing fails, and the caller is still there', async () => {
      const { caller, call } = await arrived();
      const playback = `${call.callId}.p1`;
      await world.switch.play(call.channel, playback, [{ kind: 'file', path: '/nowhere/at-all' }]);
      expect(await world.log.next('playbackEnded', (one) => one.playback === playback)).toMatchObject({
        end: 'failed',
      });
      expect(await world.switch.startMusic(call.channel)).toEqual(DONE);
      expect(endsOf(call.channel)).toEqual([]);
      caller.hangUp();
      expect(await endOf(call.channel)).toMatchObject({ reason: 'normal' });
    });

    test('says who is known to hear music, until something else is done with him', async () => {
      const { call } = await arrived();
      const { channel, callId } = call;
      const hears = async (): Promise<boolean> => {
        const there = (await world.switch.snapshot())?.channels.find((one) => one.channel === channel);
        return there?.music === true;
      };
      expect(await hears()).toBe(false);
      const ends = [
        () => world.switch.play(channel, `${callId}.p1`, []),
        () => world.switch.stopMusic(channel),
        () => world.switch.bridge(`${callId}.b`, [channel]),
      ];
      for (const end of ends) {
        expect(await world.switch.startMusic(channel)).toEqual(DONE);
        expect(await hears()).toBe(true);
        expect(await end()).toEqual(DONE);
        expect(await hears()).toBe(false);
      }
    });

    test('a playback that is stopped was cancelled; one whose caller leaves met a hang-up', async () => {
      const { caller, call } = await arrived();
      const [first, second] = [`${call.callId}.p1`, `${call.callId}.p2`];
      await world.switch.play(call.channel, first, [world.sound]);
      expect(await world.switch.stopPlayback(first)).toEqual(DONE);
      expect(await world.log.next('playbackEnded', (one) => one.playback === first)).toMatchObject({
        end: 'cancelled',
      });
      await world.switch.play(call.channel, second, [world.sound]);
      caller.hangUp();
      await endOf(call.channel);
      const told = world.log.events.filter(
        (one) =>
          (one.type === 'playbackEnded' && one.playback === second) ||
          (one.type === 'ended' && one.channel === call.channel),
      );
      expect(told.map((one) => (one.type === 'playbackEnded' ? one.end : one.type))).toEqual([
        'hungUp',
        'ended',
      ]);
    });

    test('nothing to play finishes at once', async () => {
      const { call } = await arrived();
      expect(await world.switch.play(call.channel, `${call.callId}.p1`, [])).toEqual(DONE);
      expect(
        await world.log.next('playbackEnded', (one) => one.playback === `${call.callId}.p1`),
      ).toMatchObject({
        end: 'finished',
      });
    });

    test('a command for what is gone says so, whatever it is', async () => {
      const { caller, call } = await arrived();
      caller.hangUp();
      await endOf(call.channel);
      const { channel, callId } = call;
      expect(await world.switch.answer(channel)).toEqual(GONE);
      expect(await world.switch.play(channel, `${callId}.p1`, [world.sound])).toEqual(GONE);
      expect(await world.switch.startMusic(channel)).toEqual(GONE);
      expect(await world.switch.stopMusic(channel)).toEqual(GONE);
      expect(await world.switch.mute(channel, true)).toEqual(GONE);
      expect(await world.switch.spy(channel, `${callId}.s1`, 'listen')).toEqual(GONE);
      expect(await world.switch.sendDigits(channel, '1')).toEqual(GONE);
      expect(await world.switch.hangup(channel, 'normal')).toEqual(GONE);
      expect(await world.switch.stopPlayback(`${callId}.p1`)).toEqual(GONE);
      expect(await world.switch.bridge(`${callId}.b`, [channel])).toEqual(GONE);
      expect(await world.switch.unbridge(`${callId}.b`, channel)).toEqual(GONE);
      expect(await world.switch.destroyBridge(`${callId}.b`)).toEqual(DONE);
      expect(await world.switch.destroyBridge(`${callId}.b`)).toEqual(GONE);
      expect(endsOf(channel)).toHaveLength(1);
    });

    test('a recording ends once: told to stop, for silence, by a hang-up; it is never begun twice', async () => {
      const { caller, call } = await arrived();
      const { channel, callId } = call;
      const [first, second, third] = [`${callId}.m1`, `${callId}.m2`, `${callId}.m3`];
      const end = (recording: string) =>
        world.log.next('recordingEnded', (one) => one.recording === recording);
      const long = { maxMs: 20_000, silenceMs: 10_000 };
      expect(await world.switch.record(channel, first, long)).toEqual(DONE);
      expect(await world.switch.record(channel, first, long)).toEqual({ kind: 'exists' });
      expect(await world.switch.checkRecording(first)).toEqual(DONE);
      expect(await world.switch.stopRecording(first)).toEqual(DONE);
      expect(await end(first)).toMatchObject({ end: 'stopped' });
      expect(await world.switch.stopRecording(first)).toEqual(GONE);
      expect(await world.switch.checkRecording(first)).toEqual(GONE);
      expect(await world.switch.record(channel, second, { maxMs: 20_000, silenceMs: 1_000 })).toEqual(DONE);
      world.silencePasses(second);
      expect(await end(second)).toMatchObject({ end: 'silent' });
      expect(await world.switch.record(channel, third, long)).toEqual(DONE);
      caller.hangUp();
      expect(await end(third)).toMatchObject({ end: 'hungUp' });
      await endOf(channel);
      const told = world.log.events.filter(
        (one) =>
          (one.type === 'recordingEnded' && one.recording === third) ||
          (one.type === 'ended' && one.channel === channel),
      );
      expect(told.map(({ type }) => type)).toEqual(['recordingEnded', 'ended']);
      expect(await world.switch.record(channel, `${callId}.m4`, long)).toEqual(GONE);
      for (const name of ['../x', 'a/b', '', 'a,b', '.hidden']) {
        expect(await world.switch.record(channel, name, long)).toMatchObject({ kind: 'refused' });
      }
    });

    test('what is said in a bridge is recorded until that is stopped, or the bridge is no more; once a name', async () => {
      const { call } = await arrived();
      const { channel, callId } = call;
      const bridge = `${callId}.b`;
      const [first, second] = [`${callId}.i1`, `${callId}.i2`];
      const end = (recording: string) =>
        world.log.next('recordingEnded', (one) => one.recording === recording);
      expect(await world.switch.recordBridge(bridge, first, 60_000)).toEqual(GONE);
      expect(await world.switch.bridge(bridge, [channel])).toEqual(DONE);
      expect(await world.switch.recordBridge(bridge, first, 60_000)).toEqual(DONE);
      expect(await world.switch.recordBridge(bridge, first, 60_000)).toEqual({ kind: 'exists' });
      expect(await world.switch.checkRecording(first)).toEqual(DONE);
      expect(await world.switch.stopRecording(first)).toEqual(DONE);
      expect(await end(first)).toMatchObject({ end: 'stopped' });
      expect(await world.switch.recordBridge(bridge, second, 60_000)).toEqual(DONE);
      expect(await world.switch.destroyBridge(bridge)).toEqual(DONE);
      // The real one does not always tell it: nobody watches a bridge that is no more.
      await expect.poll(() => world.switch.checkRecording(second), { timeout: 5_000 }).toEqual(GONE);
      expect(await world.switch.recordBridge(bridge, `${callId}.i3`, 60_000)).toEqual(GONE);
      for (const name of ['../x', 'a/b', '', 'a,b', '.hidden']) {
        expect(await world.switch.recordBridge(bridge, name, 60_000)).toMatchObject({ kind: 'refused' });
      }
    });

    test('the conversation of an answered leg is recorded, is not begun twice, and joins its bridge again', async () => {
      const [telephone, other] = [await world.telephone(), await world.telephone()];
      telephone.next('rings');
      other.next('answers');
      const callId = randomUUID();
      const [leg, agent, bridge] = [`${callId}.t1`, `${callId}.a1`, `${callId}.b`];
      const answered = (channel: string) => world.log.next('answered', (one) => one.channel === channel);
      const asked = { originator: null, callerNumber: '12345', callerName: '', ringTimeoutMs: 5_000 };
      const target = { kind: 'phone', phone: telephone.name } as const;
      expect(await world.switch.recordCall(leg)).toEqual(GONE);
      expect(await world.switch.ring({ ...asked, channel: leg, target })).toEqual(DONE);
      await world.log.next('ringing', (one) => one.channel === leg);
      expect(await world.switch.recordCall(leg)).toMatchObject({ kind: 'refused' });
      expect(await world.switch.hangup(leg, 'normal')).toEqual(DONE);
      await endOf(leg);
      telephone.next('answers');
      const second = `${callId}.t2`;
      expect(await world.switch.ring({ ...asked, channel: second, target })).toEqual(DONE);
      await answered(second);
      const phone = { kind: 'phone', phone: other.name } as const;
      expect(await world.switch.ring({ ...asked, channel: agent, target: phone })).toEqual(DONE);
      await answered(agent);
      expect(await world.switch.bridge(bridge, [second, agent])).toEqual(DONE);
      const name = new RegExp(`^\\d{4}/\\d\\d/\\d\\d/${callId}\\.raw$`);
      const begun = await world.switch.recordCall(second);
      expect(begun).toEqual({ kind: 'done', recording: expect.stringMatching(name) });
      expect(await world.switch.recordCall(second)).toEqual(begun);
      expect(await world.switch.bridge(bridge, [second])).toEqual(DONE);
      const snapshot = await world.switch.snapshot();
      expect(snapshot?.bridges.map(({ channels }) => [...channels].sort())).toEqual([[agent, second].sort()]);
      expect(endsOf(second)).toEqual([]);
      await telephone.hangsUp();
      expect(await endOf(second)).toMatchObject({ reason: 'normal' });
      expect(await world.switch.recordCall(second)).toEqual(GONE);
      expect(endsOf(second)).toHaveLength(1);
    });

    test('a leg rings, is answered, is joined; a repeated ring exists; each end is told once', async () => {
      const { caller, call } = await arrived();
      const telephone = await world.telephone();
      telephone.next('answers');
      const leg = `${call.callId}.a1`;
      expect(await ring(call.channel, telephone.name, leg)).toEqual(DONE);
      expect(await ring(call.channel, telephone.name, leg)).toEqual({ kind: 'exists' });
      await world.log.next('answered', (one) => one.channel === leg);
      const bridge = `${call.callId}.b`;
      expect(await world.switch.bridge(bridge, [call.channel, leg])).toEqual(DONE);
      expect(await world.switch.bridge(bridge, [call.channel, leg])).toEqual(DONE);
      const snapshot = await world.switch.snapshot();
      const bridges = snapshot?.bridges.map(({ channels }) => [...channels].sort());
      expect(bridges).toEqual([[call.channel, leg].sort()]);
      expect(snapshot?.channels.find(({ channel }) => channel === call.channel)).toMatchObject({
        up: true,
        bridge,
        incoming: { callId: call.callId, dialled: call.dialled },
      });
      await telephone.hangsUp();
      expect(await endOf(leg)).toMatchObject({ reason: 'normal' });
      expect(await world.switch.unbridge(bridge, call.channel)).toEqual(DONE);
      expect(await world.switch.destroyBridge(bridge)).toEqual(DONE);
      caller.hangUp();
      await endOf(call.channel);
      expect(endsOf(leg)).toHaveLength(1);
      expect(world.log.ofType('phoneUse').filter(({ phone }) => phone === telephone.name)).toEqual([]);
    });

    test('a channel is muted and heard again, and gets keys pressed to it; each may be asked twice', async () => {
      const { call } = await arrived();
      for (const muted of [true, true, false, false]) {
        expect(await world.switch.mute(call.channel, muted)).toEqual(DONE);
      }
      expect(await world.switch.sendDigits(call.channel, '12*#')).toEqual(DONE);
      for (const digits of ['', 'x', '1'.repeat(33), '1,2']) {
        expect(await world.switch.sendDigits(call.channel, digits)).toMatchObject({ kind: 'refused' });
      }
    });

    test.each([
      ['isBusy', 'busy'],
      ['declines', 'rejected'],
    ] as const)('a phone that %s ends the leg as %s', async (does, reason) => {
      const { call } = await arrived();
      const telephone = await world.telephone();
      telephone.next(does);
      const leg = `${call.callId}.a1`;
      expect(await ring(call.channel, telephone.name, leg)).toEqual(DONE);
      expect(await endOf(leg)).toMatchObject({ reason });
    });

    test('a phone that only rings was not answered; one that is not there was unreachable', async () => {
      const { call } = await arrived();
      const telephone = await world.telephone();
      telephone.next('rings');
      const [first, second] = [`${call.callId}.a1`, `${call.callId}.a2`];
      expect(await ring(call.channel, telephone.name, first, 1_000)).toEqual(DONE);
      await world.log.next('ringing', (one) => one.channel === first);
      world.ringTimePasses(first);
      expect(await endOf(first)).toMatchObject({ reason: 'noAnswer' });
      telephone.vanishes();
      expect(await ring(call.channel, telephone.name, second, 1_000)).toEqual(DONE);
      world.ringTimePasses(second);
      expect(await endOf(second)).toMatchObject({ reason: 'unreachable' });
    });

    test('a leg that we end ends for the reason that we gave', async () => {
      const { call } = await arrived();
      const telephone = await world.telephone();
      telephone.next('rings');
      const leg = `${call.callId}.a1`;
      await ring(call.channel, telephone.name, leg);
      await world.log.next('ringing', (one) => one.channel === leg);
      expect(await world.switch.hangup(leg, 'answeredElsewhere')).toEqual(DONE);
      expect(await endOf(leg)).toMatchObject({ reason: 'answeredElsewhere' });
      expect(endsOf(leg)).toHaveLength(1);
    });

    test('what is no phone, no number and no centre is refused before it reaches the switch', async () => {
      const { call } = await arrived();
      const request = {
        channel: `${call.callId}.u1`,
        originator: call.channel,
        callerNumber: '13800138000',
        callerName: '',
        ringTimeoutMs: 1_000,
      };
      for (const phone of ['1001', 'a&PJSIP/b', 'a/b', '', 'a@carrier', 'a b']) {
        const asked = { ...request, target: { kind: 'phone', phone } as const };
        expect(await world.switch.ring(asked)).toMatchObject({ kind: 'refused' });
      }
      for (const number of ['12', '110&PJSIP/1', '+8612345', '1'.repeat(21), 'abc']) {
        const asked = { ...request, target: { kind: 'number', trunk: 'carrier', number } as const };
        expect(await world.switch.ring(asked)).toMatchObject({ kind: 'refused' });
      }
      for (const address of ['12345', 'sip:1@host&PJSIP/2', 'sip:a@host', 'sip:1@host;x=y', 'sip:1@host:0']) {
        const asked = { ...request, target: { kind: 'centre', trunk: 'carrier', address } as const };
        expect(await world.switch.ring(asked)).toMatchObject({ kind: 'refused' });
      }
      const elsewhere = { kind: 'centre', trunk: 'carrier/x', address: 'sip:1@host' } as const;
      expect(await world.switch.ring({ ...request, target: elsewhere })).toMatchObject({ kind: 'refused' });
      const telephone = await world.telephone();
      for (const headers of [
        { From: 'sip:110@host' },
        { 'X-A': 'a\r\nb' },
        { 'X-(B)': 'x' },
        { 'X-A': '工单' },
      ]) {
        const asked = { ...request, target: { kind: 'phone', phone: telephone.name } as const, headers };
        expect(await world.switch.ring(asked)).toMatchObject({ kind: 'refused' });
      }
      expect(await ring(call.channel, 'nobody-has-this', request.channel)).toMatchObject({ kind: 'refused' });
      expect(endsOf(request.channel)).toEqual([]);
    });

    test('a call that is not accepted goes to the fallback, the next one is ours again', async () => {
      world.switch.setAccepting(false);
      const from = world.log.mark;
      await world.call();
      await world.untilFellBack(1);
      expect(world.log.events.slice(from).filter(({ type }) => type === 'incoming')).toEqual([]);
      world.switch.setAccepting(true);
      await arrived();
    });

    test('an unknown event and a broken one disturb nobody', async () => {
      const { caller, call } = await arrived();
      const from = world.log.mark;
      await world.babble();
      caller.hangUp();
      await endOf(call.channel);
      expect(world.log.events.slice(from).map(({ type }) => type)).toEqual(['ended']);
    });

    test('after a dropped connection everything is there again, and what ended meanwhile ends once', async () => {
      const staying = await arrived();
      const from = world.log.mark;
      await world.drop();
      expect(await world.log.next('down', undefined, { from })).toMatchObject({ silentMs: 0 });
      const up = await world.log.next('up', undefined, { from });
      expect(up.snapshot.channels).toEqual([
        { channel: staying.call.channel, up: true, bridge: null, incoming: withoutType(staying.call) },
      ]);
      const again = world.log.mark;
      await world.freeze();
      // It is noticed late, and said how late.
      expect((await world.log.next('down', undefined, { from: again })).silentMs).toBeGreaterThan(500);
      expect(await world.switch.answer(staying.call.channel)).toMatchObject({ kind: 'unknown' });
      staying.caller.hangUp();
      await world.thaw();
      const back = await world.log.next('up', undefined, { from: again });
      if (back.snapshot.channels.length > 0) await endOf(staying.call.channel);
      await endOf(staying.call.channel);
      expect(endsOf(staying.call.channel)).toHaveLength(1);
      await arrived();
    });

    test('a leg that stays up serves one call after the other: a tone, the talk, and it waits again', async () => {
      const telephone = await world.telephone();
      telephone.next('answers');
      const stays = await world.legs.raise(telephone.name);
      telephone.next('declines');
      for (const _ of [1, 2]) {
        const { caller, call } = await arrived();
        const [leg, bridge] = [`${call.callId}.a1`, `${call.callId}.b`];
        const from = world.log.mark;
        expect(await ring(call.channel, telephone.name, leg)).toEqual(DONE);
        expect(await ring(call.channel, telephone.name, leg)).toEqual({ kind: 'exists' });
        expect(await ring(call.channel, telephone.name, `${leg}0`)).toMatchObject({ kind: 'refused' });
        await world.log.next('answered', (one) => one.channel === leg, { from });
        expect(await world.switch.bridge(bridge, [call.channel, leg])).toEqual(DONE);
        expect(await world.switch.mute(leg, true)).toEqual(DONE);
        const talking = await world.switch.snapshot();
        expect(talking?.bridges.map(({ channels }) => [...channels].sort())).toEqual([
          [call.channel, leg].sort(),
        ]);
        expect(talking?.channels.find(({ channel }) => channel === leg)).toMatchObject({ up: true, bridge });
        expect(await world.switch.hangup(leg, 'normal')).toEqual(DONE);
        expect(await world.log.next('ended', (one) => one.channel === leg)).toMatchObject({
          reason: 'normal',
        });
        // It is no leg of any call: not to be found, and not to be spoken to.
        const after = await world.switch.snapshot();
        expect(after?.channels.map(({ channel }) => channel)).toEqual([call.channel]);
        expect(after?.bridges.flatMap(({ channels }) => channels)).toEqual([call.channel]);
        expect(await world.switch.mute(leg, false)).toEqual(GONE);
        expect([stays.isUp, stays.isMuted, world.legs.ended(telephone.name)]).toEqual([
          true,
          false,
          undefined,
        ]);
        caller.hangUp();
        await endOf(call.channel);
        expect(endsOf(leg)).toHaveLength(1);
        await world.switch.destroyBridge(bridge);
      }
      await telephone.hangsUp();
      await expect.poll(() => world.legs.ended(telephone.name), { timeout: 5_000 }).toBe('normal');
    });

    test('a restarted switch is empty, takes its phones again, and calls go on', async () => {
      const { call } = await arrived();
      const telephone = await world.telephone();
      const from = world.log.mark;
      await world.restart();
      await world.log.next('down', undefined, { from });
      const up = await world.log.next('up', undefined, { from, withinMs: 20_000 });
      expect(up.snapshot.channels).toEqual([]);
      expect(up.snapshot.phones.map(({ phone }) => phone)).not.toContain(telephone.name);
      await endOf(call.channel);
      const later = world.log.mark;
      await telephone.registers();
      await world.log.next('phone', ({ phone, reachable }) => phone === telephone.name && reachable, {
        from: later,
      });
      const next = await arrived();
      telephone.next('answers');
      const leg = `${next.call.callId}.a1`;
      expect(await ring(next.call.channel, telephone.name, leg)).toEqual(DONE);
      await world.log.next('answered', (one) => one.channel === leg);
    });
  });
}

function withoutType(call: object): object {
  return Object.fromEntries(Object.entries(call).filter(([name]) => name !== 'type'));
}
