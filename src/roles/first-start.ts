import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { baseSynonyms, sampleKnowledge } from '../adapters/files/sample-knowledge.ts';
import type { Logger } from '../adapters/log/log.ts';
import { secretMint } from '../adapters/passwords/mint.ts';
import { scryptHasher } from '../adapters/passwords/scrypt.ts';
import { accountBooks } from '../adapters/pg/accounts.ts';
import { agentBooks } from '../adapters/pg/agents.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import { openDatabase, type PgDatabase } from '../adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { employerBooks } from '../adapters/pg/employers.ts';
import { foundationBooks } from '../adapters/pg/foundation.ts';
import { knowledgeBulk } from '../adapters/pg/knowledge-bulk.ts';
import { expertBooks } from '../adapters/pg/knowledge-experts.ts';
import { outboundRulesBooks } from '../adapters/pg/outbound-rules.ts';
import { placeBooks } from '../adapters/pg/places.ts';
import { ruleBooks } from '../adapters/pg/rule-books.ts';
import { searchIndexBooks } from '../adapters/pg/search-index.ts';
import { unitBooks } from '../adapters/pg/units.ts';
import { beginSynonyms } from '../app/knowledge/search/begin-synonyms.ts';
import type { PasswordHasher } from '../app/ports/accounts.ts';
import { foundRules } from '../app/rules/found-rules.ts';
import { type SeededAccount, sampleLines, seedSample } from '../app/sample/seed-sample.ts';
import type { Config } from '../config.ts';
import { withUsualDesks } from '../domain/callbacks/emergency-desks.ts';
import { DEFAULT_OUTBOUND_RULES } from '../domain/callbacks/outbound-rules.ts';
import { registerTotals } from '../domain/hotlines/register-totals.ts';

/** The trunk of the sample carrier in the switch's configuration. */
const SAMPLE_TRUNK = 'carrier';

export interface FirstStart {
  readonly seeded: boolean;
  /** Empty unless seeded. Also kept in `accountsFile`. */
  readonly accounts: readonly SeededAccount[];
}

/** Where the accounts of the first start are kept, readable by the owner alone. */
export const accountsFile = (dataDir: string): string => join(dataDir, 'accounts.json');

/**
 * Sets up the sample municipality when the (migrated) database is empty; any other is left alone, but for this: what
 * it routes by becomes the first version of the rules, and the search learns the product's own synonyms once.
 */
export async function firstStart(
  config: Pick<Config, 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'firstOutbound'>>,
  {
    nowMs,
    log,
    hasher = scryptHasher(),
  }: {
    readonly nowMs: number;
    readonly log: Pick<Logger, 'info' | 'warn'>;
    readonly hasher?: PasswordHasher;
  },
): Promise<FirstStart> {
  const db = openDatabase(config.databaseUrl, {
    max: 2,
    onError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
  });
  try {
    const accounts = await seedSample(
      {
        database: db,
        foundation: foundationBooks(db),
        dispatchCatalogue: dispatchCatalogueBooks(db),
        accounts: accountBooks(db),
        agents: agentBooks(db),
        units: unitBooks(db),
        employers: employerBooks(db),
        knowledgeBulk: knowledgeBulk(db),
        places: placeBooks(db),
        experts: expertBooks(db),
        searchIndex: searchIndexBooks(db),
        sampleKnowledge: sampleKnowledge(),
        configuration: configurationBooks(db),
        hasher,
        mint: secretMint,
        newId: randomUUID,
        trunk: SAMPLE_TRUNK,
        keep: (made) => keepOwnerOnly(config.dataDir, made),
      },
      nowMs,
    );
    await begunSynonyms(db, nowMs, log);
    await foundRules({ database: db, rules: ruleBooks(db), now: () => nowMs, newId: randomUUID });
    await beginOutboundRules(config.firstOutbound ?? null, db, nowMs, log);
    if (accounts === null) return { seeded: false, accounts: [] };
    const { headline, lines, units } = registerTotals(sampleLines(nowMs, SAMPLE_TRUNK));
    log.info({ headline, lines, units, accounts: accounts.length }, 'sample municipality set up');
    return { seeded: true, accounts };
  } finally {
    await db.close();
  }
}

/** With the sample or without it: what citizens everywhere say is known to the search from the first day. */
async function begunSynonyms(db: PgDatabase, nowMs: number, log: Pick<Logger, 'info'>): Promise<void> {
  const deps = { database: db, searchIndex: searchIndexBooks(db), now: () => nowMs, newId: randomUUID };
  const added = await beginSynonyms(deps)(baseSynonyms());
  if (added > 0) log.info({ synonyms: added }, 'the synonyms that come with the product were taken');
}

/** Given with the environment, or nothing: then the usual rules hold until somebody changes them. */
async function beginOutboundRules(
  given: Config['firstOutbound'] | null,
  db: PgDatabase,
  nowMs: number,
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<void> {
  const { trunk = null } = given ?? {};
  const named = given?.emergencyDesks ?? null;
  const emergencyDesks = named === null ? null : withUsualDesks(named);
  if (trunk === null && emergencyDesks === null) return;
  const usual = DEFAULT_OUTBOUND_RULES;
  const rules = {
    ...usual,
    trunk: trunk ?? usual.trunk,
    emergencyDesks: emergencyDesks ?? usual.emergencyDesks,
  };
  const books = outboundRulesBooks(db);
  if (await books.begin(rules, nowMs)) {
    log.info({ trunk: rules.trunk }, 'the rules of calling out begin with what the environment says');
    return;
  }
  // Not silently: whoever sets them for a release that already has its rules would wait for an effect in vain.
  const { rules: inForce } = await books.read();
  const unused = [
    ...(trunk === null || trunk === inForce.trunk ? [] : ['OUTSIDE_TRUNK']),
    ...(emergencyDesks === null || isDeepStrictEqual(emergencyDesks, inForce.emergencyDesks)
      ? []
      : ['EMERGENCY_DESKS']),
  ];
  if (unused.length === 0) return;
  log.warn(
    {
      unused,
      trunk: inForce.trunk,
      desks: inForce.emergencyDesks.map(({ desk, number }) => `${desk}=${number}`),
    },
    'the rules of calling out are kept in the database since the first start: change them with PUT /v1/outbound-rules',
  );
}

async function keepOwnerOnly(dataDir: string, accounts: readonly SeededAccount[]): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = accountsFile(dataDir);
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    // An older file of that name may have been open to others.
    await file.chmod(0o600);
    await file.writeFile(`${JSON.stringify(accounts, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
