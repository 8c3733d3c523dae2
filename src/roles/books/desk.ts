import type { ApiServices } from '../../adapters/http/services.ts';
import { agentBooks } from '../../adapters/pg/agents.ts';
import { connectionWaits } from '../../adapters/pg/connection-waits.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { deskFigures } from '../../adapters/pg/desk-figures.ts';
import { dutyBooks } from '../../adapters/pg/duty.ts';
import { employerBooks } from '../../adapters/pg/employers.ts';
import { helpBooks } from '../../adapters/pg/help.ts';
import { presenceBooks } from '../../adapters/pg/presence.ts';
import { surgeModeBooks } from '../../adapters/pg/surge-modes.ts';
import { unitBooks } from '../../adapters/pg/units.ts';

/** Agents at their desks. */
export const booksOfTheDesk = (db: PgDatabase) =>
  ({
    agents: agentBooks(db),
    presence: presenceBooks(db),
    waits: connectionWaits(db),
    duty: dutyBooks(db),
    help: helpBooks(db),
    surgeModes: surgeModeBooks(db),
    employers: employerBooks(db),
    units: unitBooks(db),
    deskFigures: deskFigures(db),
  }) satisfies Partial<ApiServices>;
