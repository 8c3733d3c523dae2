// Roles that do the same work, as the policy names them.

/** Who works on tickets at the hotline; what each may do to one is the table's business. */
export const TICKET_DESK = [
  'agent',
  'lead',
  'operator',
  'reviewer',
  'dispatcher',
  'adjudicator',
  'supervisor',
  'returnVisitor',
] as const;
export const ALL_STAFF = [...TICKET_DESK, 'admin'] as const;

/** Who reads how the hotline and the units do. */
export const FIGURE_READERS = ['lead', 'operator', 'supervisor', 'leader', 'admin'] as const;

export const RULE_READERS = ['operator', 'lead', 'supervisor', 'admin'] as const;

/** Who says whose a kind of matter is. */
export const CATALOGUE_EDITORS = ['operator', 'dispatcher'] as const;

/** Who acts on incidents and nuisance callers; nights have a lead and no operator. */
export const NOTICE_DESK = ['operator', 'lead'] as const;
export const NOTICE_READERS = ['operator', 'lead', 'supervisor'] as const;

/** Who writes what citizens are told: units their own, the hotline's editors anybody's. */
export const KNOWLEDGE_AUTHORS = ['unit', 'operator'] as const;
