import { describe, expect, test } from 'vitest';
import type { CallCommand } from '../../../src/domain/calls/call-command.ts';
import type { Act } from '../../../src/domain/calls/conversation/acts.ts';
import { isComing, phaseOf } from '../../../src/domain/calls/conversation/conversation.ts';
import {
  CONVERSATION_TABLE,
  PARTY_TABLE,
  type Phase,
} from '../../../src/domain/calls/conversation/conversation-table.ts';
import { refusalOf } from '../../../src/domain/calls/conversation/permits.ts';
import { REMINDERS_MOST } from '../../../src/domain/calls/conversation/timing.ts';
import { decide } from '../../../src/domain/calls/decide.ts';
import type { CallFact } from '../../../src/domain/calls/facts.ts';
import { at, callerEnded, lead, legEnded, timeout } from './call-life.ts';
import { explore, wanted } from './explorer.ts';
import {
  asked,
  asks,
  BRIDGE,
  bridged,
  COLLEAGUE,
  citizenNotJoined,
  eventsOfBridge,
  eventsOfRejoining,
  eventsOfTalk,
  inPhase,
  isJoined,
  LOST,
  lost,
  newest,
  onCallThere,
  PAGES,
  POLICE,
  picksUp,
  rungAgain,
  TALKS,
  talkIn,
  talking,
  threeWay,
  UNIT,
} from './talks.ts';

const NOW = 40_000;
const CITIZEN = 'channel';

function once<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    const [is = make()] = made;
    made[0] = is;
    return is;
  };
}

/** Each is walked once, whichever test asks for it. */
const walks = {
  talks: once(() => explore(TALKS, 3, eventsOfTalk)),
  bridges: once(() =>
    explore([bridged(), asked(), onCallThere()], 1, (call) => [
      ...eventsOfTalk(call),
      ...eventsOfBridge(call),
    ]),
  ),
  rejoining: once(() =>
    explore(LOST, 2, (call) => [...eventsOfTalk(call), ...eventsOfRejoining(call)], PAGES),
  ),
};

test('whatever happens in whatever talk: nobody is left alone, forgotten at the switch, or told twice', () => {
  expect(walks.talks().talks).toBeGreaterThan(300);
}, 60_000);

test('nor while people who are on call are called into it', () => {
  expect(walks.bridges().talks).toBeGreaterThan(30);
}, 60_000);

test('nor while an agent whose telephone was lost is waited for, and rung again', () => {
  expect(walks.rejoining().talks).toBeGreaterThan(100);
}, 60_000);

test('a party moves along its table only, and along each edge of it', () => {
  const walked = new Set(Object.values(walks).flatMap((walk) => [...walk().edges]));
  const listed = Object.entries(PARTY_TABLE).flatMap(([from, on]) =>
    Object.values(on).flatMap((tos: readonly string[]) => tos.map((to) => `${from} ${to}`)),
  );
  expect([...walked].sort()).toEqual([...new Set(listed)].sort());
}, 60_000);

const acts: Readonly<Record<Act['kind'], Act>> = {
  hold: { kind: 'hold' },
  resume: { kind: 'resume' },
  reconnect: { kind: 'reconnect' },
  mute: { kind: 'mute', party: null },
  unmute: { kind: 'unmute', party: null },
  digits: { kind: 'digits', digits: '1', party: null },
  transfer: { kind: 'transfer', target: UNIT },
  consult: { kind: 'consult', target: UNIT },
  invite: { kind: 'invite', target: UNIT },
  emergencyBridge: BRIDGE,
  swap: { kind: 'swap' },
  cancel: { kind: 'cancel', party: null },
  complete: { kind: 'complete' },
  merge: { kind: 'merge' },
  remove: { kind: 'remove', party: 'c.a1' },
  accepted: { kind: 'accepted', party: null },
  leave: { kind: 'leave' },
};

