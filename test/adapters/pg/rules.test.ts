import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { promptShelves } from '../../../src/adapters/audio/prompt-shelves.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';
import { accountBooks } from '../../../src/adapters/pg/accounts.ts';
import { agentBooks } from '../../../src/adapters/pg/agents.ts';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { listenForConfigurations } from '../../../src/adapters/pg/configuration-notices.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { lineBooks } from '../../../src/adapters/pg/lines.ts';
import { promptBooks } from '../../../src/adapters/pg/prompts.ts';
import { ruleBooks } from '../../../src/adapters/pg/rule-books.ts';
import { unitBooks } from '../../../src/adapters/pg/units.ts';
import { approveRules } from '../../../src/app/rules/approve-rules.ts';
import { draftRules } from '../../../src/app/rules/draft-rules.ts';
import { editRules } from '../../../src/app/rules/edit-draft.ts';
import { publishRules } from '../../../src/app/rules/publish-rules.ts';
import { carryOutDueRules } from '../../../src/app/rules/revert-due-rules.ts';
import { rollBackRules } from '../../../src/app/rules/roll-back-rules.ts';
import type { RuleActor, RuleDeps } from '../../../src/app/rules/rule-change.ts';
import type { RuleEdit } from '../../../src/app/rules/rule-edit.ts';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { firstStart } from '../../../src/roles/first-start.ts';
import { freshDatabase } from '../../support/services.ts';

const HOUR = 3_600_000;
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let folder: string;
let deps: RuleDeps & { log: typeof log };
let now: number;
let actor: RuleActor;
beforeEach(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
  now = Date.UTC(2026, 10, 23, 5);
  const hasher = scryptHasher({ N: 1024, r: 8, p: 1 });
  await firstStart({ databaseUrl: database.url, dataDir: folder }, { nowMs: now, log, hasher });
  const operator = await accountBooks(db).byUsername('operator');
  if (operator === null) throw new Error('the sample has an operator');
  actor = {
    accountId: operator.account.id,
    roles: ['operator'],
    trace: { address: '10.0.0.1', requestId: 'r' },
  };
  deps = {
    database: db,
    rules: ruleBooks(db),
    lines: lineBooks(db),
    agents: agentBooks(db),
    units: unitBooks(db),
    configuration: configurationBooks(db),
    prompts: promptBooks(db),
    voice: promptShelves(folder, inject('tools')),
    calendar: calendarBooks(db),
    now: () => now,
    newId: randomUUID,
    log,
  };
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
  await database.drop();
});

async function drafted(edit: RuleEdit): Promise<string> {
  const { id } = await draftRules(deps)({ id: randomUUID(), title: '测试', actor });
  await editRules(deps)({ ref: id, revision: 1, edit, actor });
  return id;
}
async function published(edit: RuleEdit, when: { effectiveAt?: number; revertAt?: number } = {}) {
  return publishRules(deps)({ ref: await drafted(edit), reason: '测试', actor, ...when });
}
const nameOf = async (number: string): Promise<string | undefined> =>
  (await configurationBooks(db).load()).configuration.lines.find((line) => line.number === number)?.name;
const rename = (number: string, name: string): RuleEdit => ({ lines: [{ number, name }] });

test('the first start publishes version 1, and it says what the tables say', async () => {
  const first = await deps.rules.published();
  expect(first).toMatchObject({ number: 1, origin: 'founding', state: 'published', authorId: 'system' });
  expect(first?.rules).toEqual(await db.transact((tx) => deps.rules.tables(tx)));
  expect(first?.rules.lines).toHaveLength(31);
});

