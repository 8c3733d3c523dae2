import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallDetail, CallRow } from '../../app/ports/calls.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { callerOf } from './guard.ts';
import { isOperationId, type OperationId } from './policy.ts';
import { Refusal } from './problem-replies.ts';
import type { ApiServices } from './services.ts';

// The one place that keeps a vendor's supervisor to his own employer (C13). The hook below looks at every request of such an
// account: an operation that does not say here whom it shows is refused, and a call or an agent that is named in the address
// and is not his employer's does not exist for him. What lists several cuts with the functions below; a test walks all of them.

/**
 * Whom an operation shows. `call`, `agent`: the one named in the address. `cut`: its answer is cut to the employer. `own`:
 * things of the account itself. `nobody`: no agent, call or citizen stands in it.
 */
type Shows = 'call' | 'agent' | 'cut' | 'own' | 'nobody';

const VENDOR_SHOWS: Partial<Readonly<Record<OperationId, Shows>>> = {
  readSession: 'own',
  closeSession: 'own',
  setPassword: 'own',
  playRecording: 'own',
  listAgents: 'cut',
  listLiveCalls: 'cut',
  watchLive: 'cut',
  listCalls: 'cut',
  listRecordings: 'cut',
  listEmployers: 'cut',
  reportEmployers: 'cut',
  readCall: 'call',
  readRecordings: 'call',
  listenToRecording: 'call',
  readAgentDay: 'agent',
  listEmployments: 'agent',
  readPresenceRules: 'nobody',
  listQueues: 'nobody',
  listLines: 'nobody',
  readLine: 'nobody',
  listUnits: 'nobody',
  listCategories: 'nobody',
  listCodeLists: 'nobody',
  listForms: 'nobody',
  readForm: 'nobody',
  readCodeList: 'nobody',
  mapCode: 'nobody',
  exportCodeList: 'nobody',
  readDispatchCatalogue: 'nobody',
  askResponsible: 'nobody',
  exportDispatchCatalogue: 'nobody',
};

/** The employer to whose people the asker is kept; null: to nobody's. */
export const employerOf = (request: FastifyRequest): string | null => callerOf(request).employer ?? null;

export function registerEmployerSight(app: FastifyInstance, services: ApiServices): void {
  app.addHook('preHandler', async (request) => {
    const employer = request.authenticated?.account.employer ?? null;
    const operation = request.routeOptions.schema?.operationId;
    if (employer === null || !isOperationId(operation)) return;
    const shows = VENDOR_SHOWS[operation];
    if (shows === undefined) throw new Refusal('access.ofVendor', { operation });
    const { id = '' } = (request.params ?? {}) as { readonly id?: string };
    if (shows === 'call' && (await agentsOf(services, employer, id)).size === 0) {
      throw new Refusal('call.unknown', { call: id });
    }
    if (shows === 'agent') {
      const { day } = (request.query ?? {}) as { readonly day?: string };
      const on = day ?? localDateOf(services.now(), (await services.calendar.load()).calendar.zone);
      if (!(await services.employers.employs(employer, id, on))) throw new Refusal('agent.unknown', { id });
    }
  });
}

async function agentsOf(
  { employers }: ApiServices,
  employer: string,
  callId: string,
): Promise<ReadonlySet<string>> {
  return (await employers.agentsIn(employer, [callId])).get(callId) ?? new Set();
}

/** Whoever else was rung or talked in it is not named; what was told of them is not told. */
export async function cutCall(
  services: ApiServices,
  request: FastifyRequest,
  call: CallDetail,
): Promise<CallDetail> {
  const employer = employerOf(request);
  if (employer === null) return call;
  const ours = await agentsOf(services, employer, call.id);
  if (ours.size === 0) throw new Refusal('call.unknown', { call: call.id });
  return {
    ...call,
    ...cutRow(call, ours),
    closing: call.closing === null ? null : { ...call.closing, closedBy: null },
    // Why somebody was rung may name a colleague.
    legs: call.legs.map((leg) => ({
      ...leg,
      ...(leg.agentId === null || ours.has(leg.agentId) ? {} : { agentId: null, agentNumber: null }),
      reason: '',
    })),
    facts: [],
  };
}

export async function cutCalls(
  services: ApiServices,
  request: FastifyRequest,
  calls: readonly CallRow[],
): Promise<readonly CallRow[]> {
  const employer = employerOf(request);
  if (employer === null) return calls;
  const found = await services.employers.agentsIn(
    employer,
    calls.map(({ id }) => id),
  );
  return calls.map((call) => ({ ...call, ...cutRow(call, found.get(call.id) ?? new Set()) }));
}

const cutRow = (call: CallRow, ours: ReadonlySet<string>): Partial<CallRow> =>
  call.agentId === null || ours.has(call.agentId)
    ? {}
    : { agentId: null, agentNumber: null, agentName: null };

/** A recording in which anybody else of the staff is heard stays with the hotline: another employer's people, or its own leads. */
export async function refuseForeignVoices(
  { employers }: ApiServices,
  request: FastifyRequest,
  callId: string,
): Promise<void> {
  const employer = employerOf(request);
  if (employer === null || (await employers.speaksAlone(employer, callId))) return;
  throw new Refusal('recording.ofOthers', { call: callId });
}
