import { ACCOUNTS_PROBLEMS } from './accounts.ts';
import { AGENTS_PROBLEMS } from './agents.ts';
import { ANNOUNCEMENTS_PROBLEMS } from './announcements.ts';
import { CALLS_PROBLEMS } from './calls.ts';
import { CHANNELS_PROBLEMS } from './channels.ts';
import { CIRCULARS_PROBLEMS } from './circulars.ts';
import { CODES_PROBLEMS } from './codes.ts';
import { DUTY_PROBLEMS } from './duty.ts';
import { EMPLOYERS_PROBLEMS } from './employers.ts';
import { IMPORT_PROBLEMS } from './imports.ts';
import { INCIDENTS_PROBLEMS } from './incidents.ts';
import { KNOWLEDGE_PROBLEMS } from './knowledge.ts';
import { MEETINGS_PROBLEMS } from './meetings.ts';
import { OUTBOUND_PROBLEMS } from './outbound.ts';
import { PLACE_PROBLEMS } from './places.ts';
import { PROMPTS_PROBLEMS } from './prompts.ts';
import { RECORDINGS_PROBLEMS } from './recordings.ts';
import { REQUEST_PROBLEMS } from './request.ts';
import { RULES_PROBLEMS } from './rules.ts';
import { SERVER_PROBLEMS } from './server.ts';
import { SUPERVISION_PROBLEMS } from './supervision.ts';
import { TICKET_CITIZENS_PROBLEMS } from './ticket-citizens.ts';
import { TICKET_FORCE_PROBLEMS } from './ticket-force.ts';
import { TICKET_PAPERS_PROBLEMS } from './ticket-papers.ts';
import { TICKET_PARTS_PROBLEMS } from './ticket-parts.ts';
import { TICKET_TIMES_PROBLEMS } from './ticket-times.ts';
import { TICKETS_PROBLEMS } from './tickets.ts';
import { VISITS_PROBLEMS } from './visits.ts';

/** One table an area; a code of an area stands in its own, and in no other. */
export const PROBLEM_TABLES = [
  REQUEST_PROBLEMS,
  ACCOUNTS_PROBLEMS,
  AGENTS_PROBLEMS,
  DUTY_PROBLEMS,
  EMPLOYERS_PROBLEMS,
  CALLS_PROBLEMS,
  OUTBOUND_PROBLEMS,
  RECORDINGS_PROBLEMS,
  CHANNELS_PROBLEMS,
  TICKETS_PROBLEMS,
  TICKET_CITIZENS_PROBLEMS,
  TICKET_FORCE_PROBLEMS,
  TICKET_PAPERS_PROBLEMS,
  TICKET_TIMES_PROBLEMS,
  TICKET_PARTS_PROBLEMS,
  INCIDENTS_PROBLEMS,
  VISITS_PROBLEMS,
  SUPERVISION_PROBLEMS,
  CIRCULARS_PROBLEMS,
  MEETINGS_PROBLEMS,
  RULES_PROBLEMS,
  ANNOUNCEMENTS_PROBLEMS,
  CODES_PROBLEMS,
  KNOWLEDGE_PROBLEMS,
  IMPORT_PROBLEMS,
  PLACE_PROBLEMS,
  PROMPTS_PROBLEMS,
  SERVER_PROBLEMS,
] as const;

/**
 * The only place that knows what a code means in HTTP. A refusal that is missing here fails a test and answers 422.
 */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...ACCOUNTS_PROBLEMS,
  ...AGENTS_PROBLEMS,
  ...DUTY_PROBLEMS,
  ...EMPLOYERS_PROBLEMS,
  ...CALLS_PROBLEMS,
  ...OUTBOUND_PROBLEMS,
  ...RECORDINGS_PROBLEMS,
  ...CHANNELS_PROBLEMS,
  ...TICKETS_PROBLEMS,
  ...TICKET_CITIZENS_PROBLEMS,
  ...TICKET_FORCE_PROBLEMS,
  ...TICKET_PAPERS_PROBLEMS,
  ...TICKET_TIMES_PROBLEMS,
  ...TICKET_PARTS_PROBLEMS,
  ...INCIDENTS_PROBLEMS,
  ...VISITS_PROBLEMS,
  ...SUPERVISION_PROBLEMS,
  ...CIRCULARS_PROBLEMS,
  ...MEETINGS_PROBLEMS,
  ...RULES_PROBLEMS,
  ...ANNOUNCEMENTS_PROBLEMS,
  ...CODES_PROBLEMS,
  ...KNOWLEDGE_PROBLEMS,
  ...IMPORT_PROBLEMS,
  ...PLACE_PROBLEMS,
  ...PROMPTS_PROBLEMS,
  ...SERVER_PROBLEMS,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
