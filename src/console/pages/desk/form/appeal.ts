import type { AnswerOf, BodyOf } from '../../../api/answer-of.ts';
import type { paths } from '../../../api/contract.ts';
import type { AppealType } from '../../../elements/appeal-types.ts';

export type TicketBody = BodyOf<paths['/v1/tickets']['post']>;
export type AskedForm = NonNullable<AnswerOf<paths['/v1/forms/{category}']['get']>['form']>;
export type AskedField = AskedForm['fields'][number];
export type FieldValue = string | number | boolean | string[] | null;

/** What the ticket is to be put to once there is one: an incident, or one with another ticket of the same matter. */
export interface Belonging {
  readonly to: 'incident' | 'ticket';
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

/** What the agent has written of the appeal so far. */
export interface AppealDraft {
  type: AppealType | '';
  subtypeCode: string;
  categoryCode: string;
  tags: string[];
  title: string;
  content: string;
  place: string;
  citizenName: string;
  citizenNumber: string;
  confidential: boolean;
  anonymous: boolean;
  urgent: boolean;
  unitCode: string;
  /** Of whose conduct the citizen complains; empty: of none. */
  accusedUnitCode: string;
  /** Of the fields that the category asks for; those of another category stay, should he come back to it. */
  values: Record<string, FieldValue>;
  belongs: Belonging | null;
}

export const emptyDraft = (): AppealDraft => ({
  ...{ type: '', subtypeCode: '', categoryCode: '', tags: [], title: '', content: '', place: '' },
  ...{ citizenName: '', citizenNumber: '', confidential: false, anonymous: false, urgent: false },
  ...{ unitCode: '', accusedUnitCode: '', values: {}, belongs: null },
});

export const copyDraft = (draft: AppealDraft): AppealDraft =>
  JSON.parse(JSON.stringify(draft)) as AppealDraft;

/** Whatever the order in which an object's keys came back. */
const written = (draft: AppealDraft): string =>
  JSON.stringify(draft, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
export const sameDraft = (one: AppealDraft, other: AppealDraft): boolean => written(one) === written(other);

export const isEmptyValue = (value: FieldValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : String(value).trim() === '');

/** Keys of what a ticket still lacks, in the order of the form; `asked:` stands before the fields of the category. */
export function lacking(draft: AppealDraft, asked: AskedForm | null): readonly string[] {
  const needed = [
    ['type', draft.type],
    ['categoryCode', draft.categoryCode],
    ['content', draft.content.trim()],
  ] as const;
  const fields =
    asked?.fields.filter(({ key, required }) => required && isEmptyValue(draft.values[key])) ?? [];
  return [
    ...needed.filter(([, value]) => value === '').map(([key]) => key),
    ...fields.map(({ key }) => `asked:${key}`),
  ];
}

/** The ticket as it is sent. Null: it lacks what `lacking` says. */
export function ticketBody(draft: AppealDraft, asked: AskedForm | null, callId: string): TicketBody | null {
  const { type, categoryCode, tags, content, confidential, anonymous } = draft;
  if (type === '' || lacking(draft, asked).length > 0) return null;
  const filled = asked?.fields.filter(({ key }) => !isEmptyValue(draft.values[key])) ?? [];
  const values = Object.fromEntries(filled.map(({ key }) => [key, draft.values[key]]));
  return {
    ...{ callId, type, categoryCode, tags, content, confidential, anonymous },
    subtypeCode: draft.subtypeCode || null,
    form:
      asked === null || filled.length === 0
        ? null
        : { categoryCode: asked.categoryCode, version: asked.version, values },
    title: draft.title.trim(),
    place: draft.place.trim(),
    urgency: draft.urgent ? 'urgent' : 'normal',
    citizenName: draft.citizenName.trim(),
    citizenNumber: draft.citizenNumber.trim(),
    unitCode: draft.unitCode || null,
    accusedUnitCode: draft.accusedUnitCode || null,
  };
}