describe('the tables', () => {
  test.each(Object.keys(CONVERSATION_TABLE) as Phase[])('%s: what is not listed is refused', (phase) => {
    const call = inPhase(phase);
    expect(phaseOf(talkIn(call))).toBe(phase);
    const listed: readonly string[] = CONVERSATION_TABLE[phase];
    for (const act of Object.values(acts)) {
      if (listed.includes(act.kind)) continue;
      const left = phase === 'transferring';
      expect(refusalOf(talkIn(call), 'agent1', act), act.kind).toBe(left ? 'talk.notInIt' : 'talk.notNow');
      expect(decide(call, asks(act), at(NOW)).call).toBe(call);
    }
  });

  test.each(TALKS.map((call) => [phaseOf(talkIn(call)), call] as const))(
    '%s: whoever is not in the talk does nothing in it',
    (_phase, call) => {
      for (const act of Object.values(acts)) {
        expect(refusalOf(talkIn(call), 'stranger', act)).toBe('talk.notInIt');
      }
    },
  );
});

const kinds = (commands: readonly CallCommand[]) => commands.map(({ kind }) => kind);
const told = (facts: readonly CallFact[]) => facts.map(({ type }) => type);

describe('an agent whose telephone was lost', () => {
  const away = { ...at(NOW), rejoinsAt: () => null };
  const cancel: Act = { kind: 'cancel', party: null };

  test('is not taken back by who once gave him the citizen', () => {
    const taken = lead(inPhase('transferring'), picksUp, isJoined());
    expect(talkIn(taken).sender).toBeNull();
    const lost = decide(taken, legEnded('c.a2', 'unknown', true), away).call;
    expect(phaseOf(talkIn(lost))).toBe('transferring');
    expect(refusalOf(talkIn(lost), 'agent1', cancel)).toBe('talk.notInIt');
    expect(decide(lost, asks(cancel), away).call).toBe(lost);
  });

  test('he asks for another ring while one sounds that went to the page before; not while none does, nor for ever', () => {
    const waited = lost(talking());
    expect(refusalOf(talkIn(waited), 'agent1', acts.reconnect)).toBe('talk.notNow');
    let call = rungAgain(waited);
    const there = (nowMs: number) => ({ ...at(nowMs), rejoinsAt: () => 'phone1' });
    expect(refusalOf(talkIn(call), 'agent1', acts.reconnect)).toBeNull();
    const asked = decide(call, asks(acts.reconnect), there(43_000));
    expect(kinds(asked.commands)).toEqual(['hangupLeg', 'timer']);
    expect(talkIn(asked.call).parties).toMatchObject([{ id: 'c.a3', state: 'awaited', rings: 1 }]);
    // Each ring is one of those that he may have, and all are within the half minute.
    for (let nowMs = 45_000; nowMs < 100_000; nowMs += 9_000) {
      call = decide(call, timeout(call), there(nowMs)).call;
      if (call.state === 'talking') call = decide(call, asks(acts.reconnect), there(nowMs)).call;
    }
    expect(call.state).toBe('queued');
  });

  test('nor is he on the errand of who brought him in', () => {
    const lost = decide(threeWay(COLLEAGUE), legEnded('c.a2', 'unknown', true), away).call;
    const [party] = talkIn(lost).parties.filter(({ role }) => role === 'rejoining');
    expect(party).toMatchObject({ state: 'awaited', by: 'agent1' });
    expect(decide(lost, asks(cancel), away).call).toBe(lost);
    const named: Act = { kind: 'cancel', party: party?.id ?? '' };
    expect(refusalOf(talkIn(lost), 'agent1', named)).toBe('talk.partyUnknown');
  });
});

