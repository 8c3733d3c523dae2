import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { baseSynonyms, sampleKnowledge } from '../../../src/adapters/files/sample-knowledge.ts';
import { secretMint } from '../../../src/adapters/passwords/mint.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';
import { accountBooks } from '../../../src/adapters/pg/accounts.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { lineBooks } from '../../../src/adapters/pg/lines.ts';
import { outboundRulesBooks } from '../../../src/adapters/pg/outbound-rules.ts';
import { sessionBooks } from '../../../src/adapters/pg/sessions.ts';
import { signIn } from '../../../src/app/organisation/sign-in.ts';
import { AGENTS } from '../../../src/app/sample/people.ts';
import { USUAL_EMERGENCY_DESKS } from '../../../src/domain/callbacks/emergency-desks.ts';
import { DEFAULT_OUTBOUND_RULES } from '../../../src/domain/callbacks/outbound-rules.ts';
import { modeAt } from '../../../src/domain/hotlines/mode-at.ts';
import { registerTotals } from '../../../src/domain/hotlines/register-totals.ts';
import { accountsFile, firstStart } from '../../../src/roles/first-start.ts';
import { freshDatabase } from '../../support/services.ts';

const NOW = Date.UTC(2026, 10, 23, 5);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let dataDir: string;
const logged: unknown[] = [];
const log = {
  info: (...entry: unknown[]) => {
    logged.push(entry);
  },
  warn: (...entry: unknown[]) => {
    logged.push(entry);
  },
};
beforeEach(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  dataDir = mkdtempSync(join(tmpdir(), 'first-start-'));
});
afterEach(async () => {
  await db.close();
  rmSync(dataDir, { recursive: true });
  await database.drop();
});
/** Cheap: how long a hash takes is tested elsewhere. */
const hasher = scryptHasher({ N: 1024, r: 8, p: 1 });
const start = (folder = dataDir) =>
  firstStart({ databaseUrl: database.url, dataDir: folder }, { nowMs: NOW, log, hasher });

test('an empty database becomes the sample municipality; a second start leaves it alone', async () => {
  const { seeded, accounts } = await start();
  expect(seeded).toBe(true);
  expect(await start()).toEqual({ seeded: false, accounts: [] });

  expect(JSON.parse(readFileSync(accountsFile(dataDir), 'utf8'))).toEqual(accounts);
  expect(statSync(accountsFile(dataDir)).mode & 0o777).toBe(0o600);
  for (const { password, phone } of accounts) {
    expect(JSON.stringify(logged)).not.toContain(password);
    if (phone !== undefined) expect(JSON.stringify(logged)).not.toContain(phone.secret);
  }

  const deps = {
    accounts: accountBooks(db),
    sessions: sessionBooks(db),
    hasher,
    mint: secretMint,
  };
  for (const { username, password, roles } of accounts) {
    const { account } = await signIn(deps, { username, password }, NOW);
    expect(account.roles).toEqual(roles);
  }
});

test('what call control gets: 31 lines in their modes, a desk for each dedicated line, agents with phones', async () => {
  const { accounts } = await start();
  const { configuration, phones } = await configurationBooks(db).load();
  expect(configuration.municipality).toMatchObject({
    name: '如东县',
    mainNumber: '12345',
    generalQueue: 'general',
  });
  expect(registerTotals(configuration.lines)).toMatchObject({ headline: '1+16+14', lines: 30, units: 27 });

  const inForce = (number: string) => {
    const line = configuration.lines.find((one) => one.number === number);
    return line === undefined ? null : modeAt(line, configuration.municipality.timeZone, NOW);
  };
  expect(inForce('051384110001')).toBe('TRANSITION_ENDED');
  expect(inForce('051384110002')).toBe('TRANSITION_ENDED');
  for (const number of ['051384110003', '12316', '051384110005', '051384110006', '051384110007']) {
    expect(inForce(number)).toBe('TRANSITION');
  }
  for (const line of configuration.lines.filter(({ mode }) => mode === 'DEDICATED')) {
    const seats = configuration.agents.filter(({ queues }) => queues.includes(line.queue));
    expect(seats.map(({ employer }) => employer)).toEqual([line.unitCode]);
    expect(configuration.queues.find(({ code }) => code === line.queue)?.overflowQueue).toBe('general');
  }
  const own = configuration.lines.filter(({ mode }) => mode === 'PARALLEL');
  expect(new Set(own.map(({ unitNumber }) => unitNumber)).size).toBe(14);
  // A unit's own telephone that is itself in the register would send the call round in a circle.
  expect(
    own.filter(({ unitNumber }) => configuration.lines.some(({ number }) => number === unitNumber)),
  ).toEqual([]);

  expect(configuration.agents.map(({ number }) => number)).toEqual(AGENTS.map(({ number }) => number));
  expect(phones.map(({ name, secret }) => ({ name, secret }))).toEqual(
    accounts.flatMap(({ phone }) => (phone === undefined ? [] : [phone])),
  );
});

