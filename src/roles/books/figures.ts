import type { ApiServices } from '../../adapters/http/services.ts';
import { channelFigureBooks } from '../../adapters/pg/channel-figures.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { employerFigures } from '../../adapters/pg/employer-figures.ts';
import { handOverFigures } from '../../adapters/pg/hand-overs.ts';
import { lineFigures } from '../../adapters/pg/line-figures.ts';
import { outboundFigures } from '../../adapters/pg/outbound-figures.ts';
import { queueFigures } from '../../adapters/pg/queue-figures.ts';

/** Figures of lines, queues and employers. */
export const booksOfFigures = (db: PgDatabase) =>
  ({
    figures: lineFigures(db),
    channelFigures: channelFigureBooks(db),
    handOvers: handOverFigures(db),
    queueFigures: queueFigures(db),
    outboundFigures: outboundFigures(db),
    employerFigures: employerFigures(db),
  }) satisfies Partial<ApiServices>;
