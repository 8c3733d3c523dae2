import { expect, test } from 'vitest';
import { Contender, LeaseWorld, pass, settled } from './lease-world.ts';

// Who is the active call control, case by case.

async function pair(): Promise<[LeaseWorld, Contender, Contender]> {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  const second = new Contender(world, 'second');
  await pass(world, 2_000);
  expect([first.acts(), second.acts()]).toEqual([true, false]);
  return [world, first, second];
}

test('the holder is killed: the other one acts at once, in a later generation', async () => {
  const [world, first, second] = await pair();
  first.kill();
  await settled();
  expect(second.acts()).toBe(true);
  expect(second.tenure?.term.generation).toBeGreaterThan(first.tenure?.term.generation ?? 0);
  await pass(world, 60_000);
  expect(second.acts()).toBe(true);
});

test('the holder is frozen: the other one acts when the lease has run out, and the first ends when it wakes', async () => {
  const [world, first, second] = await pair();
  first.freeze();
  await pass(world, 2_500);
  expect(second.acts()).toBe(true);
  await pass(world, 60_000);
  first.thaw();
  // Before it has done or heard anything.
  expect(first.tenure?.holds()).toBe(false);
  await settled();
  expect(first.deposed).toBe('lease');
  expect(second.acts()).toBe(true);
});

test('a pause below the lease changes nothing; one above it is a doubt that a renewal ends', async () => {
  const [world, first] = await pair();
  first.freeze();
  await pass(world, 1_000);
  first.thaw();
  expect(first.acts()).toBe(true);

  const alone = new LeaseWorld();
  const lonely = new Contender(alone, 'lonely');
  await pass(alone, 2_000);
  lonely.freeze();
  await pass(alone, 60_000);
  lonely.thaw();
  expect(lonely.acts()).toBe(false);
  const ran: string[] = [];
  lonely.tenure?.onceSettled(() => ran.push('later'));
  await settled();
  expect(ran).toEqual(['later']);
  expect(lonely.acts()).toBe(true);
});

test.for(['away', 'silent'] as const)(
  'the store is %s: the holder goes on without a doubt, nobody takes over; a death or a frost all the same',
  async (how) => {
    const [world, first, second] = await pair();
    world.store = how;
    for (let step = 0; step < 100; step += 1) {
      await pass(world, 100);
      expect(first.acts()).toBe(true);
    }
    expect(second.acts()).toBe(false);
    if (how === 'silent') return;
    first.freeze();
    await pass(world, 4_000);
    expect(second.acts()).toBe(true);
    first.thaw();
    await settled();
    expect(first.deposed).toBe('folder');
    const third = new Contender(world, 'third');
    await pass(world, 4_000);
    second.kill();
    await pass(world, 400);
    expect(third.acts()).toBe(true);
  },
);

test('the store and the switch answer late, each time: no doubt as long as they answer within a second', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  for (const [store, lateMs] of [
    ['slow', 650],
    ['slow', 1_000],
    ['silent', 290],
  ] as const) {
    Object.assign(world, { store, lateMs });
    for (let step = 0; step < 400; step += 1) {
      await pass(world, 25);
      expect(first.acts()).toBe(true);
    }
  }
});

test('who can wait for the end of a doubt is told of it, and of none in which another one took over', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  expect(await first.tenure?.settled(0)).toBe(true);
  first.freeze();
  await pass(world, 60_000);
  first.thaw();
  expect(first.acts()).toBe(false);
  const told: boolean[] = [];
  void first.tenure?.settled(3_000).then((is) => told.push(is));
  await settled();
  expect(told).toEqual([true]);

  const second = new Contender(world, 'second');
  first.freeze();
  await pass(world, 4_000);
  expect(second.acts()).toBe(true);
  first.thaw();
  void first.tenure?.settled(3_000).then((is) => told.push(is));
  await pass(world, 3_000);
  expect(first.deposed).toBe('lease');
  expect(told).toEqual([true]);
});

test('the store is flushed: the holder puts its lease back before anybody takes it', async () => {
  const [world, first, second] = await pair();
  const elsewhere = new Contender(world, 'elsewhere', 'there');
  await pass(world, 2_000);
  world.flush();
  await pass(world, 5_000);
  expect([first, second, elsewhere].map((one) => one.acts())).toEqual([true, false, false]);
  expect(world.lease?.id).toBe('first');
});