test('the emergency numbers are protected and none of the protected is a line', async () => {
  await start();
  const books = lineBooks(db);
  const never = (await books.protectedNumbers()).filter(({ rule }) => rule === 'never');
  expect(never.map(({ number }) => number)).toEqual(['110', '119', '120', '122']);
  for (const { number } of await books.protectedNumbers()) expect(await books.byNumber(number)).toBeNull();
});

test('a new user finds three hundred entries that are told and three hundred places, and each says that it is a sample', async () => {
  await start();
  const { rows } = await db.query<Record<string, number>>(
    `select (select count(*)::int from knowledge_entries where origin = 'sample') as entries,
       (select count(*)::int from knowledge_entries where origin <> 'sample') as others,
       (select count(*)::int from knowledge_versions where state = 'published' and valid_from <= $1) as told,
       (select count(*)::int from places where is_sample) as places,
       (select count(*)::int from places where not is_sample) as real`,
    [new Date(NOW)],
  );
  expect(rows[0]).toMatchObject({ others: 0, real: 0 });
  for (const count of ['entries', 'told', 'places'])
    expect(rows[0]?.[count], count).toBeGreaterThanOrEqual(300);
});

test('the search knows what citizens everywhere say, with the sample or without it, and takes out what an operator did', async () => {
  await start();
  const { rows: seeded } = await db.query<{ n: number }>('select count(*)::int as n from search_synonyms');
  const base = baseSynonyms().length - 1;
  expect(seeded[0]?.n).toBeGreaterThan(base);
  const { rows: experts } = await db.query<{ n: number }>('select count(*)::int as n from knowledge_experts');
  expect(experts[0]?.n).toBe(sampleKnowledge().experts.length - 1);
  const { rows: linked } = await db.query<{ n: number }>(
    `select count(*)::int as n from knowledge_versions where basis @> '[{"clause": "网上查询"}]'`,
  );
  expect(linked[0]?.n).toBe(sampleKnowledge().links.length - 1);
  const { rows: verified } = await db.query<{ first: string; last: string }>(
    `select min(verified_on)::text as first, max(verified_on)::text as last from places`,
  );
  expect(verified[0]).toEqual({ first: '2026-08-27', last: '2026-11-23' });
  // As an installation of before has it, whose operator had written one line himself.
  await db.query('delete from search_synonyms');
  await db.query('update search_state set synonym_edition = 0');
  const own = baseSynonyms()[1]?.[0]?.split(';') ?? [];
  await db.query(
    `insert into search_synonyms (id, said, means, changed_at) values (gen_random_uuid(), $1, '{自己的}', now())`,
    [own],
  );
  const known = async () =>
    (await db.query<{ said: string[]; means: string[] }>('select said, means from search_synonyms')).rows;
  await Promise.all([start(), start()]);
  expect(await known()).toHaveLength(base);
  expect((await known()).find(({ said }) => said.join(';') === own.join(';'))?.means).toEqual(['自己的']);
  await db.query('delete from search_synonyms where means = $1', [['自己的']]);
  await start();
  expect(await known()).toHaveLength(base - 1);
});

