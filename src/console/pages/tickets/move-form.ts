import { type ChecklistForm, emptyChecklist, filledChecklist } from './ReplyChecklist.vue';
import type { MoveBody, OpenMove } from './shapes.ts';

/** What is typed for one move; a move takes of it what it needs. */
export interface MoveForm {
  reason: string;
  unitCode: string;
  suggestedUnitCode: string;
  evidence: string;
  advice: string;
  plan: string;
  reviewOn: string;
  reply: string;
  approach: string;
  outcome: 'handled' | 'caseFiled';
  caseNumber: string;
  caseFiledBy: string;
  internalReply: string;
  withoutParts: string;
  checklist: ChecklistForm;
}
type Field = keyof MoveForm;

export const emptyForm = (): MoveForm => ({
  reason: '',
  unitCode: '',
  suggestedUnitCode: '',
  evidence: '',
  advice: '',
  plan: '',
  reviewOn: '',
  reply: '',
  approach: '',
  outcome: 'handled',
  caseNumber: '',
  caseFiledBy: '',
  internalReply: '',
  withoutParts: '',
  checklist: emptyChecklist(),
});

/** Fields beside the reason, in the order in which they are filled in; `required` without which the move means nothing. */
export function fieldsOf(
  { move, details }: OpenMove,
  partsOpen: boolean,
  outcome: MoveForm['outcome'],
): readonly { readonly field: Field; readonly required: boolean }[] {
  const needed = details.map((field) => ({ field: field as Field, required: true }));
  if (move === 'handle') return [...needed, { field: 'approach', required: false }];
  if (move !== 'reportDone') return needed;
  return [
    ...needed,
    { field: 'outcome', required: true },
    ...(outcome === 'caseFiled'
      ? ([
          { field: 'caseNumber', required: true },
          { field: 'caseFiledBy', required: false },
        ] as const)
      : []),
    { field: 'internalReply', required: false },
    ...(partsOpen ? [{ field: 'withoutParts', required: true } as const] : []),
  ];
}

/** The first field that is still missing, or null. */
export function missingField(open: OpenMove, form: MoveForm, partsOpen: boolean): Field | null {
  for (const { field, required } of fieldsOf(open, partsOpen, form.outcome)) {
    const filled =
      field === 'checklist' ? filledChecklist(form.checklist) !== null : form[field].trim() !== '';
    if (required && !filled) return field;
  }
  return open.reason === 'required' && form.reason.trim() === '' ? 'reason' : null;
}

export function bodyOf(open: OpenMove, form: MoveForm, partsOpen: boolean, version: number): MoveBody {
  const details: Record<string, unknown> = {};
  for (const { field } of fieldsOf(open, partsOpen, form.outcome)) {
    if (field === 'checklist') details[field] = filledChecklist(form.checklist);
    else if (form[field].trim() !== '') details[field] = form[field].trim();
  }
  return {
    move: open.move,
    version,
    ...(form.reason.trim() === '' ? {} : { reason: form.reason.trim() }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}