test('publishing and rolling back leave the tables exactly as they were, agents of a desk included', async () => {
  const before = await configurationBooks(db).load();
  const tables = await db.transact((tx) => deps.rules.tables(tx));
  // Its only desk goes, and with it the agent's only queue.
  const gone = await published({
    removeQueues: ['desk-water'],
    lines: [{ number: '051384120002', mode: 'FORWARD', queue: 'general' }],
  });
  expect(gone.state).toBe('awaitingSecond');
  await db.query(
    `insert into accounts (id, username, display_name, password_hash, roles) values ($1, 'second', '复核员', '', '{operator}')`,
    ['00000000-0000-4000-8000-000000000002'],
  );
  const second: RuleActor = { ...actor, accountId: '00000000-0000-4000-8000-000000000002' };
  expect((await approveRules(deps)({ ref: gone.id, reason: '同意', actor: second })).state).toBe('published');
  const { configuration } = await configurationBooks(db).load();
  expect(configuration.queues.map(({ code }) => code)).not.toContain('desk-water');
  expect(configuration.agents.find(({ number }) => number === '1008')?.queues).toEqual([]);

  await rollBackRules(deps)({ id: randomUUID(), to: null, reason: '恢复', actor });
  expect(await db.transact((tx) => deps.rules.tables(tx))).toEqual(tables);
  const { configuration: after } = await configurationBooks(db).load();
  const { version: _, publishedAt: __, ...same } = before.configuration;
  expect(after).toMatchObject(same);
});

test('a menu is published with the line that hears it, and both are what call control loads', async () => {
  const menu = classicMenu({ general: 'general' });
  const edit: RuleEdit = { menus: [menu], lines: [{ number: '12315', menu: menu.code }] };
  expect((await published(edit)).state).toBe('published');
  const { configuration } = await configurationBooks(db).load();
  expect(configuration.menus).toEqual([menu]);
  expect(configuration.lines.find(({ number }) => number === '12315')?.menu).toBe(menu.code);
  await rollBackRules(deps)({ id: randomUUID(), to: null, reason: '恢复', actor });
  expect((await configurationBooks(db).load()).configuration.menus).toEqual([]);
});

test('words that cannot be said are not published, unless somebody recorded them; a rollback waits for no voice', async () => {
  const mute = promptShelves(folder, { ...inject('tools'), espeak: { path: '/nowhere/espeak-ng', env: {} } });
  const menu = { ...straightToAPerson('general'), texts: { 'own-words': '您好。' } };
  const edit: RuleEdit = {
    menus: [menu],
    lines: [{ number: '12315', menu: menu.code, greeting: 'own-words' }],
  };
  deps = { ...deps, voice: mute };
  await expect(published(edit)).rejects.toMatchObject({
    code: 'rules.wordsUnspoken',
    data: { prompts: [expect.stringMatching(/^own-words（zh-CN）：.*ENOENT/)] },
  });
  expect((await configurationBooks(db).load()).configuration.menus).toEqual([]);
  deps = { ...deps, voice: { ...mute, byHand: async () => new Map([['own-words', 900]]) } };
  expect((await published(edit)).state).toBe('published');
  await published(rename('12315', '改名'));
  deps = { ...deps, voice: mute };
  const back = await rollBackRules(deps)({ id: randomUUID(), to: null, reason: '恢复', actor });
  expect(back).toMatchObject({ state: 'published', origin: 'rollback' });
});

test('what is to go out while the voice is away is tried again, and goes out when it is back', async () => {
  const menu = { ...straightToAPerson('general'), texts: { 'own-words': '您好。' } };
  const edit: RuleEdit = {
    menus: [menu],
    lines: [{ number: '12315', menu: menu.code, greeting: 'own-words' }],
  };
  const late = await published(edit, { effectiveAt: now + HOUR });
  now += HOUR;
  const mute = promptShelves(folder, { ...inject('tools'), espeak: { path: '/nowhere/espeak-ng', env: {} } });
  expect(await carryOutDueRules({ ...deps, voice: mute })()).toMatchObject({ published: 0, held: 1 });
  expect(await deps.rules.summary(late.id)).toMatchObject({
    heldBecause: expect.stringMatching(/rules\.wordsUnspoken.*own-words/),
    retryAt: now + 5_000,
  });
  now += 5_000;
  expect(await carryOutDueRules(deps)()).toMatchObject({ published: 1, held: 0 });
});

