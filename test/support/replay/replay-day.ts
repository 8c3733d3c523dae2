import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { PublishedConfiguration } from '../../../src/app/ports/configuration-source.ts';
import type { AgentAtWork } from '../../../src/demo/agent-at-work.ts';
import type { CallSeen } from '../../../src/demo/api-client.ts';
import { until } from '../../../src/demo/poll.ts';
import type { Step } from '../../app/calls/model-events.ts';
import type { Town } from '../town.ts';
import type { Act } from './acts.ts';
import { Director, TEAM } from './director.ts';
import { ModelTown } from './model-side.ts';
import { tailOf } from './picture.ts';
import { type CallInBooks, checkEnds, checkNobodyTwice, checkOrder } from './real-invariants.ts';
import { storyOf } from './story.ts';
import { RealTown } from './town-side.ts';

/** An act and all that follows from it, on a busy machine; a telephone that is let ring rings for eight seconds. */
const SAME_WITHIN_MS = 15_000;

export interface Replayed {
  readonly acts: readonly Act[];
  /** What happened, as words of facts: which kinds of event the day had. */
  readonly kinds: ReadonlySet<string>;
}

/** Lives through the day in both worlds; throws where they part, with what was done so far. */
export async function replayDay(
  town: Town,
  published: PublishedConfiguration,
  day: { readonly number: number; readonly steps: readonly Step[]; readonly actsMost: number },
): Promise<Replayed> {
  const model = await new ModelTown(published, TEAM).open();
  const team: AgentAtWork[] = [];
  for (const number of TEAM) {
    team.push(await town.agent(number));
    for (const kind of ['signIn', 'ready'] as const)
      await model.act({ do: 'ask', agent: number, asked: { kind } });
  }
  const real = new RealTown(town, team, await town.unitPhone());
  const director = new Director(model, day.number);
  const acts: Act[] = [];
  const both = async (act: Act): Promise<void> => {
    acts.push(act);
    const wanted = await model.act(act);
    const told = (): string => `day ${day.number}: ${acts.map((one) => JSON.stringify(one)).join('\n')}`;
    const got = await real.act(act).catch((error: unknown) => {
      throw new Error(told(), { cause: error });
    });
    expect(got, told()).toBe(wanted);
    await same(model, real, told);
  };
  await same(model, real, () => 'in the morning');
  for (const step of day.steps) {
    if (acts.length >= day.actsMost) break;
    const act = director.next(step);
    if (act !== null) await both(act);
  }
  for (let act = director.last(); act !== null; act = director.last()) await both(act);
  await checkBooks(town, model, team);
  await model.close();
  return { acts, kinds: kindsOf(model, acts) };
}

/** What follows from an act takes its time in the real town: until both are the same. */
async function same(model: ModelTown, real: RealTown, told: () => string): Promise<void> {
  const wanted = await model.picture();
  let seen: readonly string[] = [];
  await until(
    'the same',
    SAME_WITHIN_MS,
    async () => {
      seen = await real.picture();
      return isDeepStrictEqual(seen, wanted) ? true : null;
    },
    30,
  ).catch(() => undefined);
  expect(seen, told()).toEqual(wanted);
}

/** Each call in the books is the model's, fact by fact, and the invariants hold on the whole stream. */
async function checkBooks(town: Town, model: ModelTown, team: readonly AgentAtWork[]): Promise<void> {
  const numbers = new Map(team.map(({ id, number }) => [id, number]));
  const wanted = storiesOf(model, numbers);
  const calls = await until('the day in the books', 30_000, async () => {
    const found = await callsOf(town, new Set([...wanted.map(({ tail }) => tail)]));
    return found.length >= wanted.length && found.every(({ endedAt }) => endedAt !== null) ? found : null;
  });
  const found = calls.map(({ callerNumber, facts }) => ({
    tail: tailOf(callerNumber),
    story: storyOf(facts, numbers),
  }));
  expect(found).toEqual(wanted);
  checkEnds(calls);
  checkNobodyTwice(calls);
  checkOrder(calls);
}

