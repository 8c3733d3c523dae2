import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretMint } from '../../../src/adapters/passwords/mint.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';
import { accountBooks } from '../../../src/adapters/pg/accounts.ts';
import { agentBooks } from '../../../src/adapters/pg/agents.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { employerBooks } from '../../../src/adapters/pg/employers.ts';
import { sessionBooks } from '../../../src/adapters/pg/sessions.ts';
import { unitBooks } from '../../../src/adapters/pg/units.ts';
import { authenticate } from '../../../src/app/organisation/authenticate.ts';
import { changePassword } from '../../../src/app/organisation/change-password.ts';
import { createAccount, type NewAccount } from '../../../src/app/organisation/create-account.ts';
import { createAgent, type NewAgent } from '../../../src/app/organisation/create-agent.ts';
import { SeenSessions } from '../../../src/app/organisation/seen-sessions.ts';
import { SESSION_IDLE_MS, signIn } from '../../../src/app/organisation/sign-in.ts';
import { signOut } from '../../../src/app/organisation/sign-out.ts';
import { freshDatabase } from '../../support/services.ts';

const T0 = Date.UTC(2026, 10, 23);
const MINUTE = 60_000;
/** Cheap: these tests are about who gets in, not about how long a hash takes. */
const COST = { N: 1024, r: 8, p: 1 };
const PASSWORD = 'a fine morning 7';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let deps: ReturnType<typeof wire>;

function wire(on: PgDatabase) {
  return {
    database: on,
    accounts: accountBooks(on),
    agents: agentBooks(on),
    units: unitBooks(on),
    employers: employerBooks(on),
    sessions: sessionBooks(on),
    configuration: configurationBooks(on),
    hasher: scryptHasher(COST),
    mint: secretMint,
    newId: randomUUID,
  };
}

beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  deps = wire(db);
  await db.query(`insert into units (code, name, kind) values ('water', '县自来水公司', 'public-utility')`);
  await db.query(`insert into queues (code, name) values ('general', '综合座席')`);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const person = (username: string, more: Partial<NewAccount> = {}): NewAccount => ({
  username,
  displayName: '张三',
  password: PASSWORD,
  roles: ['operator'],
  ...more,
});
const agent = (username: string, more: Partial<NewAgent> = {}): NewAgent => ({
  username,
  displayName: '李四',
  password: PASSWORD,
  employer: 'platform',
  queues: ['general'],
  phoneKind: 'browser',
  ...more,
});
const refused = (code: string) => expect.objectContaining({ code });

test('an account is made once; its name does not depend on capitals', async () => {
  const account = await createAccount(deps, person(' Wang.Wu ', { roles: ['operator', 'operator', 'lead'] }));
  expect(account).toMatchObject({ username: 'wang.wu', roles: ['operator', 'lead'], disabled: false });
  expect(await deps.accounts.byId(account.id)).toEqual(account);
  await expect(createAccount(deps, person('wang.wu'))).rejects.toEqual(refused('account.usernameTaken'));
});

test.each<[string, Partial<NewAccount>]>([
  ['account.usernameInvalid', { username: '王五' }],
  ['account.displayNameMissing', { displayName: ' ' }],
  ['account.passwordWeak', { password: 'short' }],
  ['account.passwordWeak', { password: 'aaaaaaaaaaaaaa' }],
  ['account.passwordWeak', { password: '12345.Refused.1' }],
  ['account.roleUnknown', { roles: [] }],
  ['account.agentNeedsPhone', { roles: ['agent'] }],
  ['account.unitMissing', { roles: ['unit'] }],
  ['account.unitUnknown', { roles: ['unit'], unitCode: 'nowhere' }],
])('%s: %j', async (code, wrong) => {
  await expect(createAccount(deps, person('refused', wrong))).rejects.toEqual(refused(code));
  expect(await deps.accounts.byUsername('refused')).toBeNull();
});

test('ten agents made at once get ten work numbers, phones of their own, and ten configuration versions', async () => {
  const before = await db.query<{ version: string }>('select version from published_configuration');
  const made = await Promise.all(Array.from({ length: 10 }, (_, i) => createAgent(deps, agent(`crowd${i}`))));
  const numbers = made.map((one) => one.agent.number).sort();
  expect(numbers).toEqual(Array.from({ length: 10 }, (_, i) => String(1001 + i)));
  expect(new Set(made.map((one) => one.phoneSecret)).size).toBe(10);
  const [first] = made;
  if (first === undefined) throw new Error('nobody was made');
  expect(first.agent.phone.name).toBe(`agent-${first.agent.number}`);
  expect(await deps.agents.byAccount(first.account.id)).toEqual(first.agent);
  expect(await deps.agents.phoneOf(first.account.id)).toEqual({
    name: first.agent.phone.name,
    secret: first.phoneSecret,
  });
  const after = await db.query<{ version: string }>('select version from published_configuration');
  expect(Number(after.rows[0]?.version) - Number(before.rows[0]?.version)).toBe(10);
});

