/** What a citizen's appeal can be (GB/T 33358; glossary). */
export const TICKET_TYPES = [
  'ENQUIRY',
  'HELP',
  'COMPLAINT',
  'REPORT',
  'SUGGESTION',
  'PRAISE',
  'OTHER',
] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

export const TICKET_TYPE_NAMES: Readonly<Record<TicketType, string>> = {
  ENQUIRY: '咨询',
  HELP: '求助',
  COMPLAINT: '投诉',
  REPORT: '举报',
  SUGGESTION: '建议',
  PRAISE: '表扬',
  OTHER: '其他',
};

/** What an account may do here. */
export const STAFF_ROLES = [
  'agent',
  'lead',
  'operator',
  'reviewer',
  'dispatcher',
  'adjudicator',
  'supervisor',
  'returnVisitor',
  'unit',
  // 领导: reads figures and matters and gives instructions; learns of no citizen who he is.
  'leader',
  'admin',
  'vendorLead',
] as const;

/** Everyone who can act on a ticket. `system` is this program itself (a sweep, a fired deadline). */
export const ROLES = [...STAFF_ROLES, 'system'] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  /** null: the program itself. */
  readonly accountId: string | null;
  readonly roles: readonly Role[];
  /** The handling unit that the actor belongs to; null for the hotline's own people. */
  readonly unitCode: string | null;
}

export const SYSTEM: Actor = { accountId: null, roles: ['system'], unitCode: null };
