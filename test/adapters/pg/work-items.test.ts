import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { promptShelves } from '../../../src/adapters/audio/prompt-shelves.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';
import { accountBooks } from '../../../src/adapters/pg/accounts.ts';
import { agentBooks } from '../../../src/adapters/pg/agents.ts';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { lineBooks } from '../../../src/adapters/pg/lines.ts';
import { promptBooks } from '../../../src/adapters/pg/prompts.ts';
import { ruleBooks } from '../../../src/adapters/pg/rule-books.ts';
import { unitBooks } from '../../../src/adapters/pg/units.ts';
import { workItemBooks } from '../../../src/adapters/pg/work-items.ts';
import type { WorkNotice } from '../../../src/app/live/notices.ts';
import type { WorkItemBook } from '../../../src/app/ports/work-items.ts';
import { approveRules } from '../../../src/app/rules/approve-rules.ts';
import { closeWorkItem } from '../../../src/app/rules/close-work-item.ts';
import { draftRules } from '../../../src/app/rules/draft-rules.ts';
import { editRules } from '../../../src/app/rules/edit-draft.ts';
import { keepTransitionTasks } from '../../../src/app/rules/keep-transition-tasks.ts';
import { publishRules } from '../../../src/app/rules/publish-rules.ts';
import { rollBackRules } from '../../../src/app/rules/roll-back-rules.ts';
import type { RuleActor, RuleDeps } from '../../../src/app/rules/rule-change.ts';
import { firstStart } from '../../../src/roles/first-start.ts';
import { freshDatabase } from '../../support/services.ts';

// Two of the sample's transitions ended with 2020-07-28; a new one is published, rolled back, and lived through.

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const at = (day: string): number => Date.parse(`${day}T09:00:00+08:00`);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let folder: string;
let deps: RuleDeps & { readonly work: WorkItemBook };
let now = at('2026-11-23');
let actor: RuleActor;
let second: RuleActor;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  folder = mkdtempSync(join(tmpdir(), 'tasks-'));
  const hasher = scryptHasher({ N: 1024, r: 8, p: 1 });
  await firstStart({ databaseUrl: database.url, dataDir: folder }, { nowMs: now, log, hasher });
  const operator = await accountBooks(db).byUsername('operator');
  if (operator === null) throw new Error('the sample has an operator');
  const trace = { address: '10.0.0.1', requestId: 'r' };
  actor = { accountId: operator.account.id, roles: ['operator'], trace };
  const other = await accountBooks(db).byUsername('operator2');
  if (other === null) throw new Error('the sample has two operators');
  second = { accountId: other.account.id, roles: ['operator'], trace };
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
    work: workItemBooks(db),
    now: () => now,
    newId: randomUUID,
  };
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
  await database.drop();
});

const keep = () => keepTransitionTasks(deps)();
const items = async (number: string) =>
  (await deps.work.list({ number }, { limit: 50 })).items.map(
    ({ daysBefore, state }) => `T-${daysBefore} ${state}`,
  );
const told = async (): Promise<WorkNotice[]> => {
  const { rows } = await db.query<{ body: WorkNotice }>(
    `delete from outbox where topic in ('workItemOpened', 'workItemWithdrawn') returning id, body`,
  );
  return rows.map(({ body }) => body);
};
async function publish(line: { number: string } & Record<string, string>): Promise<void> {
  const { id } = await draftRules(deps)({ id: randomUUID(), title: '归并', actor });
  const edit = {
    lines: [{ name: '心理援助', unitCode: 'health', mode: 'TRANSITION' as const, basis: '函', ...line }],
  };
  await editRules(deps)({ ref: id, revision: 1, edit, actor });
  const { state } = await publishRules(deps)({ ref: id, reason: '卫健委来函', actor });
  // A first day in the past is somebody else's to approve.
  if (state === 'awaitingSecond') await approveRules(deps)({ ref: id, reason: '同意', actor: second });
}