test('a version of an earlier release is read whole, superseded without being rewritten, and rolled back to', async () => {
  const [first] = (await db.query<{ id: string }>('select id from rule_versions')).rows;
  await db.query('alter table rule_versions disable trigger published_rules_stand');
  await db.query(`update rule_versions set rules = jsonb_set(rules - 'menus', '{lines}',
    (select jsonb_agg(line - 'menu') from jsonb_array_elements(rules->'lines') as line))`);
  await db.query('alter table rule_versions enable trigger published_rules_stand');
  const stored = (await db.query('select rules from rule_versions where id = $1', [first?.id])).rows;
  await published(rename('12315', '改名'));
  expect((await db.query('select rules from rule_versions where id = $1', [first?.id])).rows).toEqual(stored);
  await rollBackRules(deps)({ id: randomUUID(), to: '1', reason: '恢复', actor });
  expect(await deps.rules.published()).toMatchObject({ rules: { menus: [] } });
});

test('recorded calls carry the keys that were pressed in their menu, a ticket’s digits left out', async () => {
  const [quiet, keyed] = [randomUUID(), randomUUID()];
  await db.query(
    `insert into calls (id, arrived_at, trunk, dialled, caller_number)
     values ($1, $3, 'carrier', '12345', ''), ($2, $3, 'carrier', '12345', '')`,
    [quiet, keyed, new Date(now)],
  );
  const facts: readonly [string, object][] = [
    ['menuEntered', { menu: 'classic-menu', node: 'start' }],
    ['menuChoice', { menu: 'classic-menu', node: 'start', digits: '', outcome: 'nothing' }],
    ['menuChoice', { menu: 'classic-menu', node: 'start', digits: '7', outcome: 'invalid' }],
    ['menuChoice', { menu: 'classic-menu', node: 'start', digits: '5', outcome: 'complete' }],
    ['menuChoice', { menu: 'classic-menu', node: 'start', digits: '****', outcome: 'complete' }],
  ];
  for (const [seq, [type, body]] of facts.entries()) {
    await db.query(
      'insert into call_facts (id, call_id, seq, at, type, body) values ($1, $2, $3, $4, $5, $6)',
      [randomUUID(), keyed, seq, new Date(now), type, body],
    );
  }
  const calls = await deps.rules.recordedCalls(now - 1, now + 1, 10);
  expect(new Map(calls.map(({ id, menu }) => [id, menu]))).toEqual(
    new Map([
      [quiet, null],
      [keyed, { code: 'classic-menu', keys: '75' }],
    ]),
  );
});

test('a published version never changes, and history is only ever added to', async () => {
  await expect(db.query(`update rule_versions set rules = '{}' where number = 1`)).rejects.toThrow(
    /never changes/,
  );
  await expect(db.query('delete from rule_events')).rejects.toThrow(/append-only/);
});

test('a scheduled version goes out at its time and a temporary one is undone at its end, each once', async () => {
  const plain = await nameOf('12319');
  const version = await published(rename('12319', '抢险热线'), {
    effectiveAt: now + HOUR,
    revertAt: now + 3 * HOUR,
  });
  expect(version.state).toBe('scheduled');
  const workers = [carryOutDueRules(deps), carryOutDueRules(deps), carryOutDueRules(deps)];
  const tick = async () => {
    const did = await Promise.all(workers.map((work) => work()));
    return did.reduce((sum, one) => sum + one.published + one.ended, 0);
  };
  expect(await tick()).toBe(0);
  now += HOUR;
  expect(await tick()).toBe(1);
  expect(await nameOf('12319')).toBe('抢险热线');
  // Somebody else's change in between stays.
  await published(rename('12318', '文化热线'));
  now += 2 * HOUR;
  expect(await tick()).toBe(1);
  expect(await nameOf('12319')).toBe(plain);
  expect(await nameOf('12318')).toBe('文化热线');
  expect(await tick()).toBe(0);
  const events = await deps.rules.events(version.id);
  expect(events.map(({ move, actorId }) => [move, actorId === 'system'])).toEqual([
    ['begin', false],
    ['edit', false],
    ['validate', false],
    ['schedule', false],
    ['publish', true],
    ['supersede', false],
    ['revert', true],
  ]);
});

test('what cannot go out at its time is held with the reason, and holds up no other', async () => {
  const late = await published(rename('12319', '甲'), { effectiveAt: now + HOUR });
  await published(rename('12318', '乙'));
  now += HOUR;
  const work = carryOutDueRules(deps);
  expect(await work()).toEqual({ published: 0, ended: 0, held: 1 });
  expect(await work()).toEqual({ published: 0, ended: 0, held: 0 });
  expect((await deps.rules.summary(late.id))?.heldBecause).toContain('version.baseMoved');
  expect(await nameOf('12319')).not.toBe('甲');
});