describe('hold', () => {
  test('the citizen hears music, then his agent again; asked twice it is one hold', () => {
    const held = decide(talking(), asks({ kind: 'hold' }), at(NOW));
    expect(kinds(held.commands)).toEqual(['part', 'music', 'timer']);
    expect(held.facts).toMatchObject([
      { type: 'commandDone', act: 'hold', by: 'agent1' },
      { type: 'citizenHeld', why: 'hold', by: 'agent1' },
    ]);
    expect(decide(held.call, asks({ kind: 'hold' }), at(NOW)).call).toBe(held.call);
    const resumed = decide(held.call, asks({ kind: 'resume' }), at(NOW + 5_000));
    expect(resumed.commands[0]).toEqual({ kind: 'join', bridge: 'c.b', channel: CITIZEN });
    expect(resumed.facts).toMatchObject([
      { type: 'commandDone', act: 'resume' },
      { type: 'citizenResumed', heldMs: 5_000 },
    ]);
  });

  test.each([
    ['usually 45 s', {}, 45_000],
    ['what the hotline has set', { holdReminderMs: 20_000 }, 20_000],
  ])(
    'the agent is reminded in intervals (%s), and after the last is brought back to the citizen',
    (...row) => {
      const [, set, everyMs] = row;
      const later = (nth: number) => ({ ...at(nth * everyMs), ...set });
      let call = decide(talking(), asks({ kind: 'hold' }), later(0)).call;
      for (let nth = 1; nth <= REMINDERS_MOST; nth += 1) {
        const { call: next, commands, facts } = decide(call, timeout(call), later(nth));
        expect(facts).toEqual([{ type: 'holdReminded', nth, by: 'agent1' }]);
        expect(commands[0]).toEqual({ kind: 'music', channel: CITIZEN });
        expect(commands[1]).toMatchObject({ kind: 'playTo', channel: 'c.a1', prompts: ['hold-reminder'] });
        expect(commands.at(-1)).toMatchObject({ kind: 'timer', afterMs: everyMs });
        call = next;
      }
      const last = decide(call, timeout(call), later(REMINDERS_MOST + 1));
      expect(talkIn(last.call).citizen.held).toBeNull();
      expect(told(last.facts)).toEqual(['citizenResumed']);
    },
  );

  test('the agent hangs up while the citizen is on hold: to the head of the queue, not to a good-bye', () => {
    const { call, facts } = decide(inPhase('citizenHeld'), legEnded('c.a1'), at(NOW));
    expect(call).toMatchObject({ state: 'queued', waiting: { priority: 0 }, conversation: null, leg: null });
    expect(told(facts)).toEqual(['legEnded', 'queueEntered']);
  });
});

describe('a key of a command', () => {
  test('carried out once, however often it comes', () => {
    const swapped = decide(inPhase('consulting'), asks({ kind: 'swap' }, 'agent1', 'k'), at(NOW)).call;
    expect(phaseOf(talkIn(swapped))).toBe('swapped');
    expect(decide(swapped, asks({ kind: 'swap' }, 'agent1', 'k'), at(NOW)).call).toBe(swapped);
    const again = decide(swapped, asks({ kind: 'swap' }, 'agent1', 'other'), at(NOW)).call;
    expect(phaseOf(talkIn(again))).toBe('consulting');
  });
});

