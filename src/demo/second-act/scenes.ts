import { setTimeout as wait } from 'node:timers/promises';
import type { CallDetailSeen } from '../api-client.ts';
import { DEMO_CALLBACK } from '../demo-rules.ts';
import { type Act, allHear, answer, VOICES } from './act.ts';

export interface Scene {
  readonly name: string;
  /** Rejects with what went wrong. Resolves to a sentence with figures. */
  play(act: Act): Promise<string>;
}

const TALK_MS = 1_500;
const QUEUED_MS = 5_000;
const facts = (detail: CallDetailSeen, type: string) => detail.facts.filter((fact) => fact.type === type);
function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** One agent, two citizens: the second hears music and has the agent as soon as the first has gone. */
const QUEUE: Scene = {
  name: '排队',
  async play(act) {
    await act.onlyReady('1001');
    const rings = act.nextRing();
    const first = await act.dial('12345', '13800138021');
    const talk = await answer(await rings, VOICES.agent);
    first.sound.speak(VOICES.citizen);
    await allHear([first, VOICES.citizen], [talk, VOICES.agent]);
    const next = act.nextRing();
    const second = await act.dial('12345', '13800138022');
    await act.waits('13800138022');
    act.tell('话务员 1001 正在通话，第二位市民排队听音乐');
    await wait(QUEUED_MS);
    first.hangUp();
    await talk.ended;
    const endedMs = Date.now();
    // The work after a call is done quickly here.
    await act.agent('1001').untilState('WRAP_UP', 5_000);
    await act.agent('1001').next();
    const ringing = await next;
    const rangAfter = ((ringing.call.receivedAt - endedMs) / 1000).toFixed(1);
    const taken = await answer(ringing, VOICES.agent);
    second.sound.speak(VOICES.citizen);
    await allHear([second, VOICES.citizen], [taken, VOICES.agent]);
    second.hangUp();
    await taken.ended;
    const record = await act.record('13800138022');
    expectThat(record.queue === 'general', `队列是 ${record.queue}`);
    const waited = (Date.parse(record.talkStartedAt ?? '') - Date.parse(record.queuedAt ?? '')) / 1000;
    expectThat(waited * 1000 > QUEUED_MS, `只等了 ${waited} 秒，没有排队`);
    return `等待 ${waited.toFixed(1)} 秒，前一通话结束并整理完毕后 ${rangAfter} 秒振铃`;
  },
};

/** The dedicated desk does not answer: the general desk takes the call, and both stand in the facts. */
const OVERFLOW: Scene = {
  name: '溢出',
  async play(act) {
    await act.onlyReady('1002');
    const rings = act.nextRing();
    const citizen = await act.dial('12369', '13800138023');
    act.tell('12369 专席无人示闲，等待溢出到总席');
    const { call, agent } = await rings;
    const talk = await answer({ call, agent }, VOICES.agent);
    citizen.sound.speak(VOICES.citizen);
    await allHear([citizen, VOICES.citizen], [talk, VOICES.agent]);
    await wait(TALK_MS);
    citizen.hangUp();
    await talk.ended;
    const record = await act.record('13800138023');
    expectThat(agent?.number === '1002', `接听的是 ${agent?.number}`);
    const entered = facts(record, 'queueEntered').map(({ body }) => String(body.queue));
    expectThat(entered[0] === 'desk-12369', `先进入的队列是 ${entered[0]}`);
    return `先入 desk-12369，由总席 1002 接听`;
  },
};

/** The agent hands the citizen to a colleague and is free at once. */
const TRANSFER: Scene = {
  name: '转接',
  async play(act) {
    await act.onlyReady('1001');
    const rings = act.nextRing();
    const citizen = await act.dial('12345', '13800138024');
    const first = await answer(await rings, VOICES.agent);
    citizen.sound.speak(VOICES.citizen);
    await allHear([citizen, VOICES.citizen], [first, VOICES.agent]);
    await act.agent('1003').ready();
    const colleague = act.nextRing();
    const target = { kind: 'agent', agent: '1003' };
    await act.agent('1001').api.post('/v1/agents/me/talk/transfer', { target });
    const second = await answer(await colleague, VOICES.second);
    await first.ended;
    await allHear([citizen, VOICES.citizen], [second, VOICES.second]);
    await wait(TALK_MS);
    citizen.hangUp();
    await second.ended;
    const record = await act.record('13800138024');
    const legs = record.legs.map(({ agentNumber }) => agentNumber);
    expectThat(legs.includes('1001') && legs.includes('1003'), `各方是 ${legs.join('、')}`);
    return '1001 转给 1003，市民与 1003 互相听得见';
  },
};

/** The unit joins by one key while the citizen stays on the line. */
const THREE_WAY: Scene = {
  name: '三方通话',
  async play(act) {
    await act.onlyReady('1001');
    const rings = act.nextRing();
    const citizen = await act.dial('12345', '13800138025');
    const talk = await answer(await rings, VOICES.agent);
    citizen.sound.speak(VOICES.citizen);
    await allHear([citizen, VOICES.citizen], [talk, VOICES.agent]);
    const outside = act.nextRing();
    const target = { kind: 'unit', unit: 'justice' };
    await act.agent('1001').api.post('/v1/agents/me/talk/invite', { target });
    const unit = await answer(await outside, VOICES.unit);
    await allHear([citizen, VOICES.citizen], [talk, VOICES.agent], [unit, VOICES.unit]);
    act.tell('市民、话务员、承办单位三方都听得见彼此');
    await unit.hangUp();
    await allHear([citizen, VOICES.citizen], [talk, VOICES.agent]);
    citizen.hangUp();
    await talk.ended;
    const record = await act.record('13800138025');
    expectThat(record.result === 'answeredByAgent', `结果是 ${record.result}`);
    return '话务员一键请司法局加入，单位挂机后通话继续';
  },
};

/** Who waits may keep the place and be called back, shown 12345, by the agent whose turn it is. */
const CALLBACK: Scene = {
  name: '回呼',
  async play(act) {
    await act.onlyReady('1001');
    const rings = act.nextRing();
    const first = await act.dial('12345', '13800138026');
    const talk = await answer(await rings, VOICES.agent);
    const citizen = await act.dial('12345', '13800138027');
    await act.waits('13800138027');
    act.tell('市民排队，听到提示后按 1 要求回呼，随后挂机');
    await wait(DEMO_CALLBACK.afterWaitMs + OFFER_MS);
    await citizen.sound.press('1');
    await citizen.ended;
    const agentRings = act.nextRing();
    first.hangUp();
    await talk.ended;
    await act.agent('1001').untilState('WRAP_UP', 5_000);
    await act.agent('1001').next();
    const citizenRings = act.nextRing();
    const agentSide = await answer(await agentRings, VOICES.agent);
    const { call } = await citizenRings;
    expectThat(call.dialled.endsWith('13800138027'), `拨出的号码是 ${call.dialled}`);
    expectThat(call.from === '12345', `显示的号码是 ${call.from}`);
    const citizenSide = await answer({ call, agent: null }, VOICES.unit);
    await allHear([agentSide, VOICES.agent], [citizenSide, VOICES.unit]);
    await citizenSide.hangUp();
    await agentSide.ended;
    return '市民保留位置挂机，轮到时 1001 回呼，来电显示 12345';
  },
};
/** Said before the key is heard. */
const OFFER_MS = 2_500;

export const SCENES: readonly Scene[] = [QUEUE, OVERFLOW, TRANSFER, THREE_WAY, CALLBACK];
