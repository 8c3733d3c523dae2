import { setTimeout as wait } from 'node:timers/promises';
import { maskedNumber } from '../domain/privacy/masked.ts';
import { ApiClient } from './api-client.ts';
import type { DemoTarget, Say } from './demo-target.ts';
import { Citizen } from './sipp/citizen.ts';

/** What the citizen says once somebody listens; said again after a pause, as people do. */
export const CITIZEN_WORDS =
  '您好，我住在掘港街道青园路，小区门口的路灯坏了三天了，晚上回家什么也看不见，麻烦你们派人来修一下。';
const CITIZEN = '13800138020';
const DIALLED = '12345';
const LOOK_EVERY_MS = 500;
const PAUSE_MS = 4_000;
/** Nobody is at the desk: the citizen tires before the demo does. */
const PATIENCE_MS = 10 * 60_000;

/** Of the states on the way to an agent. */
const STATES: Readonly<Record<string, string>> = {
  greeting: '市民正在听问候语',
  announcing: '市民正在听通知',
  menu: '市民正在听语音菜单',
  connecting: '正在接通',
  rating: '市民正在评价',
  goodbye: '市民正在听道别语',
};

interface LiveCallSeen {
  readonly callId: string;
  readonly state: string;
  readonly callerNumber: string;
  readonly agentId: string | null;
  readonly waiting?: { readonly words: string } | null;
}
interface AgentNamed {
  readonly agentId: string;
  readonly number: string;
  readonly displayName: string;
}

/** One citizen dials 12345 and tells what he wants, to whoever answers: somebody who tries the console. */
export async function placeOneCall(
  target: DemoTarget,
  voice: { readonly samples: Int16Array } | null,
  say: Say,
): Promise<number> {
  const lead = target.accounts.find(({ username }) => username === 'lead');
  if (lead === undefined) throw new Error('账号 lead 不在本实例的账号清单里：演示只用于示例数据的实例');
  const api = await ApiClient.signIn(target.apiUrl, lead.username, lead.password);
  const citizen = await Citizen.dial({
    sipp: target.sipp,
    to: target.sip,
    host: target.host,
    dialled: DIALLED,
    number: CITIZEN,
  });
  let over = false;
  const ended = citizen.ended.finally(() => {
    over = true;
  });
  const stop = (): void => citizen.hangUp();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const tired = setTimeout(stop, PATIENCE_MS);
  try {
    say(
      `市民 ${maskedNumber(CITIZEN)} 拨打 ${DIALLED}；请在控制台按 Alt+R 示闲，来电时按 F2 接听。Ctrl+C 由市民挂机。`,
    );
    let told = '';
    let speaking = false;
    while (!over) {
      const call = await liveCall(api);
      const words = call === null ? '' : await tell(api, call);
      if (words !== told && words !== '') say(`  ${words}`);
      told = words;
      if (call?.state === 'talking' && !speaking && voice !== null) {
        speaking = true;
        void repeat(citizen, voice.samples, () => over);
      }
      await Promise.race([wait(LOOK_EVERY_MS), ended]);
    }
    const { by } = await ended;
    say(by === 'citizen' ? '市民已挂机。' : '通话结束，市民听到了道别语。');
    return told === '' && by === 'unexpected' ? 1 : 0;
  } finally {
    clearTimeout(tired);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    await citizen.dispose();
    await api.signOut();
  }
}

async function liveCall(api: ApiClient): Promise<LiveCallSeen | null> {
  const { calls } = await api.get<{ calls: readonly LiveCallSeen[] }>('/v1/calls/live');
  return calls.find(({ callerNumber }) => callerNumber === maskedNumber(CITIZEN)) ?? null;
}

async function tell(api: ApiClient, call: LiveCallSeen): Promise<string> {
  if (call.agentId !== null && (call.state === 'ringingAgent' || call.state === 'talking')) {
    const { agents } = await api.get<{ agents: readonly AgentNamed[] }>('/v1/agents');
    const agent = agents.find(({ agentId }) => agentId === call.agentId);
    const who = `话务员 ${agent?.number ?? ''} ${agent?.displayName ?? ''}`.trim();
    return call.state === 'ringingAgent' ? `${who} 的话机振铃` : `${who} 已接听，市民正在说话`;
  }
  return call.waiting == null
    ? (STATES[call.state] ?? `通话状态：${call.state}`)
    : `市民排队等候：${call.waiting.words}`;
}

async function repeat(citizen: Citizen, samples: Int16Array, over: () => boolean): Promise<void> {
  while (!over()) {
    await citizen.sound.say(samples);
    await wait(PAUSE_MS);
  }
}