describe('a blind transfer', () => {
  test('the sender is free at once, the receiver has the citizen when he answers', () => {
    const { call, commands, facts } = decide(
      talking(),
      asks({ kind: 'transfer', target: COLLEAGUE }),
      at(NOW),
    );
    expect(commands).toContainEqual({
      kind: 'agent',
      agentId: 'agent1',
      change: { type: 'callOver', queue: 'desk' },
    });
    expect(commands).toContainEqual({ kind: 'agent', agentId: 'agent2', change: { type: 'offered' } });
    expect(told(facts)).toEqual(['commandDone', 'legRang', 'transferred', 'legEnded', 'citizenHeld']);
    const done = decide(lead(call, picksUp), isJoined()(lead(call, picksUp)), at(NOW));
    expect(talkIn(done.call)).toMatchObject({
      citizen: { held: null },
      parties: [{ id: 'c.a2', state: 'in' }],
    });
    expect(told(done.facts)).toEqual(['partyJoined', 'talkStarted', 'citizenResumed']);
    expect(done.call.talkedWith).toBe('agent');
  });

  test('nobody takes it: it comes back to the sender who is free, with his name on it', () => {
    const sent = inPhase('transferring');
    const back = decide(sent, legEnded('c.a2', 'busy'), { ...at(NOW), ringable: () => 'phone1' });
    expect(talkIn(back.call).parties).toMatchObject([
      { id: 'c.a3', who: { agentId: 'agent1' }, role: 'returning', state: 'ringing' },
    ]);
    // He does not answer either: the queue, not a third try.
    const queued = decide(back.call, legEnded('c.a3', 'busy'), { ...at(NOW), ringable: () => 'phone1' });
    expect(queued.call).toMatchObject({ state: 'queued', waiting: { priority: 0 } });
  });

  test('nobody takes it and the sender is gone: to the head of the queue, which says why', () => {
    const { call, facts } = decide(inPhase('transferring', UNIT), legEnded('c.u2', 'busy'), at(NOW));
    expect(call.state).toBe('queued');
    expect(facts).toContainEqual({
      type: 'queueEntered',
      queue: 'desk',
      reason: '转接无人接听，优先重新接入',
    });
  });

  test('the sender takes it back while it rings', () => {
    const back = decide(inPhase('transferring'), asks({ kind: 'cancel', party: null }), {
      ...at(NOW),
      ringable: () => 'phone1',
    });
    expect(back.commands).toContainEqual({ kind: 'hangupLeg', leg: 'c.a2', reason: 'normal' });
    expect(talkIn(back.call).parties).toMatchObject([{ role: 'returning', who: { agentId: 'agent1' } }]);
  });

  test('to a queue: the citizen goes first there; not while others are in the talk', () => {
    const act: Act = { kind: 'transfer', target: { kind: 'queue', queue: 'other' } };
    const { call, commands } = decide(talking(), asks(act), at(NOW));
    expect(call).toMatchObject({
      state: 'queued',
      waiting: { queue: 'other', priority: 0 },
      actsDone: [expect.any(String)],
    });
    expect(kinds(commands)).toEqual([
      'hangupLeg',
      'agent',
      'destroyBridge',
      'startMusic',
      'joinQueue',
      'timer',
    ]);
    expect(refusalOf(talkIn(threeWay()), 'agent1', act)).toBe('talk.notAlone');
  });
});

describe('a consultation', () => {
  test('the two hear each other and the citizen neither; then all three; then the colleague alone', () => {
    const consulting = inPhase('consulting');
    expect(Object.fromEntries(wanted(consulting))).toEqual({
      channel: 'music',
      'c.a1': 'c.b2',
      'c.a2': 'c.b2',
    });
    const merged = lead(consulting, asks({ kind: 'merge' }));
    expect(Object.fromEntries(wanted(merged))).toEqual({ channel: 'c.b', 'c.a1': 'c.b', 'c.a2': 'c.b' });
    const left = lead(merged, asks({ kind: 'leave' }));
    expect(Object.fromEntries(wanted(left))).toEqual({ channel: 'c.b', 'c.a2': 'c.b' });
    const completed = decide(consulting, asks({ kind: 'complete' }), at(NOW));
    expect(Object.fromEntries(wanted(completed.call))).toEqual({ channel: 'c.b', 'c.a2': 'c.b' });
    expect(told(completed.facts)).toEqual([
      'segmentEnded',
      'commandDone',
      'transferred',
      'partyJoined',
      'talkStarted',
      'legEnded',
      'citizenResumed',
    ]);
  });

  test.each(['calling', 'consulting', 'swapped'] as const)(
    'cancelled while %s: back to the citizen',
    (phase) => {
      const back = decide(inPhase(phase, UNIT), asks({ kind: 'cancel', party: null }), at(NOW));
      expect(Object.fromEntries(wanted(back.call))).toEqual({ channel: 'c.b', 'c.a1': 'c.b' });
      expect(back.commands).toContainEqual({ kind: 'hangupLeg', leg: 'c.u2', reason: 'normal' });
      // What answers after that is a stranger.
      expect(decide(back.call, { type: 'legAnswered', leg: 'c.u2' }, at(NOW)).call).toBe(back.call);
    },
  );

  test('completed while it rings, it is a transfer with a way back', () => {
    const sent = lead(inPhase('calling'), asks({ kind: 'complete' }));
    expect(phaseOf(talkIn(sent))).toBe('transferring');
    const back = decide(sent, legEnded('c.a2', 'busy'), { ...at(NOW), ringable: () => 'phone1' });
    expect(talkIn(back.call).parties).toMatchObject([{ role: 'returning' }]);
  });

  test('the sender hangs up: a colleague takes the citizen, an outside party is let go', () => {
    const taken = decide(inPhase('consulting'), legEnded('c.a1'), at(NOW));
    expect(Object.fromEntries(wanted(taken.call))).toEqual({ channel: 'c.b', 'c.a2': 'c.b' });
    // The books know who has talked with him.
    expect(taken.facts).toContainEqual({ type: 'talkStarted', leg: 'c.a2', agentId: 'agent2' });
    const lost = decide(inPhase('consulting', UNIT), legEnded('c.a1'), at(NOW));
    expect(lost.call).toMatchObject({ state: 'queued', waiting: { priority: 0 } });
    expect(lost.commands).toContainEqual({ kind: 'hangupLeg', leg: 'c.u2', reason: 'normal' });
    expect(lost.commands).toContainEqual({ kind: 'destroyBridge', bridge: 'c.b2' });
  });

  test('the colleague hangs up in the moment it is completed: the citizen is left to nobody', () => {
    const ended = decide(
      lead(inPhase('consulting'), asks({ kind: 'complete' })),
      legEnded('c.a2', 'unknown', true),
      at(NOW),
    );
    expect(ended.call).toMatchObject({ state: 'queued', waiting: { priority: 0 } });
    const other = lead(inPhase('consulting'), legEnded('c.a2'));
    expect(decide(other, asks({ kind: 'complete' }), at(NOW)).call).toBe(other);
    expect(Object.fromEntries(wanted(other))).toEqual({ channel: 'c.b', 'c.a1': 'c.b' });
  });
});

