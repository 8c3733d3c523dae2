import { type Menu, prompt } from '../domain/ivr/menu.ts';
import { classicMenu } from '../domain/ivr/presets.ts';
import type { ApiClient } from './api-client.ts';
import type { Say } from './demo-target.ts';
import { DEMO_NUMBERS } from './script.ts';

interface Version {
  readonly number: number;
  readonly revision: number;
  readonly state: string;
}

/** Should the demo be killed, its numbers go all the same. */
const GONE_AFTER_MS = 15 * 60_000;
const REASON = '演示期间使用';

/** Offered soon, and dialled whatever the hour: the demo's citizens do not sleep. */
export const DEMO_CALLBACK = {
  afterWaitMs: 3_000,
  aboveEstimateMs: null,
  repeatEveryMs: 60_000,
  validMs: 600_000,
  attempts: 2,
  quietHours: { fromMinute: 0, toMinute: 0 },
} as const;

/** Two persons: what the demo changes is risky (a goodbye, another centre), and nobody approves their own change. */
export interface Operators {
  readonly author: ApiClient;
  readonly second: ApiClient;
}

/**
 * Publishes, through the rules' own API, the lines that the sample municipality does not have: one merged whole, another
 * centre's, a transition that ends with a good-bye, one with a menu. Returns what takes them back.
 */
export async function publishDemoRules(
  { author, second }: Operators,
  centreAddress: string,
  say: Say,
): Promise<() => Promise<void>> {
  const { rules } = await author.get<{ rules: { lines: readonly { number: string }[] } }>(
    '/v1/rules/versions/published/rules',
  );
  if (Object.values(DEMO_NUMBERS).every((number) => rules.lines.some((line) => line.number === number))) {
    say('演示号码已在现行规则中（上次演示未收尾），到期自行恢复。');
    return async () => undefined;
  }
  const draft = await author.post<Version>('/v1/rules/versions', { title: '演示：并入、分中心、期满、菜单' });
  const at = `/v1/rules/versions/${draft.number}`;
  try {
    await author.post(`${at}/edits`, {
      revision: draft.revision,
      edit: {
        lines: linesOf(centreAddress),
        menus: [demoMenu()],
        queues: [{ code: 'general', callback: DEMO_CALLBACK }],
      },
    });
    const revertAt = new Date(Date.now() + GONE_AFTER_MS).toISOString();
    const asked = await author.post<Version>(`${at}/publish`, { reason: REASON, revertAt });
    if (asked.state === 'awaitingSecond') await second.post(`${at}/approve`, { reason: REASON });
  } catch (error) {
    await author.post(`${at}/withdraw`, { reason: '演示号码未能发布' });
    throw error;
  }
  say(`规则第 ${draft.number} 版已发布：${Object.values(DEMO_NUMBERS).join('、')}。`);
  return async () => {
    const { number } = await author.post<Version>('/v1/rules/roll-back', { reason: '演示已结束' });
    say(`规则已恢复（第 ${number} 版）。`);
  };
}

function linesOf(centreAddress: string): readonly object[] {
  const common = { basis: '演示', area: '', queue: 'general' };
  return [
    {
      ...common,
      number: DEMO_NUMBERS.merged,
      name: '公交服务电话（已并入）',
      unitCode: 'transport',
      mode: 'MERGED',
    },
    {
      ...common,
      number: DEMO_NUMBERS.centre,
      name: '供水分中心',
      unitCode: 'water',
      mode: 'SUBCENTER',
      trunk: 'carrier',
      centreAddress,
    },
    {
      ...common,
      number: DEMO_NUMBERS.ended,
      name: '老年大学报名电话',
      unitCode: 'education',
      mode: 'TRANSITION',
      validFrom: '2020-04-28',
      validTo: '2020-07-28',
      afterEnd: 'goodbye',
    },
    {
      ...common,
      number: DEMO_NUMBERS.menu,
      name: '综合服务电话',
      unitCode: 'approval',
      mode: 'FORWARD',
      menu: demoMenu().code,
    },
  ];
}

/** The classic menu and one key more: 8 leaves a message. */
function demoMenu(): Menu {
  const menu = classicMenu({ general: 'general' });
  const message = {
    digits: '8',
    label: '留言',
    when: null,
    counter: null,
    target: {
      kind: 'message',
      prompts: [prompt('menu-message')],
      queue: 'general',
      maxMs: 30_000,
    },
  } as const;
  return {
    ...menu,
    code: 'demo-menu',
    name: '演示菜单',
    texts: { 'demo-menu-message': '留言请按8。' },
    nodes: menu.nodes.map((node) => ({
      ...node,
      prompts: [...node.prompts, prompt('demo-menu-message', { announces: ['8'] })],
      choices: [...node.choices, message],
    })),
  };
}
