import { type CallbackRule, USUAL_CALLBACK_RULE } from './callback-rule.ts';
import type { AgentProfile, Configuration, Queue } from './configuration.ts';

/**
 * 高峰模式 (C11): what one switch changes for desks that cannot keep up, until its time is over or somebody ends it. Beside
 * the versions of the rules and never written into them: when it is over, everything is what it was.
 */
export interface SurgeMode {
  readonly id: string;
  /** The desks that cannot keep up. */
  readonly queues: readonly string[];
  readonly untilMs: number;
  /** No wrap-up after a talk of these desks is longer; null: as the queues say. */
  readonly wrapUpMs: number | null;
  /** Who has waited so long is offered to be called back; null: as the queues say. */
  readonly callbackAfterMs: number | null;
  /** Accounts with a seat, of leads and back office, who take calls of these desks as well. */
  readonly helpers: readonly string[];
}

/** For as long at most as a shift: what lasts belongs into the rules. */
export const SURGE_MODE_MINUTES = { least: 5, most: 12 * 60 } as const;

export const isOn = (mode: Pick<SurgeMode, 'untilMs'> | null | undefined, nowMs: number): boolean =>
  mode !== null && mode !== undefined && nowMs < mode.untilMs;

/** The configuration by which calls go now. */
export function underSurge(configuration: Configuration, nowMs: number): Configuration {
  const { surgeMode: mode } = configuration;
  if (mode === null || mode === undefined || !isOn(mode, nowMs)) return configuration;
  return {
    ...configuration,
    queues: configuration.queues.map((queue) =>
      mode.queues.includes(queue.code) ? hurried(queue, mode) : queue,
    ),
    agents: configuration.agents.map((agent) =>
      mode.helpers.includes(agent.agentId) ? helping(agent, mode, configuration.queues) : agent,
    ),
  };
}

function hurried(queue: Queue, { wrapUpMs, callbackAfterMs }: SurgeMode): Queue {
  return {
    ...queue,
    wrapUpMs: wrapUpMs === null ? queue.wrapUpMs : Math.min(queue.wrapUpMs, wrapUpMs),
    callback: callbackAfterMs === null ? queue.callback : sooner(queue.callback, callbackAfterMs),
  };
}

function sooner(rule: CallbackRule | null, afterMs: number): CallbackRule {
  const usual = rule ?? USUAL_CALLBACK_RULE;
  return { ...usual, afterWaitMs: Math.min(usual.afterWaitMs ?? afterMs, afterMs) };
}

/** A desk that was closed meanwhile is nobody's. */
function helping(agent: AgentProfile, { queues }: SurgeMode, known: readonly Queue[]): AgentProfile {
  const lent = queues.filter(
    (code) => !agent.queues.includes(code) && known.some((queue) => queue.code === code),
  );
  return lent.length === 0 ? agent : { ...agent, queues: [...agent.queues, ...lent], lent };
}