test('what fails for the database’s sake is held up no longer than that: tried again, and seen to be', async () => {
  const late = await published(rename('12319', '甲'), { effectiveAt: now + HOUR });
  now += HOUR;
  let broken = true;
  const publish: RuleDeps['configuration']['publish'] = (tx) =>
    broken ? Promise.reject(new Error('deadlock detected')) : deps.configuration.publish(tx);
  const work = carryOutDueRules({ ...deps, configuration: { publish } });
  expect(await work()).toEqual({ published: 0, ended: 0, held: 1 });
  expect(await deps.rules.summary(late.id)).toMatchObject({
    state: 'scheduled',
    heldBecause: expect.stringContaining('deadlock detected'),
    retryAt: now + 5_000,
  });
  expect(await work()).toEqual({ published: 0, ended: 0, held: 0 });
  now += 5_000;
  expect(await work()).toEqual({ published: 0, ended: 0, held: 1 });
  expect((await deps.rules.summary(late.id))?.retryAt).toBe(now + 10_000);
  broken = false;
  now += 10_000;
  expect(await work()).toEqual({ published: 1, ended: 0, held: 0 });
  expect(await nameOf('12319')).toBe('甲');
  expect(await deps.rules.summary(late.id)).toMatchObject({ heldBecause: null, retryAt: null });
});

test('going back to what was built upon a temporary change that has ended does not bring that back', async () => {
  const plain = await nameOf('12319');
  await published(rename('12319', '抢险热线'), { revertAt: now + HOUR });
  const built = await published(rename('12318', '文化热线'));
  now += HOUR;
  expect(await carryOutDueRules(deps)()).toMatchObject({ ended: 1 });
  await published(rename('12318', '旅游热线'));
  await rollBackRules(deps)({ id: randomUUID(), to: String(built.number), reason: '恢复', actor });
  expect(await nameOf('12318')).toBe('文化热线');
  expect(await nameOf('12319')).toBe(plain);
});

test('a publication that fails half way leaves nothing behind', async () => {
  const ref = await drafted(rename('12319', '甲'));
  const failing: RuleDeps = {
    ...deps,
    configuration: { publish: () => Promise.reject(new Error('the disk is full')) },
  };
  await expect(publishRules(failing)({ ref, reason: '测试', actor })).rejects.toThrow('the disk is full');
  expect((await deps.rules.byId(ref))?.state).toBe('draft');
  expect((await deps.rules.published())?.number).toBe(1);
  expect(await nameOf('12319')).not.toBe('甲');
});

test('two publications at once: the second is told that its base moved', async () => {
  const refs = [await drafted(rename('12319', '甲')), await drafted(rename('12319', '乙'))];
  const both = await Promise.allSettled(
    refs.map((ref) => publishRules(deps)({ ref, reason: '测试', actor })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'version.baseMoved' },
  });
});

test('the word of a publication comes with its commit, never without, and again after the connection was lost', async () => {
  let heard = 0;
  const listener = listenForConfigurations(
    database.url,
    () => {
      heard += 1;
    },
    log,
  );
  try {
    await expect.poll(() => heard).toBe(1);
    await published(rename('12319', '甲'));
    await expect.poll(() => heard).toBe(2);
    await expect(
      db.transact(async (tx) => {
        await configurationBooks(db).publish(tx);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'yihaotong configuration notices' and datname = current_database()`,
    );
    // It listens anew, and asks for what it may have missed.
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(3);
    await published(rename('12319', '乙'));
    await expect.poll(() => heard).toBe(4);
  } finally {
    await listener.stop();
  }
});

test('ten thousand numbers are published and read again', async () => {
  const lines = Array.from({ length: 10_000 }, (_, n) => ({
    number: `05138${String(5_000_000 + n)}`,
    name: `号码 ${n}`,
    unitCode: 'transport',
    mode: 'FORWARD' as const,
    basis: '测试',
  }));
  const version = await published({ lines });
  expect(version.state).toBe('published');
  const { configuration } = await configurationBooks(db).load();
  expect(configuration.lines).toHaveLength(10_031);
}, 60_000);
