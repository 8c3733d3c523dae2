import type { AnsweredCall, OpeningFacts, TicketBook } from '../../app/ports/tickets.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import { type SettingsAnswer, settingsUnless, withSettings } from './calendar.ts';
import type { PgDatabase } from './database.ts';
import { gathered } from './gathered.ts';
import { claimOf, type KeyFacts, keyFacts } from './idempotency.ts';
import { classification } from './sql-classification.ts';
import { GIVES_WAY } from './still-at-it.ts';
import { accusedUnits } from './ticket-sight.ts';
import { ticketInsertion } from './tickets-insert.ts';

/** Also for `outcomes.ts`: what a ticket or an outcome must know of call $n, as one JSON object or null. */
export const CALL_FACTS = (parameter: string, standing = 'true'): string => `(
  select jsonb_build_object('id', c.id, 'line', c.line, 'callerNumber', c.caller_number,
    'answered', c.talk_started_at is not null or coalesce(
      c.result in ('answeredByAgent', 'answeredByUnit', 'answeredByCentre'), false),
    'messageLeft', exists (select from voice_messages v where v.call_id = c.id),
    'outcome', (select jsonb_build_object('kind', o.outcome, 'ticketId', o.ticket_id)
      from call_outcomes o where o.call_id = c.id and ${standing}))
  from calls c where c.id = ${parameter}::uuid)`;

/** As `AppealForm`. */
const FORM_JSON = `jsonb_build_object('categoryCode', f.category_code, 'version', f.version, 'title', f.title,
  'fields', f.fields, 'state', f.state, 'revision', f.revision)`;

/** One row for each that asks, in their order. */
const FACTS = `
  select q.unit is null or exists (select from units where code = q.unit and ended_at is null) as "unitKnown",
    q.accused is null or exists (select from units where code = q.accused and ended_at is null) as "accusedKnown",
    ${accusedUnits('q.accused')} as "accusedUnits",
    ${classification({
      ...{ category: 'q.category', type: 'q.type', subtype: 'q.subtype' },
      // An array of arrays has no seams: each row brings its tags as JSON.
      tags: '(array(select jsonb_array_elements_text(q.tags)))',
    })},
    case when exists (select from appeal_forms where state = 'published') then (
      select ${FORM_JSON} from form_of(q.category) f) end as "formInUse",
    case when q.form is not null then (select ${FORM_JSON} from appeal_forms f
      where f.category_code = q.form and f.version = q.edition and (f.state = 'published'
        or f.state = 'ended' and f.ended_at > now() - interval '1 day')) end as "formAsked",
    ${CALL_FACTS('q.call', `not ${GIVES_WAY}`)} as call, nextval('ticket_number')::integer as sequence,
    ${keyFacts('q.account', 'q.key', 'q.hash')} as key, ${settingsUnless('$7::integer')}
  from unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $8::text[], $9::text[], $10::jsonb[],
    $11::text[], $12::integer[], $13::text[])
    with ordinality as q(unit, category, call, account, key, hash, type, subtype, tags, form, edition, accused, nth)
  order by q.nth`;

type AskedFacts = Parameters<TicketBook['openingFacts']>[0];

interface FactsRow extends Omit<OpeningFacts, 'settings' | 'key'>, SettingsAnswer, Record<string, unknown> {
  readonly call: AnsweredCall | null;
  readonly key: KeyFacts | null;
}

async function factsOf(
  db: PgDatabase,
  asked: readonly AskedFacts[],
  tx?: Transaction,
): Promise<readonly OpeningFacts[]> {
  const ask = async (revision: number | null) => {
    const values = [
      asked.map(({ unitCode }) => unitCode),
      asked.map(({ categoryCode }) => categoryCode),
      asked.map(({ callId }) => callId),
      asked.map(({ key }) => key?.accountId ?? null),
      asked.map(({ key }) => key?.key ?? null),
      asked.map(({ key }) => key?.requestHash ?? null),
      revision,
      asked.map(({ type }) => type),
      asked.map(({ subtypeCode }) => subtypeCode),
      asked.map(({ tags }) => JSON.stringify(tags)),
      asked.map(({ form }) => form?.categoryCode ?? null),
      asked.map(({ form }) => form?.version ?? null),
      asked.map(({ accusedUnitCode }) => accusedUnitCode),
    ];
    return (await db.on(tx).query<FactsRow>(FACTS, values, 'opening-facts')).rows;
  };
  const { rows, settings } = await withSettings(db, ask, tx === undefined);
  return rows.map(({ key, revision: _known, settings: _sent, ...facts }) => ({
    ...facts,
    settings,
    key: claimOf(key),
  }));
}

export function ticketOpening(db: PgDatabase): Pick<TicketBook, 'openingFacts' | 'insert'> {
  const together = gathered((asked: readonly AskedFacts[]) => factsOf(db, asked));
  return {
    // Of a transaction by itself: it has a connection, and others' questions are not asked on that.
    async openingFacts(asked, tx) {
      if (tx === undefined) return together(asked);
      const [facts] = await factsOf(db, [asked], tx);
      if (facts === undefined) throw new Error('one question, and no answer');
      return facts;
    },

    insert: ticketInsertion(db),
  };
}