test('transitions that ended long ago leave one task each, once, also with many workers', async () => {
  const kept = await Promise.all([keep(), keep(), keep()]);
  expect(kept.reduce((sum, { opened }) => sum + opened, 0)).toBe(2);
  expect(await keep()).toEqual({ opened: 0, reopened: 0, withdrawn: 0 });
  const { items: all } = await deps.work.list({}, { limit: 50 });
  expect(new Set(all.map(({ kind, dueDay }) => `${kind} ${dueDay}`))).toEqual(
    new Set(['transitionEnd 2020-07-29']),
  );
  expect((await told()).map(({ kind }) => kind)).toEqual(Array.from({ length: 2 }, () => 'workItemOpened'));
});

test('a transition published, rolled back and published again: its tasks go and come with it', async () => {
  await publish({ number: '12356', validFrom: '2026-09-01', validTo: '2026-12-01' });
  expect((await keep()).opened).toBe(2);
  expect(await items('12356')).toEqual(['T-30 open', 'T-14 open']);
  await told();
  await rollBackRules(deps)({ id: randomUUID(), reason: '暂缓', to: null, actor });
  expect(await keep()).toEqual({ opened: 0, reopened: 0, withdrawn: 2 });
  expect(await items('12356')).toEqual(['T-30 withdrawn', 'T-14 withdrawn']);
  const [{ closed } = { closed: null }] = (await deps.work.list({ number: '12356' }, { limit: 1 })).items;
  expect(closed).toMatchObject({ by: null, reason: expect.stringContaining('现行规则中已没有') });
  expect((await told()).map(({ kind }) => kind)).toEqual(['workItemWithdrawn', 'workItemWithdrawn']);
  await publish({ number: '12356', validFrom: '2026-09-01', validTo: '2026-12-01' });
  expect(await keep()).toEqual({ opened: 0, reopened: 2, withdrawn: 0 });
});

test('a person closes one with a reason; closed is closed', async () => {
  const [item] = (await deps.work.list({ number: '12356' }, { limit: 1 })).items;
  const close = closeWorkItem(deps);
  const input = { id: item?.id ?? '', how: 'finish', by: actor.accountId, reason: '已函告卫健委' } as const;
  expect(await close(input)).toMatchObject({ state: 'done', closed: { reason: '已函告卫健委' } });
  await expect(close(input)).rejects.toMatchObject({ code: 'workItem.notOpen', data: { state: 'done' } });
  await expect(close({ ...input, id: randomUUID() })).rejects.toMatchObject({ code: 'workItem.unknown' });
  expect(await keep()).toEqual({ opened: 0, reopened: 0, withdrawn: 0 });
  const { rows } = await db.query<{ path: string }>(
    `select string_agg(to_state, ' ' order by seq) as path from work_item_events where item_id = $1`,
    [item?.id],
  );
  expect(rows[0]?.path).toBe('open withdrawn open done');
});

test('a worker that was away from T-10 to the end: the missed warnings are not doubled, the end is there', async () => {
  now = at('2026-12-03');
  expect(await keep()).toEqual({ opened: 1, reopened: 0, withdrawn: 1 });
  expect(await items('12356')).toEqual(['T-30 done', 'T-14 withdrawn', 'T-0 open']);
});

test('pages join, filters hold', async () => {
  const seen: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await deps.work.list(
      { state: 'open' },
      { limit: 2, ...(after === undefined ? {} : { after }) },
    );
    seen.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
    more = page.next !== null;
  }
  expect(new Set(seen).size).toBe(3);
  expect(seen).toHaveLength(3);
  expect(
    (await deps.work.list({ unitCode: 'health', kind: 'transitionWarning' }, { limit: 9 })).items,
  ).toHaveLength(2);
  await expect(deps.work.list({}, { limit: 1, after: 'x' })).rejects.toMatchObject({ code: 'page.invalid' });
});