test('two first starts at once: one sets up, the other finds it set up', async () => {
  const both = await Promise.all([start(), start()]);
  expect(both.map(({ seeded }) => seeded).sort()).toEqual([false, true]);
  const kept = both.find(({ seeded }) => seeded)?.accounts;
  expect(JSON.parse(readFileSync(accountsFile(dataDir), 'utf8'))).toEqual(kept);
});

test('when the accounts cannot be kept, nothing is set up', async () => {
  const inTheWay = join(dataDir, 'a-file');
  writeFileSync(inTheWay, '');
  await expect(start(join(inTheWay, 'data'))).rejects.toThrow(/ENOTDIR/);
  expect(await accountBooks(db).list()).toEqual([]);
  expect((await start()).seeded).toBe(true);
});

test('an agent added while the configuration is read is in it whole or not at all', async () => {
  await start();
  const books = configurationBooks(db);
  const { configuration: before } = await books.load();
  const adding = db.transact(async (tx) => {
    await db.on(tx).query(`insert into queues (code, name) values ('night', '夜班')`);
    await db.on(tx).query(`update lines set queue_code = 'night' where number = '12345'`);
    const version = await books.publish(tx);
    expect(version).toBe(before.version + 1);
  });
  const seen = await Promise.all([adding, ...Array.from({ length: 20 }, () => books.load())]);
  for (const published of seen.slice(1)) {
    if (published === undefined) throw new Error('a load returned nothing');
    const { version, queues, lines } = published.configuration;
    const changed = version > before.version;
    expect(queues.some(({ code }) => code === 'night')).toBe(changed);
    expect(lines.find(({ number }) => number === '12345')?.queue).toBe(changed ? 'night' : 'general');
  }
  expect((await books.load()).configuration.version).toBe(before.version + 1);
});

test('what the environment says of calls out is where the rules begin, and never again what they are', async () => {
  const desk120 = { desk: '120', name: '急救', number: '051384120120' };
  const emergencyDesks = [...USUAL_EMERGENCY_DESKS.slice(0, 2), desk120];
  // Whoever is not named is within reach all the same, at the own number.
  const within = [...emergencyDesks, { desk: '122', name: '交警', number: '122' }];
  const begin = (firstOutbound: { trunk: string | null; emergencyDesks: typeof emergencyDesks | null }) =>
    firstStart({ databaseUrl: database.url, dataDir, firstOutbound }, { nowMs: NOW, log, hasher });
  const books = outboundRulesBooks(db);
  await begin({ trunk: null, emergencyDesks: null });
  expect(await books.read()).toEqual({ revision: 0, rules: DEFAULT_OUTBOUND_RULES });
  await begin({ trunk: 'mobile', emergencyDesks });
  const begun = { ...DEFAULT_OUTBOUND_RULES, trunk: 'mobile', emergencyDesks: within };
  expect(await books.read()).toEqual({ revision: 1, rules: begun });
  logged.length = 0;
  await begin({ trunk: 'mobile', emergencyDesks });
  expect(logged).toEqual([]);
  await begin({ trunk: 'other', emergencyDesks: [...USUAL_EMERGENCY_DESKS] });
  expect(await books.read()).toEqual({ revision: 1, rules: begun });
  // And says so, instead of leaving who set them to wait for an effect.
  expect(logged).toEqual([
    [
      { unused: ['OUTSIDE_TRUNK', 'EMERGENCY_DESKS'], trunk: 'mobile', desks: expect.any(Array) },
      expect.any(String),
    ],
  ]);
  // A release of before had no desks in the rules: those of the environment were its own.
  await db.query(`update outbound_rules set rules = rules - 'emergencyDesks' || '{"trunk": "water"}'`);
  await begin({ trunk: 'mobile', emergencyDesks });
  expect(await books.read()).toEqual({ revision: 2, rules: { ...begun, trunk: 'water' } });
});