test('a standby on another machine takes over when the lease runs out, never while the store or the switch is away', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  const elsewhere = new Contender(world, 'elsewhere', 'there');
  await pass(world, 2_000);
  world.store = 'away';
  world.switch = 'away';
  first.kill();
  await pass(world, 60_000);
  expect(elsewhere.acts()).toBe(false);
  world.store = 'there';
  // The holder, if he lived, might go by the switch, of which nothing is known here.
  await pass(world, 10_000);
  expect(elsewhere.acts()).toBe(false);
  world.switch = 'there';
  await pass(world, 2_000);
  expect(elsewhere.acts()).toBe(true);
});

test('the store was away, and is back: who takes over waits as long as the holder, if he lived, might take to find it again', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  const elsewhere = new Contender(world, 'elsewhere', 'there');
  await pass(world, 2_000);
  world.store = 'away';
  await pass(world, 1_000);
  first.kill();
  world.store = 'there';
  await pass(world, 2_500);
  expect(elsewhere.acts()).toBe(false);
  await pass(world, 1_500);
  expect(elsewhere.acts()).toBe(true);
});

test('Asterisk names another owner: believed when the store cannot be asked, else the lease decides', async () => {
  const [world, first] = await pair();
  first.tenure?.replaced();
  expect(first.acts()).toBe(false);
  await settled();
  expect(first.acts()).toBe(true);
  world.store = 'away';
  first.tenure?.replaced();
  await settled();
  expect(first.deposed).toBe('switch');
});

test('stopped in order, it hands the lease back: the other one need not wait', async () => {
  const [world, first, second] = await pair();
  await first.tenure?.end();
  expect(first.acts()).toBe(false);
  await pass(world, 200);
  expect(second.acts()).toBe(true);
});

test('the successor’s lease is lost with the store, and it stands still: who follows from elsewhere has another generation', async () => {
  const [world, first, second] = await pair();
  const elsewhere = new Contender(world, 'elsewhere', 'there');
  await pass(world, 50);
  first.kill();
  await pass(world, 1);
  expect(second.acts()).toBe(true);
  world.flush();
  second.freeze();
  await pass(world, 2_500);
  expect(elsewhere.acts()).toBe(true);
  expect(elsewhere.tenure?.term.generation).toBeGreaterThan(second.tenure?.term.generation ?? Number.NaN);
});

test('the store loses the lease of one who is frozen: nobody takes it before he knows by himself that he may not act', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  const elsewhere = new Contender(world, 'elsewhere', 'there');
  await pass(world, 2_000);
  first.freeze();
  world.flush();
  for (let step = 0; step < 100 && !elsewhere.acts(); step += 1) await pass(world, 25);
  expect(elsewhere.acts()).toBe(true);
  first.thaw();
  // Before it has heard anything.
  expect(first.acts()).toBe(false);
  await settled();
  expect([first.deposed, elsewhere.acts()]).toEqual(['lease', true]);
});

test('a frozen one wakes when the store has just lost his successor’s lease: he puts back none of his own', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  const elsewhere = new Contender(world, 'elsewhere', 'there');
  await pass(world, 2_000);
  first.freeze();
  await pass(world, 4_000);
  expect(elsewhere.acts()).toBe(true);
  world.flush();
  first.thaw();
  await settled();
  expect([first.deposed, elsewhere.acts()]).toEqual(['switch', true]);
  await pass(world, 5_000);
  expect([first.acts(), elsewhere.acts()]).toEqual([false, true]);
});

test('told too late that another one has the lease, it ends all the same', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  const elsewhere = new Contender(world, 'elsewhere', 'there');
  await pass(world, 2_000);
  first.freeze();
  await pass(world, 4_000);
  expect(elsewhere.acts()).toBe(true);
  // Neither the store nor the switch answers within the time that a proof has.
  Object.assign(world, { store: 'slow', lateMs: 1_000 });
  first.thaw();
  await pass(world, 1_100);
  expect(first.deposed).toBe('lease');
});

