import { setTimeout as wait } from 'node:timers/promises';
import { Setback } from '../runtime/setback.ts';
import { AgentAtWork } from './agent-at-work.ts';
import { type AgentSeen, ApiClient } from './api-client.ts';
import { allowDemoCalls } from './demo-hours.ts';
import { type Operators, publishDemoRules } from './demo-rules.ts';
import type { DemoTarget, Say } from './demo-target.ts';
import { compressTime, refuseRealTime } from './demo-time.ts';
import { Phone } from './phone/phone.ts';
import { DEMO_CALLS } from './script.ts';
import { Act } from './second-act/act.ts';
import { SCENES } from './second-act/scenes.ts';
import { Stage } from './stage.ts';
import { table } from './table.ts';
import { Desks } from './third-act/desks.ts';
import { STORIES } from './third-act/stories.ts';
import { cells, differences, HEADINGS } from './verdict.ts';

/** Three of the general desk, one of a dedicated desk, and a return visitor. */
const AGENTS = ['1001', '1002', '1003', '1005', '1009'] as const;
const RETURN_VISITOR = '1009';
const LEAD = 'lead';
const OPERATORS = ['operator', 'operator2'] as const;
const BETWEEN_CALLS_MS = 1_500;

/** Places the calls of the script and holds what the database says against what must be. Returns the exit code. */
export async function runDemo(target: DemoTarget, say: Say): Promise<number> {
  const open: (() => Promise<unknown>)[] = [];
  const startedMs = Date.now();
  try {
    const lead = await ApiClient.signIn(target.apiUrl, LEAD, passwordOf(target, LEAD));
    open.push(() => lead.signOut());
    await refuseStrangers(lead);
    const units = await Phone.open({ host: target.host, port: target.carrierPort });
    open.push(() => units.close());
    const operators = await publishLines(target, say, open);
    const agents: AgentAtWork[] = [];
    const phone = { host: target.host };
    for (const username of AGENTS) {
      const password = passwordOf(target, username);
      const agent = await AgentAtWork.start({ ...target, username, password, phone });
      open.push(() => agent.leave());
      agents.push(agent);
    }
    // The return visitor takes no calls: she makes them.
    await Promise.all(agents.filter(({ number }) => number !== RETURN_VISITOR).map((agent) => agent.ready()));
    say(`话务员 ${AGENTS.join('、')} 已签入，话机已注册。市民开始拨打：\n`);
    const stage = new Stage(target, agents, units, lead, startedMs, say, open);
    const stopped = interrupted();
    const calls = Promise.all(
      DEMO_CALLS.map(async (call, position) => {
        await wait(position * BETWEEN_CALLS_MS);
        return await stage.play(call);
      }),
    );
    const rows = await Promise.race([calls, stopped]);
    if (rows === null) {
      say('\n演示中断，正在收尾。');
      return 130;
    }
    say(`\n${table([HEADINGS, ...rows.map(cells)])}\n`);
    const act = new Act(target, agents, units, lead, startedMs, say, open);
    const scenes = await Promise.race([playScenes(SCENES, (scene) => scene.play(act), say), stopped]);
    if (scenes === null) return 130;
    say('\n工单的一生（压缩时间，由真实的任务按时执行）：');
    open.push(await compressTime(operators, say));
    const desks = await Desks.open(target, (username) => passwordOf(target, username), open);
    const told = await Promise.race([playScenes(STORIES, (story) => story.play(act, desks), say), stopped]);
    if (told === null) return 130;
    const wrong = [...rows.flatMap(differences), ...scenes, ...told];
    for (const one of wrong) say(`不符：${one}`);
    const played = `${rows.length} 个电话、${SCENES.length} 个场景、${STORIES.length} 件工单`;
    say(wrong.length === 0 ? `${played}全部符合预期。` : `${wrong.length} 处与预期不符。`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    for (const close of open.reverse()) {
      await close().catch((error: unknown) => say(`收尾：${error instanceof Error ? error.message : error}`));
    }
  }
}

/** One after the other: each has the agents for itself. Returns what went wrong. */
async function playScenes<S extends { readonly name: string }>(
  scenes: readonly S[],
  play: (scene: S) => Promise<string>,
  say: Say,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const scene of scenes) {
    say(`【${scene.name}】`);
    try {
      say(`  ${await play(scene)}`);
    } catch (error) {
      wrong.push(`${scene.name}: ${error instanceof Error ? error.message : String(error)}`);
      say(`  出错：${wrong.at(-1)}`);
    }
  }
  return wrong;
}

/** The demo's own numbers, for as long as it runs; taken back when it ends, however it ends. */
async function publishLines(
  target: DemoTarget,
  say: Say,
  open: (() => Promise<unknown>)[],
): Promise<Operators> {
  const [author, second] = await Promise.all(
    OPERATORS.map((one) => ApiClient.signIn(target.apiUrl, one, passwordOf(target, one))),
  );
  if (author === undefined || second === undefined) throw new Error('two operators are needed');
  open.push(() => Promise.all([author.signOut(), second.signOut()]));
  await refuseRealTime(author);
  const centre = `sip:12345@${target.host}:${target.carrierPort}`;
  open.push(await publishDemoRules({ author, second }, centre, say));
  open.push(await allowDemoCalls(author, say));
  return { author, second };
}

/** Ctrl-C: the agents are signed out and the calls ended all the same. */
function interrupted(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(null));
  });
}

function passwordOf(target: DemoTarget, username: string): string {
  const account = target.accounts.find((one) => one.username === username);
  if (account === undefined)
    throw new Error(`账号 ${username} 不在本实例的账号清单里：演示只用于示例数据的实例`);
  return account.password;
}

/** Another agent at work would take the demo's calls, and another caller would get the demo's agents. */
async function refuseStrangers(lead: ApiClient): Promise<void> {
  const [{ agents }, { calls }] = await Promise.all([
    lead.get<{ agents: readonly AgentSeen[] }>('/v1/agents'),
    lead.get<{ calls: readonly unknown[] }>('/v1/calls/live'),
  ]);
  // One of ours without a phone is left from a demo that was killed.
  const others = agents
    .filter(({ state }) => state !== 'SIGNED_OUT')
    .filter(({ number, phoneReachable }) => phoneReachable || !AGENTS.some((one) => one === number));
  if (others.length > 0) {
    throw new Setback(
      'demo.agentsAtWork',
      `话务员 ${others.map(({ number }) => number).join('、')} 正在工作，会接走演示的电话。`,
      '请先签出；若是刚中断的演示留下的，请过几秒再试。',
    );
  }
  if (calls.length > 0) {
    throw new Setback(
      'demo.callsUnderWay',
      `还有 ${calls.length} 个通话在进行，会与演示争用话务员。`,
      '请等通话结束；若是刚中断的演示留下的，线路会在十五分钟内释放（或 npm stop 后重新启动）。',
    );
  }
}
