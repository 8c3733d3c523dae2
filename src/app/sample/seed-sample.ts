import { addCalendarMonths, localDate } from '../../domain/hotlines/local-date.ts';
import { createAccount } from '../organisation/create-account.ts';
import { type CreateAgentDeps, createAgent } from '../organisation/create-agent.ts';
import type { Role } from '../ports/accounts.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';
import type { Foundation, FoundingEntries } from '../ports/foundation.ts';
import type { Database } from '../ports/transaction.ts';
import { CATEGORIES } from './categories.ts';
import { SUBTYPES, THEME_TAGS } from './codes.ts';
import { AREAS, ASSETS, ENTRIES, HANDLING_UNITS } from './dispatch.ts';
import { type SeedKnowledgeDeps, seedKnowledge } from './knowledge.ts';
import { ACCOUNTS, AGENTS } from './people.ts';
import { IN_FORCE_FROM, LINES, MUNICIPALITY, PROTECTED_NUMBERS, QUEUES, UNITS } from './rudong.ts';

export interface SeededAccount {
  readonly username: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly displayName: string;
  readonly phone?: { readonly name: string; readonly secret: string };
}

export interface SeedSampleDeps extends CreateAgentDeps, SeedKnowledgeDeps {
  readonly foundation: Foundation;
  readonly dispatchCatalogue: DispatchCatalogue;
  /** Where calls to the units' own telephones leave. */
  readonly trunk: string;
  /** Keeps the accounts for their owner before they become valid: passwords are nowhere in clear afterwards. */
  readonly keep: (accounts: readonly SeededAccount[]) => Promise<void>;
}

/** Sets up the sample municipality in an empty database; null when somebody has set up something already. */
export async function seedSample(
  deps: SeedSampleDeps,
  nowMs: number,
): Promise<readonly SeededAccount[] | null> {
  return deps.database.transact(async (tx) => {
    if (!(await deps.foundation.isEmpty(tx))) return null;
    await deps.foundation.lay(
      {
        municipality: MUNICIPALITY,
        units: [...UNITS.map((unit) => ({ ...unit, parentCode: null })), ...HANDLING_UNITS],
        queues: QUEUES,
        lines: sampleLines(nowMs, deps.trunk),
        protectedNumbers: PROTECTED_NUMBERS,
        categories: CATEGORIES,
        codes: { type: SUBTYPES, tag: THEME_TAGS },
      },
      tx,
    );
    await deps.dispatchCatalogue.write(
      { version: 1, at: nowMs, by: null, origin: 'founding', reason: '样例派单目录' },
      {
        removed: [],
        added: ENTRIES.map((one) => ({ ...one, id: deps.newId(), source: 'catalogue', sourceRef: '' })),
        areas: AREAS,
        assets: ASSETS,
      },
      tx,
    );
    await seedKnowledge(
      deps,
      {
        units: [...UNITS, ...HANDLING_UNITS],
        categories: CATEGORIES,
        areas: AREAS,
        lines: LINES.map(({ number }) => number),
      },
      { today: localDate(nowMs, MUNICIPALITY.timeZone), at: nowMs },
      tx,
    );
    // All or nothing: half a municipality, or accounts whose passwords nobody knows, could not be told from a real one.
    const within: Database = { transact: (work) => work(tx) };
    const accounts = await seedPeople({ ...deps, database: within });
    await deps.keep(accounts);
    return accounts;
  });
}

async function seedPeople(deps: CreateAgentDeps): Promise<SeededAccount[]> {
  const made: SeededAccount[] = [];
  for (const { username, displayName, roles, unitCode } of ACCOUNTS) {
    const password = deps.mint.password();
    await createAccount(deps, { username, displayName, roles, password, unitCode: unitCode ?? null });
    made.push({ username, password, roles, displayName });
  }
  for (const { number, displayName, employer, queues, roles } of AGENTS) {
    const password = deps.mint.password();
    const { account, agent, phoneSecret } = await createAgent(deps, {
      username: number,
      number,
      displayName,
      password,
      employer,
      queues,
      ...(roles && { roles }),
      phoneKind: 'desk',
    });
    const phone = { name: agent.phone.name, secret: phoneSecret };
    made.push({ username: number, password, roles: account.roles, displayName, phone });
  }
  return made;
}

/**
 * The register on the day of the first start. Two transitions keep the article's dates and are over; the others began
 * a calendar month ago, so that both states of RD-06 can be dialled.
 */
export function sampleLines(nowMs: number, trunk: string): FoundingEntries['lines'] {
  const begun = addCalendarMonths(localDate(nowMs, MUNICIPALITY.timeZone), -1);
  return LINES.map(({ number, name, unit, mode, queue, basis, unitNumber, transition }) => {
    const validFrom = transition === 'inForce' ? begun : IN_FORCE_FROM;
    return {
      number,
      name,
      unitCode: unit,
      mode,
      validFrom,
      validTo: transition === undefined ? null : addCalendarMonths(validFrom, 3),
      queue,
      unitNumber: unitNumber ?? null,
      trunk: unitNumber === undefined ? null : trunk,
      greeting: null,
      menu: null,
      skills: null,
      afterEnd: 'connect',
      hours: null,
      centreAddress: null,
      basis,
    };
  });
}
