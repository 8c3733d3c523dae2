import { beforeEach, expect, test } from 'vitest';
import type { CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { TalkTarget, TalkWish } from '../../../src/app/ports/talk-commands.ts';
import { DEFAULT_OUTBOUND_RULES } from '../../../src/domain/callbacks/outbound-rules.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// What agents do in a talk, through commands, over the model switch: who hears whom is asked of the switch itself.

let house: House;
let keys = 0;
beforeEach(async () => {
  house = await new House(sample([agent(1), agent(2, ['desk']), agent(3, ['desk'])])).open();
  await house.ready(1);
});

async function asks(n: number, wish: TalkWish, key?: string): Promise<CommandReply> {
  keys += 1;
  const reply = await house.control.command({
    kind: 'talk',
    agentId: `agent${n}`,
    wish,
    key: key ?? `key${keys}`,
  });
  await settled();
  return reply;
}
const to = (kind: 'transfer' | 'consult' | 'invite', target: TalkTarget, note = {}): TalkWish => ({
  kind,
  target,
  note,
});
const COLLEAGUE = { kind: 'agent', agent: '1002' } as const;
const OUTSIDE = { kind: 'number', number: '051384130000' } as const;

/** The citizen and agent1 talk. */
async function talk(): Promise<void> {
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  await answers('phone1');
  expect(house.state('call1')).toBe('talking');
}
async function answers(target: string): Promise<void> {
  house.switch.answerLeg(house.switch.world.legOf(target) ?? 'none');
  await settled();
}
/** Who is in a bridge with whom, and who hears music; by citizen, phone or number. */
function heard(): string[] {
  const named = [...house.switch.channels.values()].map((one) => ({ ...one, name: one.target ?? 'citizen' }));
  const rooms = [...house.switch.bridges].map((bridge) =>
    named
      .filter((one) => one.bridge === bridge)
      .map(({ name }) => name)
      .sort()
      .join('+'),
  );
  const music = named.flatMap(({ name, music: on }) => (on ? [`${name} music`] : []));
  return [...rooms.filter((room) => room !== ''), ...music].sort();
}
const agentState = (n: number) => house.agents.get(`agent${n}`)?.state;

test('hold and resume, asked twice; the reminder is heard by the agent, not by the citizen', async () => {
  await talk();
  expect(await asks(1, { kind: 'hold' })).toMatchObject({
    ok: true,
    call: { talk: { phase: 'citizenHeld' } },
  });
  expect(await asks(1, { kind: 'hold' })).toMatchObject({ ok: true });
  expect(heard()).toEqual(['citizen music', 'phone1']);
  await house.after(45_500);
  expect([...house.switch.playbacks.values()]).toEqual([house.switch.world.legOf('phone1')]);
  await house.heard();
  expect(await asks(1, { kind: 'resume' })).toMatchObject({ call: { talk: { citizen: { held: null } } } });
  expect(heard()).toEqual(['citizen+phone1']);
  expect(house.told('call1').filter((type) => type === 'citizenHeld')).toHaveLength(1);
});

test('a wish that is sent again under its key is done once, also after call control died', async () => {
  await talk();
  await house.ready(2);
  await asks(1, to('consult', COLLEAGUE));
  await answers('phone2');
  await asks(1, { kind: 'swap' }, 'once');
  expect(heard()).toEqual(['citizen+phone1', 'phone2 music']);
  house = await restarted(house);
  expect(await asks(1, { kind: 'swap' }, 'once')).toMatchObject({
    ok: true,
    call: { talk: { phase: 'swapped' } },
  });
  expect(heard()).toEqual(['citizen+phone1', 'phone2 music']);
});

/** Call control is killed and comes back; the switch has gone on. */
async function restarted(before: House): Promise<House> {
  before.switch.forget();
  await before.control.stop();
  const after = new House(before.configuration, before);
  after.facts.push(...before.facts);
  await after.open();
  await settled();
  return after;
}

test.each(['calling', 'consulting', 'swapped', 'transferring', 'three'] as const)(
  'killed while %s: everybody is where he was, and the talk goes on to its end',
  async (phase) => {
    await talk();
    await house.ready(2);
    const kind = phase === 'transferring' ? 'transfer' : phase === 'three' ? 'invite' : 'consult';
    await asks(1, to(kind, COLLEAGUE));
    if (phase !== 'calling' && phase !== 'transferring') await answers('phone2');
    if (phase === 'swapped') await asks(1, { kind: 'swap' });
    const before = heard();
    house = await restarted(house);
    expect(heard()).toEqual(before);
    expect(house.errors).toEqual([]);
    if (phase === 'calling' || phase === 'transferring') await answers('phone2');
    if (phase === 'calling' || phase === 'consulting' || phase === 'swapped') {
      expect(await asks(1, { kind: 'complete' })).toMatchObject({ ok: true });
    }
    if (phase === 'three') await asks(1, { kind: 'leave' });
    expect(heard()).toEqual(['citizen+phone2']);
    expect([agentState(1), agentState(2)]).toEqual(['WRAP_UP', 'TALKING']);
    house.switch.end('channel1');
    await settled();
    expect([...house.switch.channels, ...house.switch.bridges]).toEqual([]);
    expect(house.end('call1')).toMatchObject({ result: 'answeredByAgent', releasedBy: 'caller' });
  },
);

test('what was lost on the way to the switch in the moment of the death is done when it is back', async () => {
  await talk();
  house.switch.slow = true;
  await asks(1, { kind: 'hold' });
  house.switch.slow = false;
  house = await restarted(house);
  await settled();
  expect(heard()).toEqual(['citizen music', 'phone1']);
});

test.each(['citizen', null])(
  'a mute that was lost in the moment of the death is repeated (%s)',
  async (party) => {
    await talk();
    house.switch.slow = true;
    await asks(1, { kind: 'mute', party });
    house.switch.slow = false;
    house = await restarted(house);
    await settled();
    const channel = party === null ? house.switch.world.legOf('phone1') : 'channel1';
    expect(house.switch.channels.get(channel ?? '')).toMatchObject({ muted: true, bridge: 'call1.b' });
    expect(heard()).toEqual(['citizen+phone1']);
  },
);

test.each([
  ['citizen', 'unmute'],
  [null, 'unmute'],
  // In the queue nobody but the next agent would find out that he is not heard.
  ['citizen', 'transfer'],
] as const)(
  'who was to speak again (%s, by %s), and it was lost in the moment of the death, does',
  async (party, how) => {
    await talk();
    await asks(1, { kind: 'mute', party });
    const channel = party === null ? (house.switch.world.legOf('phone1') ?? '') : 'channel1';
    expect(house.switch.channels.get(channel)?.muted).toBe(true);
    house.switch.slow = true;
    const toQueue = { kind: 'queue', queue: 'desk' } as const;
    await asks(1, how === 'unmute' ? { kind: 'unmute', party } : to('transfer', toQueue));
    house.switch.slow = false;
    house = await restarted(house);
    await settled();
    expect(house.switch.channels.get(channel)?.muted).toBe(false);
  },
);

test('a mute without an answer is asked for once more, and so is its end', async () => {
  await talk();
  for (const kind of ['mute', 'unmute'] as const) {
    house.switch.faults.set('mute', [{ kind: 'unknown', reason: 'test' }]);
    await asks(1, { kind, party: 'citizen' });
    expect(house.switch.channels.get('channel1')?.muted).toBe(kind === 'mute');
  }
});

test('a blind transfer that nobody takes comes back to the sender while he wraps up', async () => {
  await talk();
  await house.ready(2);
  await asks(1, to('transfer', COLLEAGUE));
  expect([agentState(1), agentState(2)]).toEqual(['WRAP_UP', 'RINGING']);
  expect(heard()).toEqual(['citizen music']);
  house.switch.end(house.switch.world.legOf('phone2') ?? '', 'rejected');
  await settled();
  expect([agentState(1), agentState(2)]).toEqual(['RINGING', 'NOT_READY']);
  await answers('phone1');
  expect(heard()).toEqual(['citizen+phone1']);
  expect(agentState(1)).toBe('TALKING');
});

test('the sender takes a transfer back; the receiver is free as if nobody had asked', async () => {
  await talk();
  await house.ready(2);
  await asks(1, to('transfer', COLLEAGUE));
  expect(await asks(1, { kind: 'cancel', party: null })).toMatchObject({ ok: true });
  expect([agentState(1), agentState(2)]).toEqual(['RINGING', 'READY']);
});

test('to a queue: whoever is free there has the citizen, who was first', async () => {
  await talk();
  house.switch.arrive(incoming(2, '12369'));
  await settled();
  await house.heard();
  await asks(1, to('transfer', { kind: 'queue', queue: 'desk' }));
  expect(house.state('call1')).toBe('queued');
  await house.ready(2);
  await answers('phone2');
  expect([house.state('call1'), house.state('call2')]).toEqual(['talking', 'queued']);
});

test('given to another queue, he is that queue’s: when the talk there breaks off he comes back to it', async () => {
  await talk();
  await house.ready(2);
  await asks(1, to('transfer', { kind: 'queue', queue: 'desk' }));
  await answers('phone2');
  expect(house.state('call1')).toBe('talking');
  house = await restarted(house);
  house.switch.end(house.switch.world.legOf('phone2') ?? '', 'unreachable');
  await settled();
  expect(house.calls.get('call1')).toMatchObject({ state: 'queued', queue: 'desk' });
  await house.ready(1);
  expect(house.state('call1')).toBe('queued');
});

test('a party is sent away by whoever has the call or brought it in, or by a lead: not by any colleague', async () => {
  await talk();
  await house.ready(2, 3);
  await asks(1, to('invite', COLLEAGUE));
  await answers('phone2');
  await asks(2, to('invite', OUTSIDE));
  await answers('051384130000');
  const party = (kind: string, n = 0) =>
    house.calls.get('call1')?.talk?.parties.filter((one) => one.kind === kind)[n]?.id ?? 'none';
  const refused = { ok: false, code: 'talk.notYours' };
  expect(await asks(2, { kind: 'remove', party: party('agent') })).toMatchObject(refused);
  await asks(1, to('invite', { kind: 'agent', agent: '1003' }));
  await answers('phone3');
  expect(await asks(3, { kind: 'remove', party: party('number') })).toMatchObject(refused);
  expect(await asks(3, { kind: 'remove', party: party('number'), asLead: true })).toMatchObject({ ok: true });
  await asks(2, to('invite', OUTSIDE));
  await answers('051384130000');
  expect(await asks(2, { kind: 'remove', party: party('number') })).toMatchObject({ ok: true });
  expect(await asks(1, { kind: 'remove', party: party('agent', 1) })).toMatchObject({ ok: true });
  expect(heard()).toEqual(['citizen+phone1+phone3']);
});

test('a consulted queue means whoever of it is free; when nobody is, it says so', async () => {
  await talk();
  expect(await asks(1, to('consult', { kind: 'queue', queue: 'desk' }))).toMatchObject({
    ok: false,
    code: 'target.nobodyFree',
  });
  await house.ready(3);
  await asks(1, to('consult', { kind: 'queue', queue: 'desk' }));
  expect(agentState(3)).toBe('RINGING');
});

test('three-way with a unit of the register: one wish, our number, the ticket goes with it', async () => {
  house.configuration = {
    ...house.configuration,
    lines: house.configuration.lines.map((line) =>
      line.number === '12348' ? { ...line, unitCode: 'justice' } : line,
    ),
  };
  await house.control.command({ kind: 'reloadConfiguration' });
  await talk();
  await asks(1, to('invite', { kind: 'unit', unit: 'justice' }, { ticket: 'T-1', location: '人民路1号' }));
  // The talk goes on while it rings.
  expect(heard()).toEqual(['citizen+phone1']);
  const leg = house.switch.channels.get(house.switch.world.legOf('051384139001') ?? '');
  expect(leg?.headers).toMatchObject({
    'X-12345-Call': 'call1',
    'X-12345-Ticket': 'T-1',
    'X-12345-Location': '%E4%BA%BA%E6%B0%91%E8%B7%AF1%E5%8F%B7',
  });
  await answers('051384139001');
  expect(heard()).toEqual(['051384139001+citizen+phone1']);
  expect(await asks(1, { kind: 'mute', party: leg?.id ?? '' })).toMatchObject({ ok: true });
  expect(leg?.muted).toBe(true);
  await asks(1, { kind: 'digits', digits: '12#', party: null });
  expect(leg?.digits).toBe('12#');
  expect(JSON.stringify(house.facts)).not.toContain('12#');
});

test('an emergency desk keeps its agent until it accepts, however it was dialled', async () => {
  await talk();
  await asks(1, to('invite', { kind: 'number', number: '110' }));
  await answers('110');
  const refused = { ok: false, code: 'talk.emergencyNotAccepted' };
  expect(await asks(1, { kind: 'leave' })).toMatchObject(refused);
  expect(await house.control.command({ kind: 'releaseCall', agentId: 'agent1' })).toMatchObject(refused);
  expect(await asks(1, { kind: 'accepted', party: null })).toMatchObject({ ok: true });
  expect(await asks(1, { kind: 'leave' })).toMatchObject({ ok: true });
  expect(heard()).toEqual(['110+citizen']);
  expect(house.told('call1')).toContain('emergencyAccepted');
});

test.each([
  ['122', '122'],
  ['the trunk prefix before it', '0513122'],
  ['119', '119'],
])('whatever emergency number is typed (%s) is its desk, which keeps the agent', async (_how, number) => {
  await talk();
  expect(await asks(1, to('invite', { kind: 'number', number }))).toMatchObject({ ok: true });
  const desk = number.slice(-3);
  await answers(desk);
  expect(house.calls.get('call1')?.talk?.parties).toMatchObject([
    { kind: 'agent' },
    { kind: 'emergency', number: desk, accepted: false },
  ]);
  expect(await asks(1, { kind: 'leave' })).toMatchObject({ code: 'talk.emergencyNotAccepted' });
});

test('rules that an earlier release kept have no desk 122: it is within reach all the same', async () => {
  const { emergencyDesks } = DEFAULT_OUTBOUND_RULES;
  const kept = emergencyDesks.filter(({ desk }) => desk !== '122');
  house.outboundRules = { ...DEFAULT_OUTBOUND_RULES, emergencyDesks: kept };
  await house.control.command({ kind: 'reloadConfiguration' });
  await talk();
  expect(await asks(1, to('invite', { kind: 'emergency', desk: '122' }))).toMatchObject({ ok: true });
});

test.each([
  [{ kind: 'agent', agent: '1001' }, 'target.self'],
  [{ kind: 'agent', agent: '9999' }, 'target.unknown'],
  [COLLEAGUE, 'target.signedOut'],
  [{ kind: 'queue', queue: 'no-such' }, 'target.unknown'],
  [{ kind: 'unit', unit: 'no-such' }, 'target.noNumber'],
  [{ kind: 'number', number: '12' }, 'target.numberInvalid'],
  [{ kind: 'number', number: '12345' }, 'target.ownNumber'],
  // Toll fraud: abroad, charged for, dialling on; and our own number in another spelling, which would come back to us.
  [{ kind: 'number', number: '0088216123456' }, 'outbound.numberForeign'],
  [{ kind: 'number', number: '16812345' }, 'outbound.numberService'],
  [{ kind: 'number', number: '1790900442071234' }, 'outbound.numberService'],
  [{ kind: 'number', number: '051312345' }, 'target.ownNumber'],
  [{ kind: 'emergency', desk: '999' }, 'target.unknown'],
] as const)('a target that cannot be: %o is refused, and nothing happens', async (target, code) => {
  await talk();
  for (const kind of ['transfer', 'consult', 'invite'] as const) {
    expect(await asks(1, to(kind, target))).toMatchObject({ ok: false, code });
  }
  expect(heard()).toEqual(['citizen+phone1']);
});

test('a busy or unreachable colleague is refused; who is in no call has nothing to ask for', async () => {
  await talk();
  await house.control.command({ kind: 'signIn', agentId: 'agent2' });
  expect(await asks(1, to('consult', COLLEAGUE))).toMatchObject({ ok: false, code: 'target.busy' });
  await house.ready(2);
  await house.unplug(agent(2));
  expect(await asks(1, to('consult', COLLEAGUE))).toMatchObject({ ok: false, code: 'target.unreachable' });
  expect(await asks(2, { kind: 'hold' })).toMatchObject({ ok: false, code: 'call.none' });
});

test('an outside number that the trunk refuses: the agent is back with the citizen, and sees it', async () => {
  await talk();
  house.switch.faults.set('ring', [{ kind: 'refused', reason: 'full' }]);
  await asks(1, to('consult', OUTSIDE));
  expect(heard()).toEqual(['citizen+phone1']);
  expect(house.calls.get('call1')?.talk).toMatchObject({
    phase: 'together',
    parties: [{ agentId: 'agent1' }],
  });
});

test('the outside leg answers after it was cancelled: it is hung up on, and nobody hears it', async () => {
  await talk();
  await asks(1, to('consult', OUTSIDE));
  const leg = house.switch.world.legOf('051384130000') ?? '';
  house.switch.slow = true;
  await asks(1, { kind: 'cancel', party: null });
  house.switch.answerLeg(leg);
  for (let n = 0; n < 20; n += 1) {
    house.switch.deliver();
    await house.switch.perform();
    await settled();
  }
  house.switch.slow = false;
  expect(heard()).toEqual(['citizen+phone1']);
  expect(house.switch.channels.has(leg)).toBe(false);
});

test.each(['12318', '95598', '4008123123', '84130000', '114', '118'])(
  'another hotline, a directory, or a neighbour: %s may be asked',
  async (number) => {
    await talk();
    expect(await asks(1, to('consult', { kind: 'number', number }))).toMatchObject({ ok: true });
    expect(house.switch.world.rung.at(-1)?.target).toMatchObject({ kind: 'number', trunk: 'carrier' });
  },
);

test.each(['114', '118'])('a citizen is given to directory %s, and the agent is free', async (number) => {
  await talk();
  expect(await asks(1, to('transfer', { kind: 'number', number }))).toMatchObject({ ok: true });
  expect(house.switch.world.rung.at(-1)?.target).toEqual({ kind: 'number', number, trunk: 'carrier' });
  await answers(number);
  expect(heard()).toEqual([`${number}+citizen`]);
  expect(agentState(1)).toBe('WRAP_UP');
});

test('numbers that an agent brings into talks are counted with the calls out, and end at the cap', async () => {
  await talk();
  for (let n = 0; n < DEFAULT_OUTBOUND_RULES.perAgentHour; n += 1) {
    expect(await asks(1, to('consult', OUTSIDE))).toMatchObject({ ok: true });
    await asks(1, { kind: 'cancel', party: null });
  }
  expect(await asks(1, to('consult', OUTSIDE))).toMatchObject({ ok: false, code: 'outbound.tooManyByAgent' });
  // Never an emergency.
  expect(await asks(1, to('consult', { kind: 'number', number: '0513110' }))).toMatchObject({ ok: true });
});

test('what the talk refuses has rung nobody, and uses up no call of the hour', async () => {
  await talk();
  await house.ready(2);
  await asks(1, to('consult', COLLEAGUE));
  for (let n = 0; n < DEFAULT_OUTBOUND_RULES.perAgentHour; n += 1) {
    expect(await asks(1, to('consult', OUTSIDE))).toMatchObject({ ok: false, code: 'talk.notNow' });
  }
  await asks(1, { kind: 'cancel', party: null });
  expect(await asks(1, to('consult', OUTSIDE))).toMatchObject({ ok: true });
});

test('nobody is left alone with an emergency desk that has not accepted: a blind transfer to it is refused', async () => {
  await talk();
  expect(await asks(1, to('transfer', { kind: 'emergency', desk: '110' }))).toMatchObject({
    ok: false,
    code: 'talk.emergencyNotAccepted',
  });
  await asks(1, to('invite', { kind: 'emergency', desk: '110' }));
  // It rings: whoever has not answered has accepted nothing.
  expect(await asks(1, { kind: 'accepted', party: null })).toMatchObject({ ok: false, code: 'talk.notNow' });
  expect(heard()).toEqual(['citizen+phone1']);
});

test('the phone of an agent who consults an emergency desk dies: the citizen talks with the desk', async () => {
  await talk();
  await asks(1, to('consult', { kind: 'emergency', desk: '110' }));
  await answers('110');
  expect(heard()).toEqual(['110+phone1', 'citizen music']);
  house.switch.end(house.switch.world.legOf('phone1') ?? '', 'unreachable');
  await settled();
  expect(heard()).toEqual(['110+citizen']);
});

test('the phone dies while the desk still rings: the citizen is brought to it when it answers', async () => {
  await talk();
  await asks(1, to('consult', { kind: 'emergency', desk: '110' }));
  house.switch.end(house.switch.world.legOf('phone1') ?? '', 'unreachable');
  await settled();
  expect(heard()).toEqual(['citizen music']);
  await answers('110');
  expect(heard()).toEqual(['110+citizen']);
});

test('whom an agent muted speaks again when that agent is gone', async () => {
  await talk();
  await asks(1, to('invite', OUTSIDE));
  await answers('051384130000');
  const unit = house.switch.channels.get(house.switch.world.legOf('051384130000') ?? '');
  await asks(1, { kind: 'mute', party: 'citizen' });
  await asks(1, { kind: 'mute', party: unit?.id ?? '' });
  expect([house.switch.channels.get('channel1')?.muted, unit?.muted]).toEqual([true, true]);
  await asks(1, { kind: 'leave' });
  expect(heard()).toEqual(['051384130000+citizen']);
  expect([house.switch.channels.get('channel1')?.muted, unit?.muted]).toEqual([false, false]);
});

test.each(['transfer', 'consult'] as const)(
  'after a %s the colleague hears a citizen who was muted',
  async (kind) => {
    await talk();
    await house.ready(2);
    await asks(1, { kind: 'mute', party: 'citizen' });
    await asks(1, to(kind, COLLEAGUE));
    await answers('phone2');
    if (kind === 'consult') await asks(1, { kind: 'complete' });
    expect(heard()).toEqual(['citizen+phone2']);
    expect(house.switch.channels.get('channel1')?.muted).toBe(false);
  },
);

test('two colleagues ring: who let it ring is not taken for the one who answers after him', async () => {
  await talk();
  await house.ready(2, 3);
  await asks(1, to('invite', COLLEAGUE));
  await asks(1, to('invite', { kind: 'agent', agent: '1003' }));
  house.switch.end(house.switch.world.legOf('phone2') ?? '', 'noAnswer');
  await settled();
  expect(house.agents.get('agent2')).toMatchObject({ state: 'NOT_READY', reason: 'missed' });
  await answers('phone3');
  expect(heard()).toEqual(['citizen+phone1+phone3']);
  expect(house.agents.get('agent2')).toMatchObject({ state: 'NOT_READY', reason: 'missed' });
});