test.for([0, 100, 200, 300])(
  'one elsewhere took office without the store: when it is back, %d ms later or earlier, nobody succeeds who died before him',
  async (offsetMs) => {
    const world = new LeaseWorld();
    const first = new Contender(world, 'first');
    await pass(world, 2_000);
    const elsewhere = new Contender(world, 'elsewhere', 'there');
    await pass(world, 2_000);
    world.store = 'away';
    first.kill();
    await pass(world, 4_000 + offsetMs);
    expect(elsewhere.acts()).toBe(true);
    const here = new Contender(world, 'here');
    await pass(world, 150);
    world.store = 'there';
    for (let step = 0; step < 100; step += 1) {
      await pass(world, 50);
      expect([elsewhere.acts(), here.acts()]).toEqual([true, false]);
    }
  },
);

test('on another machine, without the store: the holder dies, the switch says so, and the other one acts', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first', 'here');
  await pass(world, 2_000);
  const second = new Contender(world, 'second', 'there');
  await pass(world, 2_000);
  world.store = 'away';
  await pass(world, 60_000);
  // He gives signs: undisturbed.
  expect([first.acts(), second.acts()]).toEqual([true, false]);
  first.kill();
  await pass(world, 3_000);
  expect(second.acts()).toBe(true);
  expect(second.tenure?.term.generation).toBeGreaterThan(first.tenure?.term.generation ?? 0);
});

test('on another machine, without the store: a frozen holder wakes, finds the signs of the other one, and ends', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first', 'here');
  await pass(world, 2_000);
  const second = new Contender(world, 'second', 'there');
  await pass(world, 2_000);
  world.store = 'away';
  await pass(world, 1_000);
  first.freeze();
  await pass(world, 5_000);
  expect(second.acts()).toBe(true);
  first.thaw();
  expect(first.acts()).toBe(false);
  await pass(world, 1_000);
  expect(first.deposed).toBe('switch');
  expect(world.signed?.term.id).toBe('second');
  expect(second.acts()).toBe(true);
});

test('the switch restarts while the store is away: its holder signs again, and stays', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first', 'here');
  await pass(world, 2_000);
  const second = new Contender(world, 'second', 'there');
  await pass(world, 2_000);
  world.store = 'away';
  await pass(world, 1_000);
  world.switch = 'away';
  await pass(world, 10_000);
  world.signed = null;
  world.switch = 'there';
  await pass(world, 10_000);
  expect([first.acts(), second.acts()]).toEqual([true, false]);
});

test.for([
  { what: 'the store', cut: ['cutFromStore'] },
  { what: 'the store and the switch', cut: ['cutFromStore', 'cutFromSwitch'] },
] as const)(
  'cut off alone from $what: one elsewhere takes over, and at no moment do both act',
  async ({ cut }) => {
    for (const offsetMs of [0, 100, 200, 300, 399]) {
      const world = new LeaseWorld();
      const first = new Contender(world, 'first');
      await pass(world, 2_000);
      const elsewhere = new Contender(world, 'elsewhere', 'there');
      await pass(world, 2_000 + offsetMs);
      for (const from of cut) world[from].add('first');
      for (let step = 0; step < 300 && !elsewhere.acts(); step += 1) {
        await pass(world, 25);
        expect([first.acts(), elsewhere.acts()]).not.toEqual([true, true]);
      }
      expect([first.acts(), elsewhere.acts()]).toEqual([false, true]);
      world.cutFromStore.clear();
      world.cutFromSwitch.clear();
      for (let step = 0; step < 200; step += 1) {
        await pass(world, 25);
        expect([first.acts(), elsewhere.acts()]).toEqual([false, true]);
      }
    }
  },
);

test('he goes on without the store for as long as nobody else reaches it, and does not without the switch as well', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  await pass(world, 2_000);
  world.cutFromStore.add('first');
  for (let step = 0; step < 200; step += 1) {
    await pass(world, 50);
    expect(first.acts()).toBe(true);
  }
  world.switch = 'away';
  await pass(world, 2_000);
  expect(first.acts()).toBe(false);
  world.switch = 'there';
  await pass(world, 500);
  expect([first.acts(), first.deposed]).toEqual([true, null]);
});

test('a new term signs again at once: who claims the switch in the same moment finds it while his claim stands', async () => {
  const world = new LeaseWorld();
  const first = new Contender(world, 'first');
  for (let step = 0; step < 200 && !first.acts(); step += 1) await pass(world, 25);
  expect(world.signed?.term.id).toBe('first');
  world.signed = { term: { id: 'claims', folder: 'there', name: 'vm:claims', generation: 1 }, count: 0 };
  await pass(world, 150);
  expect(world.signed?.term.id).toBe('first');
});
