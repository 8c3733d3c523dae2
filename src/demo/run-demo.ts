import { setTimeout as wait } from 'node:timers/promises';
import { AgentAtWork } from './agent-at-work.ts';
import { type AgentSeen, ApiClient } from './api-client.ts';
import { Phone } from './phone/phone.ts';
import { DEMO_CALLS } from './script.ts';
import type { Dialling } from './sipp/citizen.ts';
import { Stage } from './stage.ts';
import { table } from './table.ts';
import { cells, differences, HEADINGS } from './verdict.ts';

/** The instance that the demo calls. */
export interface DemoTarget {
  readonly apiUrl: string;
  readonly sip: { readonly host: string; readonly port: number };
  /** Where the sample trunk sends calls to the units' own telephones; the demo answers there. */
  readonly carrierPort: number;
  readonly accounts: readonly { readonly username: string; readonly password: string }[];
  readonly sipp: Dialling['sipp'];
}
export type Say = (line: string) => void;

/** Three of the general desk and one of a dedicated desk. */
const AGENTS = ['1001', '1002', '1003', '1005'] as const;
const LEAD = 'lead';
const BETWEEN_CALLS_MS = 1_500;

/** Places the calls of the script and holds what the database says against what must be. Returns the exit code. */
export async function runDemo(target: DemoTarget, say: Say): Promise<number> {
  const open: (() => Promise<unknown>)[] = [];
  const startedMs = Date.now();
  try {
    const lead = await ApiClient.signIn(target.apiUrl, LEAD, passwordOf(target, LEAD));
    open.push(() => lead.signOut());
    await refuseStrangers(lead);
    const units = await Phone.open({ port: target.carrierPort });
    open.push(() => units.close());
    const agents: AgentAtWork[] = [];
    for (const username of AGENTS) {
      const password = passwordOf(target, username);
      const agent = await AgentAtWork.start({ ...target, username, password });
      open.push(() => agent.leave());
      agents.push(agent);
    }
    await Promise.all(agents.map((agent) => agent.ready()));
    say(`话务员 ${AGENTS.join('、')} 已签入，话机已注册。市民开始拨打：\n`);
    const stage = new Stage(target, agents, units, lead, startedMs, say, open);
    const rows = await Promise.all(
      DEMO_CALLS.map(async (call, position) => {
        await wait(position * BETWEEN_CALLS_MS);
        return await stage.play(call);
      }),
    );
    const wrong = rows.flatMap(differences);
    say(`\n${table([HEADINGS, ...rows.map(cells)])}\n`);
    for (const one of wrong) say(`不符：${one}`);
    say(wrong.length === 0 ? `${rows.length} 个电话全部符合预期。` : `${wrong.length} 处与预期不符。`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    for (const close of open.reverse()) {
      await close().catch((error: unknown) => say(`收尾：${error instanceof Error ? error.message : error}`));
    }
  }
}

function passwordOf(target: DemoTarget, username: string): string {
  const account = target.accounts.find((one) => one.username === username);
  if (account === undefined)
    throw new Error(`账号 ${username} 不在本实例的账号清单里：演示只用于示例数据的实例`);
  return account.password;
}

/** Another agent at work would take the demo's calls. */
async function refuseStrangers(lead: ApiClient): Promise<void> {
  const { agents } = await lead.get<{ agents: readonly AgentSeen[] }>('/v1/agents');
  const others = agents.filter((one) => one.state !== 'SIGNED_OUT');
  if (others.length === 0) return;
  throw new Error(`话务员 ${others.map(({ number }) => number).join('、')} 正在工作：请签出后再运行演示`);
}
