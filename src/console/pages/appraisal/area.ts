import type { Area } from '../../area.ts';
import { APPRAISAL_WORDS } from './words.ts';

/** Truth of an appeal and exclusions stand on the ticket's page and under supervision: no page is theirs alone. */
export const area: Area = { code: 'appraisal', order: 53, pages: [], words: APPRAISAL_WORDS };