test.each<[string, Partial<NewAgent>]>([
  ['agent.numberInvalid', { number: '12' }],
  ['agent.queueMissing', { queues: [] }],
  ['agent.queueUnknown', { queues: ['general', 'nowhere'] }],
  ['agent.employerUnknown', { employer: 'nowhere' }],
])('%s leaves no half-made agent', async (code, wrong) => {
  await expect(createAgent(deps, agent('half', wrong))).rejects.toEqual(refused(code));
  expect(await deps.accounts.byUsername('half')).toBeNull();
});

test('a work number that is taken is refused by name', async () => {
  await createAgent(deps, agent('seated', { number: '8001', employer: 'water' }));
  await expect(createAgent(deps, agent('second', { number: '8001' }))).rejects.toMatchObject({
    code: 'agent.numberTaken',
    data: { number: '8001' },
  });
});

test('a session holds while it is used, ends 12 hours after the last use, and is nowhere in clear', async () => {
  await createAccount(deps, person('session'));
  const { token, account } = await signIn(deps, { username: 'Session', password: PASSWORD }, T0);
  const { rows } = await db.query<{ hash: string }>(
    `select encode(token_hash, 'escape') as hash from sessions where account_id = $1`,
    [account.id],
  );
  expect(rows.length).toBe(1);
  expect(JSON.stringify(rows)).not.toContain(token);

  const later = T0 + SESSION_IDLE_MS - MINUTE;
  expect(await authenticate(deps, token, later)).toMatchObject({
    account,
    expiresAtMs: later + SESSION_IDLE_MS,
  });
  expect(await authenticate(deps, token, later + SESSION_IDLE_MS - 1)).not.toBeNull();
  expect(await authenticate(deps, token, later + 2 * SESSION_IDLE_MS)).toBeNull();
  expect(await authenticate(deps, `${token}x`, T0)).toBeNull();

  const again = await signIn(deps, { username: 'session', password: PASSWORD }, T0);
  const whose = await authenticate(deps, again.token, T0);
  if (whose === null) throw new Error('nobody signed in');
  const out = { sessions: new SeenSessions(deps.sessions), publisher: { publish: async () => undefined } };
  await signOut(out, whose, T0);
  await signOut(out, whose, T0);
  expect(await authenticate(deps, again.token, T0)).toBeNull();
});

test('wrong password, unknown name: one answer; a disabled account is told so only with the right password', async () => {
  const { id } = await createAccount(deps, person('leaver'));
  const { token } = await signIn(deps, { username: 'leaver', password: PASSWORD }, T0);
  const wrong = { username: 'leaver', password: 'not this one' };
  await expect(signIn(deps, wrong, T0)).rejects.toEqual(refused('account.credentialsWrong'));
  const unknown = signIn(deps, { username: "x' or 1=1 --", password: PASSWORD }, T0);
  await expect(unknown).rejects.toEqual(refused('account.credentialsWrong'));
  await db.query('update accounts set disabled_at = now() where id = $1', [id]);
  await expect(signIn(deps, { username: 'leaver', password: PASSWORD }, T0)).rejects.toEqual(
    refused('account.disabled'),
  );
  await expect(signIn(deps, wrong, T0)).rejects.toEqual(refused('account.credentialsWrong'));
  expect(await authenticate(deps, token, T0)).toBeNull();
});

test('a new password signs out every other session', async () => {
  await createAccount(deps, person('changer'));
  const here = await signIn(deps, { username: 'changer', password: PASSWORD }, T0);
  const elsewhere = await signIn(deps, { username: 'changer', password: PASSWORD }, T0);
  const change = (presentPassword: string, newPassword: string) =>
    changePassword(deps, {
      username: 'changer',
      presentPassword,
      newPassword,
      tokenHash: secretMint.hashToken(here.token),
    });
  await expect(change('not this one', 'another fine day')).rejects.toEqual(
    refused('account.credentialsWrong'),
  );
  await expect(change(PASSWORD, PASSWORD)).rejects.toEqual(refused('account.passwordSame'));
  await expect(change(PASSWORD, 'short')).rejects.toEqual(refused('account.passwordWeak'));
  await change(PASSWORD, 'another fine day');
  expect(await authenticate(deps, here.token, T0)).not.toBeNull();
  expect(await authenticate(deps, elsewhere.token, T0)).toBeNull();
  await expect(signIn(deps, { username: 'changer', password: PASSWORD }, T0)).rejects.toEqual(
    refused('account.credentialsWrong'),
  );
});

test('when the hash’s parameters grow, the next sign-in hashes again', async () => {
  await createAccount(deps, person('veteran'));
  const grown = { ...deps, hasher: scryptHasher({ ...COST, p: 2 }) };
  await signIn(grown, { username: 'veteran', password: PASSWORD }, T0);
  expect((await deps.accounts.byUsername('veteran'))?.passwordHash).toMatch(/^scrypt\$1024\$8\$2\$/);
  await signIn(grown, { username: 'veteran', password: PASSWORD }, T0);
});
