import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PublishedConfiguration } from '../../src/app/ports/configuration-source.ts';
import { type Step, step } from '../app/calls/model-events.ts';
import { checkPromisesInBooks, checkReconciles } from '../support/replay/real-invariants.ts';
import { KINDS, replayDay } from '../support/replay/replay-day.ts';
import { layReplayRules } from '../support/replay/replay-rules.ts';
import { Town } from '../support/town.ts';

// Generated days of the model, lived through a second time with real telephones: after each thing that happens, call control
// over Asterisk must show what it shows over the switch in memory, and in the end the books must tell the same of each call.

/** Days by their seeds, chosen so that together they have all kinds of event; `MODEL_REPLAY=1-30` for others. */
const DAYS = [3867, 8156, 10725];
const WANTED = process.env.MODEL_REPLAY;
/** People's acts in a day; each takes half a second, and a restart three. */
const ACTS_MOST = Number(process.env.MODEL_REPLAY_ACTS ?? 30);

function seedsOf(range: string): readonly number[] {
  const [from = 1, to = from] = range.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_one, at) => from + at);
}
const seeds = WANTED === undefined ? DAYS : WANTED.split(',').flatMap(seedsOf);

const daySteps = fc.array(step, { minLength: 300, maxLength: 300 });
function stepsOf(seed: number): readonly Step[] {
  const [steps = []] = fc.sample(daySteps, { seed, numRuns: 1 });
  return steps;
}

let town: Town;
let rules: PublishedConfiguration;
const kinds = new Set<string>();
beforeAll(async () => {
  town = await Town.found();
  rules = await layReplayRules(town);
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test.for(seeds.map((seed, at) => ({ seed, number: (at % 90) + 10 })))(
  'day $seed of the model is the same day with real telephones',
  { timeout: 240_000 },
  async ({ seed, number }) => {
    const day = { number, steps: stepsOf(seed), actsMost: ACTS_MOST };
    const replayed = await replayDay(town, rules, day);
    for (const kind of replayed.kinds) kinds.add(kind);
    process.stdout.write(`day ${seed}: ${replayed.acts.length} acts, ${[...replayed.kinds].join(', ')}\n`);
    await checkPromisesInBooks(town);
    await checkReconciles(town);
  },
);

if (WANTED === undefined) {
  test('together they had every kind of event', () => {
    expect([...KINDS].filter((kind) => !kinds.has(kind))).toEqual([]);
  });
}