describe('more than two', () => {
  test('a unit joins the two; it leaves, and they talk on; the call was answered by the agent', () => {
    const three = threeWay();
    expect(Object.fromEntries(wanted(three))).toEqual({ channel: 'c.b', 'c.a1': 'c.b', 'c.u2': 'c.b' });
    const on = lead(three, legEnded('c.u2'));
    expect(Object.fromEntries(wanted(on))).toEqual({ channel: 'c.b', 'c.a1': 'c.b' });
    const end = decide(three, callerEnded, at(NOW));
    expect(end.facts.at(-1)).toMatchObject({
      type: 'callEnded',
      result: 'answeredByAgent',
      releasedBy: 'caller',
    });
  });

  test('the unit does not answer: nothing is lost of the talk', () => {
    const ringing = lead(talking(), asks({ kind: 'invite', target: UNIT }));
    const on = decide(ringing, legEnded('c.u2', 'busy'), at(NOW));
    expect(Object.fromEntries(wanted(on.call))).toEqual({ channel: 'c.b', 'c.a1': 'c.b' });
    expect(kinds(on.commands)).toEqual(['timer']);
  });

  test('a member is muted, heard again, removed', () => {
    const muted = decide(threeWay(), asks({ kind: 'mute', party: 'c.u2' }), at(NOW));
    expect(muted.commands[0]).toEqual({ kind: 'mute', channel: 'c.u2', muted: true });
    expect(decide(muted.call, asks({ kind: 'mute', party: 'c.u2' }), at(NOW)).call).toBe(muted.call);
    const removed = decide(muted.call, asks({ kind: 'remove', party: 'c.u2' }), at(NOW));
    expect(removed.commands).toContainEqual({ kind: 'hangupLeg', leg: 'c.u2', reason: 'normal' });
    expect(removed.facts).toContainEqual({ type: 'legEnded', leg: 'c.u2', how: 'removed', by: 'agent1' });
  });

  test('the last agent leaves the citizen to a unit that talks with him, and to nobody else', () => {
    expect(refusalOf(talkIn(talking()), 'agent1', { kind: 'leave' })).toBe('talk.lastAgent');
    expect(
      refusalOf(talkIn(lead(talking(), asks({ kind: 'invite', target: UNIT }))), 'agent1', { kind: 'leave' }),
    ).toBe('talk.lastAgent');
    const left = lead(threeWay(), asks({ kind: 'leave' }));
    expect(Object.fromEntries(wanted(left))).toEqual({ channel: 'c.b', 'c.u2': 'c.b' });
    expect(decide(left, legEnded('c.u2'), at(NOW)).call).toMatchObject({
      state: 'goodbye',
      releasedBy: 'unit',
    });
  });

  test('an agent who releases leaves a colleague’s talk, and ends his own for all', () => {
    const on = decide(threeWay(COLLEAGUE), { type: 'agentReleases', agentId: 'agent1' }, at(NOW)).call;
    expect(Object.fromEntries(wanted(on))).toEqual({ channel: 'c.b', 'c.a2': 'c.b' });
    const over = decide(threeWay(), { type: 'agentReleases', agentId: 'agent1' }, at(NOW));
    expect(over.call).toMatchObject({ state: 'goodbye', releasedBy: 'agent' });
    expect(over.commands).toContainEqual({ kind: 'hangupLeg', leg: 'c.u2', reason: 'normal' });
  });

  test('an emergency desk keeps its agent until it has accepted', () => {
    const police = threeWay(POLICE);
    expect(newest(police)).toBe('c.e2');
    for (const act of [{ kind: 'leave' }, { kind: 'transfer', target: COLLEAGUE }] as const) {
      expect(refusalOf(talkIn(police), 'agent1', act)).toBe('talk.emergencyNotAccepted');
    }
    expect(decide(police, { type: 'agentReleases', agentId: 'agent1' }, at(NOW)).call).toBe(police);
    const accepted = decide(police, asks({ kind: 'accepted', party: null }), at(NOW));
    expect(accepted.facts).toMatchObject([
      { type: 'commandDone', act: 'accepted' },
      { type: 'emergencyAccepted', leg: 'c.e2', desk: '110' },
    ]);
    expect(refusalOf(talkIn(accepted.call), 'agent1', { kind: 'leave' })).toBeNull();
  });
});

