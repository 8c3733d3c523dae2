import { together } from '../../words/word-table.ts';
import { BESIDE_WORDS } from './words/beside-words.ts';
import { CLOCK_WORDS } from './words/clock-words.ts';
import { CONTACT_WORDS } from './words/contact-words.ts';
import { DISPATCH_WORDS } from './words/dispatch-words.ts';
import { DOCUMENT_WORDS } from './words/document-words.ts';
import { EXTENSION_WORDS } from './words/extension-words.ts';
import { HANDLING_WORDS } from './words/handling-words.ts';
import { LIST_WORDS } from './words/list-words.ts';
import { MOVE_NAMES } from './words/move-names.ts';
import { MOVE_WORDS } from './words/move-words.ts';
import { PAGE_WORDS } from './words/page-words.ts';
import { PART_WORDS } from './words/part-words.ts';
import { RECORDING_WORDS } from './words/recording-words.ts';
import { RELATED_WORDS } from './words/related-words.ts';
import { REPLY_WORDS } from './words/reply-words.ts';
import { SPECIAL_REPORT_WORDS } from './words/special-report-words.ts';
import { STATE_WORDS } from './words/state-words.ts';
import { TIME_LINE_WORDS } from './words/time-line-words.ts';

/** What the pages of tickets say, and what they call the API's words. */
export const TICKET_WORDS = together(
  BESIDE_WORDS,
  CLOCK_WORDS,
  CONTACT_WORDS,
  DISPATCH_WORDS,
  DOCUMENT_WORDS,
  EXTENSION_WORDS,
  HANDLING_WORDS,
  LIST_WORDS,
  MOVE_NAMES,
  MOVE_WORDS,
  PAGE_WORDS,
  PART_WORDS,
  RECORDING_WORDS,
  RELATED_WORDS,
  REPLY_WORDS,
  SPECIAL_REPORT_WORDS,
  STATE_WORDS,
  TIME_LINE_WORDS,
);
