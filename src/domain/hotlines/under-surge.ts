import { type CallbackRule, USUAL_CALLBACK_RULE } from './callback-rule.ts';
import type { AgentProfile, Configuration, Queue } from './configuration.ts';
import { isOn, type SurgeMode } from './surge-mode.ts';

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