describe('the switch fails', () => {
  test('a citizen who cannot be joined is tried once more, then gets somebody else', () => {
    const resumed = lead(inPhase('citizenHeld'), asks({ kind: 'resume' }));
    const again = decide(resumed, citizenNotJoined(), at(NOW));
    expect(again.commands[0]).toEqual({ kind: 'join', bridge: 'c.b', channel: CITIZEN });
    const given = decide(again.call, citizenNotJoined(), at(NOW));
    expect(given.call).toMatchObject({ state: 'queued', waiting: { priority: 0 } });
    const joined = decide(
      again.call,
      { type: 'joinDone', channel: CITIZEN, bridge: 'c.b', outcome: 'done' },
      at(NOW),
    );
    expect(talkIn(joined.call).unjoined).toEqual([]);
  });

  test('who answers and cannot be joined is let go, and the two talk on', () => {
    const answered = lead(talking(), asks({ kind: 'invite', target: COLLEAGUE }), picksUp);
    const { call, commands } = decide(answered, isJoined('failed')(answered), at(NOW));
    expect(Object.fromEntries(wanted(call))).toEqual({ channel: 'c.b', 'c.a1': 'c.b' });
    expect(commands).toContainEqual({
      kind: 'agent',
      agentId: 'agent2',
      change: { type: 'failed', reason: 'connectFailed' },
    });
  });

  test('nobody is believed to ring for ever', () => {
    const ringing = lead(talking(), asks({ kind: 'invite', target: UNIT }));
    const { call, commands } = decide(ringing, timeout(ringing), at(NOW));
    expect(talkIn(call).parties.some(isComing)).toBe(false);
    expect(commands[0]).toEqual({ kind: 'hangupLeg', leg: 'c.u2', reason: 'noAnswer' });
  });

  test('what was saved by an earlier release is a talk of two', () => {
    const { conversation: _, ...saved } = talking();
    expect(wanted(saved)).toEqual(
      new Map([
        [CITIZEN, 'c.b'],
        ['c.a1', 'c.b'],
      ]),
    );
  });
});
