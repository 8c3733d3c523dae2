import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { openDatabase } from '../../../src/adapters/pg/database.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { type County, freshCounty } from './county.ts';

let county: County;
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

/** Everything that the settings are made of. */
const CHANGES: Readonly<Record<string, string>> = {
  ticket_settings: `update ticket_settings set number_prefix = 'XX'`,
  municipality: `update municipality set time_zone = 'Asia/Urumqi'`,
  calendar_years: `insert into calendar_years (year, basis) values (2031, '通知')`,
  calendar_days: `insert into calendar_days (day, working, name) values ('2031-01-01', false, '元旦')`,
  unit_calendars: `insert into unit_calendars (unit_code) values ('water')`,
  limit_sets: `insert into limit_sets (preset, valid_from, state, reason, proposed_at, decided_at)
    values ('shanghai-1-3-5-15', now(), 'approved', '试行', now(), now())`,
};

const SORTED = { type: 'COMPLAINT', categoryCode: 'urban', subtypeCode: null, tags: [], form: null } as const;

test('what is kept in memory is read anew after each change, whoever made it and wherever it stands', async () => {
  const other = openDatabase(county.url, { max: 1, onError: (error) => expect.fail(error.message) });
  const here = calendarBooks(county.db);
  const tickets = ticketBooks(county.db);
  try {
    for (const [table, change] of Object.entries(CHANGES)) {
      const before = await here.load();
      expect(await here.load(), 'the same settings are not built twice').toBe(before);
      await other.query(change);
      const after = await calendarBooks(other).load();
      expect(after, table).not.toEqual(before);
      const asked = { ...SORTED, unitCode: null, accusedUnitCode: null, callId: null, key: null };
      expect((await tickets.openingFacts(asked)).settings, table).toEqual(after);
      expect(await here.load(), table).toEqual(after);
    }
  } finally {
    await other.close();
  }
});

test('a change that is taken back was never in force for anybody', async () => {
  const here = calendarBooks(county.db);
  const before = await here.load();
  const undone = county.db.transact(async (tx) => {
    await county.db.on(tx).query(`update ticket_settings set number_prefix = 'NO'`);
    expect(await here.load()).toEqual(before);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await county.db.query(`update ticket_settings set number_prefix = 'YES'`);
  expect((await here.load()).numberPrefix).toBe('YES');
});

test('of many who ask at once each hears of his own call, key, category and unit', async () => {
  const call = await county.call();
  const { openingFacts } = ticketBooks(county.db);
  const asked = { ...SORTED, unitCode: 'water', accusedUnitCode: null, callId: null, key: null };
  const [plain, noUnit, noCategory, spoiled, ofCall, tagged] = await Promise.allSettled([
    openingFacts(asked),
    openingFacts({ ...asked, unitCode: 'nobody' }),
    openingFacts({ ...asked, categoryCode: 'nothing' }),
    openingFacts({ ...asked, categoryCode: '\u0000' }),
    openingFacts({ ...asked, callId: call }),
    openingFacts({ ...asked, tags: ['flood', 'fire'], subtypeCode: 'nuisance' }),
  ]);
  expect(tagged).toMatchObject({ value: { unknownTags: ['flood', 'fire'], subtypeKnown: false } });
  expect(plain).toMatchObject({
    value: { unitKnown: true, categoryKnown: true, call: null, unknownTags: [], subtypeKnown: true },
  });
  expect(noUnit).toMatchObject({ value: { unitKnown: false, categoryKnown: true } });
  expect(noCategory).toMatchObject({ value: { unitKnown: true, categoryKnown: false } });
  expect(spoiled?.status).toBe('rejected');
  expect(ofCall).toMatchObject({ value: { call: { id: call, answered: true } } });
});
