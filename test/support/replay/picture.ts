import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView, TalkPartyView } from '../../../src/app/ports/call-view.ts';

// Call control's own picture as lines of text, without what differs from world to world: ids, moments, numbers in full.

type Numbers = ReadonlyMap<string, string>;

/** What is left of a number when it is masked. */
export const tailOf = (number: string): string => number.slice(-4);

function partyLine({ kind, agentId, number, state, role, muted, accepted }: TalkPartyView, numbers: Numbers) {
  const who = agentId === null ? tailOf(number ?? '') : (numbers.get(agentId) ?? agentId);
  return [
    kind,
    who,
    state,
    role,
    ...(muted ? ['muted'] : []),
    ...(accepted === true ? ['accepted'] : []),
  ].join(' ');
}

function callLine(call: CallView, numbers: Numbers): string {
  const { talk = null, state, callerNumber, queue, agentId, about = null } = call;
  const agent = agentId === null ? '-' : (numbers.get(agentId) ?? agentId);
  const head = `${about === null ? 'from' : 'to'} ${tailOf(callerNumber)} ${state}`;
  if (talk === null) return `${head} ${state === 'queued' ? queue : ''} ${agent}`;
  const { held, muted } = talk.citizen;
  const parties = talk.parties.map((party) => partyLine(party, numbers));
  const citizen = `citizen${held === null ? '' : ` held: ${held.why}`}${muted ? ' muted' : ''}`;
  const bridge = talk.bridge == null ? '' : `; bridge ${talk.bridge.state}`;
  return `${head} ${agent} ${talk.phase}; ${[citizen, ...parties].join('; ')}${bridge}`;
}

function agentLine(agent: AgentView, calls: ReadonlyMap<string, CallView>): string {
  const { number, state, reason, callId, intended, listensTo } = agent;
  // Wrapped up may be a call that is in no picture any more.
  const inCall = state === 'RINGING' || state === 'TALKING' ? callId : null;
  const call = inCall === null ? '' : tailOf(calls.get(inCall)?.callerNumber ?? 'none');
  const listens = listensTo === null ? '' : `listens to ${tailOf(calls.get(listensTo)?.callerNumber ?? '')}`;
  return [number, state, reason ?? '', call, intended === null ? '' : `then ${intended.state}`, listens].join(
    ' ',
  );
}

/** `team`: work numbers of the agents who are looked at. */
export function pictureOf(
  agents: readonly AgentView[],
  calls: readonly CallView[],
  team: readonly string[],
): readonly string[] {
  const numbers = new Map(agents.map(({ agentId, number }) => [agentId, number]));
  const byId = new Map(calls.map((call) => [call.callId, call]));
  return [
    ...agents.filter(({ number }) => team.includes(number)).map((agent) => agentLine(agent, byId)),
    ...calls.map((call) => callLine(call, numbers)),
  ].sort();
}
