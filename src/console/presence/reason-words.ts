import { useI18n } from 'vue-i18n';
import { usePresence } from './presence.ts';

/** Reasons that call control gives; an agent's own come from the catalogue. */
const OF_THE_SYSTEM = [
  'signedIn',
  'missed',
  'rejected',
  'phoneUnreachable',
  'connectFailed',
  'undelivered',
  'legDown',
  'noticeUnread',
] as const;

/** Why somebody is not ready, in words. */
export function useReasonWords(): (code: string) => string {
  const { t } = useI18n();
  const presence = usePresence();
  return (code) => {
    const own = OF_THE_SYSTEM.find((one) => one === code);
    if (own !== undefined) return t(`desk.reason.${own}`);
    return presence.rules?.reasons.find((one) => one.code === code)?.name ?? code;
  };
}
