import { defineStore } from 'pinia';
import { computed, ref, shallowReactive } from 'vue';
import { useSession } from '../session/session.ts';
import { LiveLine } from './live-line.ts';
import type { AgentSeen, CallSeen, LiveMessage, NoticeSeen, QueueSeen, Source } from './messages.ts';
import type { LineState } from './readings.ts';

/** The live picture, as far as this account may see it. What a page shows of now comes from here and nowhere else. */
export const useLive = defineStore('live', () => {
  const session = useSession();
  const line = ref<LineState>('connecting');
  const source = ref<Source>('away');
  const agents = shallowReactive(new Map<string, AgentSeen>());
  const calls = shallowReactive(new Map<string, CallSeen>());
  const queues = shallowReactive(new Map<string, QueueSeen>());
  const listeners = new Set<(notice: NoticeSeen) => void>();
  let open: LiveLine | null = null;

  function watch(): void {
    open ??= new LiveLine({
      message: take,
      state: (state) => {
        line.value = state;
      },
      sessionEnded: () => {
        leave();
        session.over();
      },
    });
  }

  function leave(): void {
    open?.close();
    open = null;
    line.value = 'connecting';
    for (const table of [agents, calls, queues]) table.clear();
  }

  function take(message: LiveMessage): void {
    switch (message.type) {
      case 'snapshot':
        source.value = message.source;
        fill(agents, message.agents, (agent) => agent.agentId);
        fill(calls, message.calls, (call) => call.callId);
        fill(queues, message.queues, (queue) => queue.code);
        break;
      case 'resumed':
      case 'beat':
      case 'source':
        source.value = message.source;
        break;
      case 'agent':
        agents.set(message.agent.agentId, message.agent);
        break;
      case 'agentGone':
        agents.delete(message.agentId);
        break;
      case 'call':
        calls.set(message.call.callId, message.call);
        break;
      case 'callGone':
        calls.delete(message.callId);
        break;
      case 'queue':
        queues.set(message.queue.code, message.queue);
        break;
      case 'queueGone':
        queues.delete(message.code);
        break;
      case 'notice':
        for (const tell of listeners) tell(message.notice);
        break;
      default:
        // A message of a later version: this page does not need it.
        message satisfies never;
    }
  }

  /** Returns the way to stop being told. */
  function onNotice(tell: (notice: NoticeSeen) => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }

  /** What is shown is now. */
  const fresh = computed(() => line.value === 'open' && source.value === 'live');
  /** Null: not an agent, or call control has not shown him yet. */
  const own = computed(() => (session.account === null ? null : (agents.get(session.account.id) ?? null)));
  const ownCall = computed(() => (own.value?.callId == null ? null : (calls.get(own.value.callId) ?? null)));

  return { line, source, fresh, agents, calls, queues, own, ownCall, watch, leave, onNotice };
});

function fill<T>(table: Map<string, T>, all: readonly T[], key: (one: T) => string): void {
  table.clear();
  for (const one of all) table.set(key(one), one);
}
