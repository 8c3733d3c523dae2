import type { paths } from '../../api/contract.ts';
import type { RingingWish, Target } from './talk.ts';

type Directory = paths['/v1/directory']['get']['responses'][200]['content']['application/json'];
type Queues = paths['/v1/queues']['get']['responses'][200]['content']['application/json'];
type Near =
  paths['/v1/places/near']['get']['responses'][200]['content']['application/json']['places'][number];
type ColleagueState = Directory['colleagues'][number]['state'];
type Expert = Directory['experts'][number];

/** Somebody who can be brought into the talk, or given it. */
export interface Entry {
  readonly key: string;
  readonly group: 'emergency' | 'colleague' | 'expert' | 'unit' | 'queue' | 'place' | 'number';
  readonly name: string;
  /** Number or code. */
  readonly detail: string;
  readonly state: ColleagueState | null;
  /** Of an expert or a place: whether somebody is there now, and until or from when. */
  readonly duty: Pick<Expert, 'duty' | 'until' | 'next'> | null;
  readonly target: Target;
  readonly wishes: readonly RingingWish[];
}

const ALL: readonly RingingWish[] = ['consult', 'transfer', 'invite'];
/** Whoever brings in an emergency desk stays until it has accepted. */
const STAYING: readonly RingingWish[] = ['consult', 'invite'];

export function readEntries(directory: Directory, { queues }: Queues, self: string | null): readonly Entry[] {
  return [
    ...directory.emergency.map(
      ({ desk, name, number }): Entry => ({
        ...{ key: `e${desk}`, group: 'emergency', name, detail: number, state: null, duty: null },
        target: { kind: 'emergency', desk },
        wishes: STAYING,
      }),
    ),
    ...directory.colleagues
      .filter(({ agentId }) => agentId !== self)
      .map(
        ({ number, name, state }): Entry => ({
          ...{ key: `a${number}`, group: 'colleague', name, detail: number, state, duty: null },
          target: { kind: 'agent', agent: number },
          wishes: ALL,
        }),
      )
      // Who is free stands first.
      .sort((a, b) => Number(b.state === 'READY') - Number(a.state === 'READY')),
    // As they come: who is there now stands first.
    ...directory.experts.map(
      ({ expert, name, number, unitName, post, duty, until, next }): Entry => ({
        ...{ key: `x${expert}`, group: 'expert', name, state: null, duty: { duty, until, next } },
        detail: [unitName, post, number].filter(Boolean).join(' '),
        // By his own id and not by his number: only so the call knows that it is he who is asked.
        target: { kind: 'expert', expert },
        wishes: ALL,
      }),
    ),
    ...queues.map(
      ({ code, name }): Entry => ({
        ...{ key: `q${code}`, group: 'queue', name, detail: code, state: null, duty: null },
        target: { kind: 'queue', queue: code },
        wishes: ALL,
      }),
    ),
    ...directory.units.map(
      ({ unit, name, number }): Entry => ({
        ...{ key: `u${unit}`, group: 'unit', name, detail: number, state: null, duty: null },
        target: { kind: 'unit', unit },
        wishes: ALL,
      }),
    ),
  ];
}

/** Partners, volunteers, platforms, offices: whoever has a telephone. */
export function placeEntries(found: readonly Near[]): readonly Entry[] {
  return found
    .filter(({ place }) => place.telephone !== '')
    .map(
      ({ place, open, until, next }): Entry => ({
        ...{ key: `p${place.id}`, group: 'place', name: place.name, detail: place.telephone, state: null },
        duty: { duty: open, until, next },
        target: { kind: 'place', place: place.id },
        wishes: ALL,
      }),
    );
}

/** What was typed is looked for in names and numbers; digits that are nobody's may be dialled as they are. */
export function matching(entries: readonly Entry[], typed: string): readonly Entry[] {
  const words = typed.trim().toLowerCase();
  const found = entries.filter(({ name, detail }) => `${name} ${detail}`.toLowerCase().includes(words));
  const number = words.replace(/[ -]/g, '');
  if (!/^\d{3,16}$/.test(number)) return found;
  const dialled: Entry = {
    ...{ key: `n${number}`, group: 'number', name: number, detail: '', state: null, duty: null },
    target: { kind: 'number', number },
    wishes: ALL,
  };
  return [...found, dialled];
}
