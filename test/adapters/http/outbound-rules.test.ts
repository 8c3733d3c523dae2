import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditTrail } from '../../../src/adapters/pg/audit.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { DEFAULT_OUTBOUND_RULES } from '../../../src/domain/callbacks/outbound-rules.ts';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const PATH = '/v1/outbound-rules';
const change = (body: object, who = counter.people.operator) =>
  counter.ask(who, 'PUT', PATH, { reason: '节后调整', ...body });

test('the rules of calling out are the usual ones until an operator changes them; call control then has them', async () => {
  const { operator, agent } = counter.people;
  expect((await counter.ask(operator, 'GET', PATH)).body).toEqual({ revision: 0, ...DEFAULT_OUTBOUND_RULES });
  expect((await counter.ask(agent, 'GET', PATH)).status).toBe(403);
  expect((await change({ revision: 0, ...DEFAULT_OUTBOUND_RULES }, counter.people.lead)).status).toBe(403);
  const { rows } = await counter.db.query<{ number: string }>(
    "select number from lines where number <> '12345'",
  );
  const own = rows[0]?.number ?? '12345';
  const wanted = {
    ...DEFAULT_OUTBOUND_RULES,
    perHour: 5,
    callerIds: { ...DEFAULT_OUTBOUND_RULES.callerIds, returnVisit: own },
  };
  expect((await change({ revision: 0, ...wanted })).body).toEqual({ revision: 1, ...wanted });
  expect((await configurationBooks(counter.db).load()).outboundRules).toEqual(wanted);
  expect((await change({ revision: 0, ...wanted })).body.code).toBe('outboundRules.changedMeanwhile');
  expect((await change({ revision: 1, ...wanted, perHour: 6 })).body).toMatchObject({
    revision: 2,
    perHour: 6,
  });
});

test('E12: a number that is not in the register is shown to nobody, and a trunk that is none is refused', async () => {
  const callerIds = { ...DEFAULT_OUTBOUND_RULES.callerIds, ticket: '110' };
  const refused = await change({ revision: 2, ...DEFAULT_OUTBOUND_RULES, callerIds, trunk: 'nowhere' });
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'outboundRules.invalid',
      data: {
        faults: [
          { at: 'trunk', fault: 'unknownTrunk' },
          { at: 'callerIds.ticket', fault: 'notRegistered' },
        ],
      },
    },
  });
  expect((await change({ revision: 2, ...DEFAULT_OUTBOUND_RULES, ringTimeoutMs: 1 })).status).toBe(400);
});

test('emergency desks are changed there too, with a reason on record; police, fire, ambulance and traffic police stay within reach', async () => {
  const direct = { desk: '120', name: '急救', number: '051384120120' };
  const [police, fire, , traffic] = DEFAULT_OUTBOUND_RULES.emergencyDesks;
  const { revision, ...rules } = (await counter.ask(counter.people.operator, 'GET', PATH)).body;
  const wrong = [police, fire, police, { desk: '114', name: '查号', number: '12345' }];
  expect(await change({ revision, ...rules, emergencyDesks: wrong })).toMatchObject({
    status: 422,
    body: {
      data: {
        faults: [
          { at: 'emergencyDesks.2.desk', fault: 'deskTwice' },
          { at: 'emergencyDesks.3.number', fault: 'ownNumber' },
          { at: 'emergencyDesks.120', fault: 'deskMissing' },
          { at: 'emergencyDesks.122', fault: 'deskMissing' },
        ],
      },
    },
  });
  const emergencyDesks = [police, fire, direct, traffic];
  expect((await change({ revision, ...rules, emergencyDesks })).status).toBe(200);
  expect((await configurationBooks(counter.db).load()).outboundRules?.emergencyDesks).toEqual(emergencyDesks);
  const { emergency } = (await counter.ask(counter.people.agent, 'GET', '/v1/directory')).body;
  expect(emergency).toEqual(emergencyDesks);
  const [entry] = await auditTrail(counter.db).ofSubject('settings', 'outbound');
  expect(entry).toMatchObject({ action: 'outboundRules.changed', reason: '节后调整 (emergencyDesks)' });
});

test('a relief is kept for as long as it may last, and one for longer is refused: nobody would remember to end it', async () => {
  const { operator } = counter.people;
  const { body: before } = await counter.ask(operator, 'GET', PATH);
  expect(before.relief).toBeNull();
  const relief = (hours: number) => ({ untilMs: Date.now() + hours * 3_600_000, perNumberHour: 60 });
  expect((await change({ ...before, relief: relief(5) })).body).toMatchObject({
    code: 'outboundRules.invalid',
    data: { faults: [{ at: 'relief.untilMs', fault: 'tooLong' }] },
  });
  const wanted = relief(1);
  expect((await change({ ...before, relief: wanted })).body).toMatchObject({
    relief: wanted,
    quietHours: before.quietHours,
  });
  // A program that knows no relief sends none: it is over.
  const { relief: _gone, ...known } = before;
  expect((await change({ ...known, revision: before.revision + 1 })).body.relief).toBeNull();
});
