import type { ApiServices } from '../../adapters/http/services.ts';
import { exclusionBooks } from '../../adapters/pg/appraisal.ts';
import { areaFigureBooks } from '../../adapters/pg/area-figures.ts';
import { circularBooks } from '../../adapters/pg/circulars.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { instructionBooks } from '../../adapters/pg/instructions.ts';
import { meetingTaskBooks } from '../../adapters/pg/meeting-tasks.ts';
import { meetingBooks } from '../../adapters/pg/meetings.ts';
import { supervisionBooks } from '../../adapters/pg/supervision.ts';
import { supervisionFactBooks } from '../../adapters/pg/supervision-facts.ts';
import { unitScoreBooks } from '../../adapters/pg/unit-scores.ts';
import { visitSampleBooks } from '../../adapters/pg/visit-samples.ts';

/** Supervision and appraisal of units. */
export const booksOfSupervision = (db: PgDatabase) =>
  ({
    supervision: supervisionBooks(db),
    supervisionFacts: supervisionFactBooks(db),
    unitScores: unitScoreBooks(db),
    areaFigures: areaFigureBooks(db),
    meetings: meetingBooks(db),
    meetingTasks: meetingTaskBooks(db),
    circulars: circularBooks(db),
    instructions: instructionBooks(db),
    samples: visitSampleBooks(db),
    exclusions: exclusionBooks(db),
  }) satisfies Partial<ApiServices>;
