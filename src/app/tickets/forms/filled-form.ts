import { readValues } from '../../../domain/tickets/forms/form.ts';
import type { AppealFormValues } from '../../../domain/tickets/opening.ts';
import { AppError } from '../../errors.ts';
import type { AppealForm } from '../../ports/forms.ts';

/**
 * The form as the ticket keeps it; null: its category asks nothing, and nothing was given. One that was replaced while the
 * clerk wrote is taken as it was. Refuses with `form.missing`, `form.outdated` (both with the form that is in use), and
 * `form.invalid` (with what is wrong where).
 */
export function filledForm(
  given: AppealFormValues | null,
  { inUse, asked }: { readonly inUse: AppealForm | null; readonly asked: AppealForm | null },
): AppealFormValues | null {
  if (given === null) {
    const required = inUse?.fields.filter((field) => field.required).map(({ key }) => key) ?? [];
    if (inUse !== null && required.length > 0)
      throw new AppError('form.missing', { ...nameOf(inUse), required });
    return null;
  }
  if (asked === null || inUse === null || asked.categoryCode !== inUse.categoryCode) {
    throw new AppError(
      'form.outdated',
      inUse === null ? { categoryCode: null, version: null } : nameOf(inUse),
    );
  }
  const read = readValues(asked.fields, given.values);
  if ('faults' in read) throw new AppError('form.invalid', { faults: read.faults });
  return { ...nameOf(asked), values: read.values };
}

const nameOf = ({ categoryCode, version }: AppealForm) => ({ categoryCode, version });
