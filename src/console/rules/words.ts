import { together } from '../words/word-table.ts';
import { DEED_WORDS } from './words/deed-words.ts';
import { EDIT_WORDS } from './words/edit-words.ts';
import { IMPACT_WORDS } from './words/impact-words.ts';
import { NUMBER_WORDS } from './words/number-words.ts';
import { TRIAL_WORDS } from './words/trial-words.ts';
import { VERSION_WORDS } from './words/version-words.ts';

/** What all pages of the rules say. */
export const RULE_WORDS = together(
  DEED_WORDS,
  EDIT_WORDS,
  IMPACT_WORDS,
  NUMBER_WORDS,
  TRIAL_WORDS,
  VERSION_WORDS,
);
