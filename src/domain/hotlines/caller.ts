import { userOf } from './address.ts';
import type { Configuration } from './configuration.ts';
import { numberIndex, trunkOf } from './number-index.ts';

interface Called {
  readonly trunk: string;
  /** As the switch took it: from P-Asserted-Identity where there is one. */
  readonly callerNumber: string;
  readonly headers: { readonly pAssertedIdentity: string; readonly from?: string };
}

/**
 * Who calls, as far as the trunk is believed: where its P-Asserted-Identity is not, the number in From; '' when that is
 * none, or withheld. A From that no dialplan handed on leaves what the switch took.
 */
export function believedCaller(configuration: Configuration, call: Called): string {
  const { pAssertedIdentity, from = '' } = call.headers;
  if (pAssertedIdentity === '' || from === '') return call.callerNumber;
  const { profile } = trunkOf(numberIndex(configuration), call.trunk);
  if (profile.trusts.includes('pAssertedIdentity')) return call.callerNumber;
  const user = userOf(from) ?? '';
  return /^\+?\d{1,20}$/.test(user) ? user : '';
}
