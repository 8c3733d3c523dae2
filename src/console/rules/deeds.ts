import { answer, api } from '../api/client.ts';
import type { Deed, Version } from './shapes.ts';

/** What the dialogs ask for; each deed takes what it needs. */
export interface DeedForm {
  title: string;
  reason: string;
  /** Empty: at once. */
  effectiveAt: string | null;
  /** Empty: it stays. */
  revertAt: string | null;
}
export const emptyDeed = (): DeedForm => ({ title: '', reason: '', effectiveAt: null, revertAt: null });

export const needsReason = (deed: Deed): boolean => deed !== 'begin' && deed !== 'rebase';

/** The version as it is afterwards. `version`: which one; of a rollback the one to go back to, null for the one before. */
export function carryOut(deed: Deed, version: Version | null, form: DeedForm, key: string): Promise<Version> {
  const reason = form.reason.trim();
  const params = { path: { version: String(version?.number ?? '') } };
  switch (deed) {
    case 'begin':
      return answer(
        api.POST('/v1/rules/versions', {
          body: { title: form.title.trim() },
          params: { header: { 'idempotency-key': key } },
        }),
      );
    case 'publish': {
      const effectiveAt = form.effectiveAt || null;
      const revertAt = form.revertAt || null;
      return answer(
        api.POST('/v1/rules/versions/{version}/publish', { params, body: { reason, effectiveAt, revertAt } }),
      );
    }
    case 'approve':
      return answer(api.POST('/v1/rules/versions/{version}/approve', { params, body: { reason } }));
    case 'reject':
      return answer(api.POST('/v1/rules/versions/{version}/reject', { params, body: { reason } }));
    case 'withdraw':
      return answer(api.POST('/v1/rules/versions/{version}/withdraw', { params, body: { reason } }));
    case 'rebase':
      return answer(
        api.POST('/v1/rules/versions/{version}/rebase', { params, body: reason === '' ? {} : { reason } }),
      );
    case 'rollBack': {
      const to = version === null ? {} : { to: String(version.number) };
      return answer(api.POST('/v1/rules/roll-back', { body: { reason, ...to } }));
    }
    default:
      return deed satisfies never;
  }
}
