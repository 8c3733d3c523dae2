import { randomUUID } from 'node:crypto';
import { promptShelves } from '../adapters/audio/prompt-shelves.ts';
import { agentBooks } from '../adapters/pg/agents.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { lineBooks } from '../adapters/pg/lines.ts';
import { promptBooks } from '../adapters/pg/prompts.ts';
import { ruleBooks } from '../adapters/pg/rule-books.ts';
import { unitBooks } from '../adapters/pg/units.ts';
import type { Log } from '../app/ports/log.ts';
import { carryOutDueRules } from '../app/rules/revert-due-rules.ts';
import type { Config } from '../config.ts';
import type { Round } from './rounds.ts';

const DUE_RULES_EVERY_MS = 500;

/** Rules are published and end at their time. */
export function ruleRounds(
  db: PgDatabase,
  { promptsDir, speech }: Pick<Config, 'promptsDir' | 'speech'>,
  log: Log,
): readonly Round[] {
  const carryOutRules = carryOutDueRules({
    database: db,
    rules: ruleBooks(db),
    lines: lineBooks(db),
    agents: agentBooks(db),
    units: unitBooks(db),
    configuration: configurationBooks(db),
    prompts: promptBooks(db),
    voice: promptShelves(promptsDir, speech),
    calendar: calendarBooks(db),
    now: Date.now,
    newId: randomUUID,
    log,
  });
  return [
    {
      name: 'dueRules',
      everyMs: DUE_RULES_EVERY_MS,
      work: async () => {
        const { published, ended } = await carryOutRules();
        if (published + ended > 0) log.info({ published, ended }, 'rules were published or ended on time');
        return 'done';
      },
    },
  ];
}
