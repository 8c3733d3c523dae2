import { type LocalMoment, type MenuCaller, UNKNOWN_CALLER } from '../ivr/condition.ts';
import type { Exit, Menu } from '../ivr/menu.ts';
import { BUILT_IN_PROMPTS, spokenMs } from '../ivr/spoken.ts';
import { type TriedMenu, tryMenu } from '../ivr/try-menu.ts';
import { plainName } from '../ivr/words-spoken.ts';
import type { CallPlan, Destination } from './call-plan.ts';
import type { Configuration } from './configuration.ts';
import { UNIT_RING_TIMEOUT_MS } from './mode-way.ts';
import { announcedThroughMenu, planCall, throughMenu, withoutRestrictions } from './plan-call.ts';
import { type Route, routeOf } from './route.ts';
import { byMenu } from './way-words.ts';

/** What a caller on paper does in a menu, and what is known of him. */
export interface TriedKeys {
  /** Each pressed as soon as a key is awaited; when they are used up, none. */
  readonly keys: string;
  readonly ticket: 'found' | 'notFound' | 'failed';
  readonly caller: MenuCaller;
}
export const NO_KEYS: TriedKeys = { keys: '', ticket: 'notFound', caller: UNKNOWN_CALLER };

export interface MenuWay {
  readonly menu: Menu;
  readonly tried: TriedMenu;
  /** null: the caller leaves a message. */
  readonly destination: Destination | null;
  readonly route: Route;
  /** Announcements that are aimed at the line to which the menu leads. */
  readonly announced: readonly string[];
}

/** Through the plan's menu with these keys, by the code that leads real calls; null where the plan has none that exists. */
export function followMenu(
  configuration: Configuration,
  plan: CallPlan,
  moment: LocalMoment,
  { keys, ticket, caller }: TriedKeys,
  callerNumber = '',
): MenuWay | null {
  const menu = configuration.menus.find(({ code }) => code === plan.menu);
  if (menu === undefined) return null;
  const { generalQueue } = configuration.municipality;
  const lengthMs = (prompt: string): number => {
    const name = plainName(prompt);
    const text = menu.texts[name];
    return text === undefined ? (BUILT_IN_PROMPTS.get(name)?.durationMs ?? 0) : spokenMs(text);
  };
  const tried = tryMenu({ menu, moment, caller, generalQueue }, { digits: keys, ticket }, lengthMs);
  const { to, reason } = tried;
  if (to.kind === 'message') {
    return { menu, tried, destination: null, route: `message ${to.queue}`, announced: [] };
  }
  const heard = tried.path.flatMap(({ act }) => (act.kind === 'exit' ? act.prompts : []));
  const headers = { to: '', diversion: [], historyInfo: [] };
  const planLine = (dialled: string): CallPlan =>
    planCall(withoutRestrictions(configuration), { dialled, callerNumber, headers }, moment);
  const destination = destinationOf(to, byMenu(reason).zh, heard, planLine);
  const announced = to.kind === 'line' ? announcedThroughMenu(plan, planLine(to.number)) : [];
  return { menu, tried, destination, route: routeOf(destination), announced: announced.map(({ id }) => id) };
}

function destinationOf(
  exit: Exclude<Exit, { readonly kind: 'message' }>,
  reason: string,
  prompts: readonly string[],
  planLine: (number: string) => CallPlan,
): Destination {
  switch (exit.kind) {
    case 'queue':
      return { kind: 'queue', queue: exit.queue, reason };
    case 'number': {
      const { number, trunk, returnQueue } = exit;
      return { kind: 'unit', number, trunk, returnQueue, ringTimeoutMs: UNIT_RING_TIMEOUT_MS, reason };
    }
    case 'line':
      return throughMenu(planLine(exit.number));
    case 'goodbye':
      return { kind: 'goodbye', prompts, result: 'informed', reason };
    default:
      return exit satisfies never;
  }
}