interface Story {
  readonly tail: string;
  readonly story: readonly string[];
}

function storiesOf({ house }: ModelTown, numbers: ReadonlyMap<string, string>): readonly Story[] {
  const calls = new Map<string, { tail: string; told: { type: string; body: Record<string, unknown> }[] }>();
  for (const fact of house.facts) {
    const { callId, type } = fact;
    if (callId === null) continue;
    const tail = 'callerNumber' in fact ? tailOf(fact.callerNumber) : '';
    const call = calls.get(callId) ?? { tail, told: [] };
    call.told.push({ type, body: { ...fact } });
    calls.set(callId, call);
  }
  return [...calls.values()].map(({ tail, told }) => ({ tail, story: storyOf(told, numbers) }));
}

/** In the order in which they began. */
async function callsOf(town: Town, tails: ReadonlySet<string>): Promise<readonly CallInBooks[]> {
  const lists = await Promise.all(
    ['inbound', 'outbound'].map((direction) =>
      town.lead.get<{ calls: readonly CallSeen[] }>(`/v1/calls?direction=${direction}&limit=100`),
    ),
  );
  const mine = lists
    .flatMap(({ calls }) => calls)
    .filter(({ callerNumber }) => tails.has(tailOf(callerNumber)));
  const details = await Promise.all(mine.map(({ id }) => town.lead.get<CallInBooks>(`/v1/calls/${id}`)));
  return details.toSorted((one, other) => one.arrivedAt.localeCompare(other.arrivedAt));
}

/** What a day must have had, together with others, to be worth it. */
export const KINDS = [
  'abandoned in the queue',
  'hung up while it rang',
  'missed',
  'rejected',
  'hold',
  'blind transfer',
  'consultation',
  'consulted transfer',
  'three-way',
  'promise',
  'called back',
  'rated',
  'taken over',
  'agent left',
  'who is on call comes',
  'who is on call does not',
  'restart',
] as const;
export type Kind = (typeof KINDS)[number];

type Has = (fact: Readonly<Record<string, unknown>>) => boolean;
const IN_FACTS: Readonly<Record<Exclude<Kind, 'restart'>, Has>> = {
  'abandoned in the queue': ({ type, detail }) => type === 'callEnded' && /^queued/.test(String(detail)),
  'hung up while it rang': ({ type, detail }) => type === 'callEnded' && /^ringingAgent/.test(String(detail)),
  missed: ({ type, how }) => type === 'legEnded' && how === 'noAnswer',
  rejected: ({ type, how }) => type === 'legEnded' && how === 'busy',
  hold: ({ type, why }) => type === 'citizenHeld' && why === 'hold',
  'blind transfer': ({ type, how }) => type === 'transferred' && how === 'blind',
  consultation: ({ type }) => type === 'consulted',
  'consulted transfer': ({ type, how }) => type === 'transferred' && how === 'consulted',
  'three-way': ({ type, how }) => type === 'partyJoined' && how === 'invited',
  promise: ({ type, move }) => type === 'callback' && move === 'promised',
  'called back': ({ type, move }) => type === 'callback' && move === 'reached',
  rated: ({ type, grade }) => type === 'rating' && grade !== null,
  'taken over': ({ type, how }) => type === 'legEnded' && how === 'takenOver',
  'agent left': ({ type, how }) => type === 'legEnded' && how === 'left',
  'who is on call comes': ({ type }) => type === 'dutyConfirmed',
  'who is on call does not': ({ type, how }) => type === 'bridgeOver' && how !== 'confirmed',
};

export function kindsOf({ house }: ModelTown, acts: readonly Act[]): ReadonlySet<string> {
  const facts = house.facts.map((fact) => ({ ...fact }));
  const told = Object.entries(IN_FACTS).flatMap(([kind, has]) => (facts.some(has) ? [kind] : []));
  return new Set([...told, ...(acts.some((act) => act.do === 'restart') ? ['restart'] : [])]);
}
