import type { AgentView } from '../../src/app/ports/agent-view.ts';

/** An agent at work as call control shows one: ready, at a browser phone that answers. */
export function agentView(more: Partial<AgentView> = {}): AgentView {
  return {
    agentId: 'agent1',
    number: '1001',
    displayName: '王小明',
    state: 'READY',
    reason: null,
    sinceMs: 1,
    intended: null,
    limitMs: null,
    overLimit: false,
    misses: 0,
    readyAgainMs: null,
    wrapUpUntilMs: null,
    wrapUpLatestMs: null,
    signOut: null,
    phone: 'agent-1001',
    phoneKind: 'browser',
    nextPhone: null,
    phoneReachable: true,
    heartbeat: 'expected',
    persistentLeg: null,
    listensTo: null,
    taken: null,
    lead: null,
    onForeignCall: false,
    callId: null,
    queues: ['general'],
    ...more,
  };
}
