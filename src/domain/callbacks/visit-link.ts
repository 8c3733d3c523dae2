import { triedSoFar, type VisitOutcome, wasHeard } from './visit-attempts.ts';

/** How long a citizen may take to open his link: over a weekend, and no longer than he remembers the matter. */
export const VISIT_LINK_DAYS = 7;
export const VISIT_LINK_MS = VISIT_LINK_DAYS * 86_400_000;

/** He was tried as often as is asked of the hotline (G2), and said nothing: he is written to. */
export function linkDue(
  attempts: readonly { readonly at: number; readonly outcome: VisitOutcome }[],
  zone: string,
): boolean {
  return triedSoFar(attempts, zone).enough && !wasHeard(attempts);
}

/** The token stands behind #, so that no server on the way, and no log of one, ever reads it. */
export function visitLinkText(input: {
  readonly municipality: string;
  readonly mainNumber: string;
  readonly number: string;
  readonly page: string;
  readonly token: string;
}): string {
  const { municipality, mainNumber, number, page, token } = input;
  const head = `【${[...municipality].slice(0, 20).join('')}${mainNumber}】您好！`;
  return `${head}您的诉求（编号${number}）已办结，多次致电未能联系到您，请在${VISIT_LINK_DAYS}日内评价：${page}#${token} ，也可拨打${mainNumber}。`;
}

/** Why an answer cannot be taken by a link any more; null: it can. */
export function linkRefusal(
  link: { readonly expiresAt: number; readonly answered: boolean },
  now: number,
): 'visitLink.used' | 'visitLink.over' | null {
  if (link.answered) return 'visitLink.used';
  return now < link.expiresAt ? null : 'visitLink.over';
}
