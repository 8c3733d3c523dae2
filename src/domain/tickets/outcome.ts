/**
 * What came of a matter, said when it is reported done:
 *
 *   handled    已办理: what the reply says, and no more
 *   caseFiled  立案查处 (HM-12): the site was checked and a case filed against whoever broke the law; it has a number by which the
 *              citizen can ask what became of it, and an authority that filed it (the unit itself where none is named)
 */
const OUTCOMES = {
  handled: { zh: '已办理', needs: [], may: [] },
  caseFiled: { zh: '立案查处', needs: ['caseNumber'], may: ['caseFiledBy'] },
} as const satisfies Readonly<
  Record<string, { readonly zh: string; readonly needs: readonly Field[]; readonly may: readonly Field[] }>
>;
type Field = 'caseNumber' | 'caseFiledBy';

export type TicketOutcome = keyof typeof OUTCOMES;
export const TICKET_OUTCOMES = Object.keys(OUTCOMES) as readonly TicketOutcome[];
export const OUTCOME_NAMES: Readonly<Record<TicketOutcome, string>> = {
  handled: OUTCOMES.handled.zh,
  caseFiled: OUTCOMES.caseFiled.zh,
};
export const CASE_NUMBER_MAX = 60;
export const CASE_FILED_BY_MAX = 60;
const FIELDS: readonly Field[] = ['caseNumber', 'caseFiledBy'];

export interface SaidOutcome {
  /** Left out: handled. */
  readonly outcome?: TicketOutcome;
  /** 案号. */
  readonly caseNumber?: string;
  /** 立案机关. */
  readonly caseFiledBy?: string;
}

/** What this outcome means nothing without, and what is of another one; null: neither. */
export function outcomeFault(
  said: SaidOutcome,
): { readonly kind: 'missing' | 'outOfPlace'; readonly field: Field } | null {
  const { needs, may }: { readonly needs: readonly Field[]; readonly may: readonly Field[] } =
    OUTCOMES[said.outcome ?? 'handled'];
  const stranger = FIELDS.find((field) => said[field] !== undefined && ![...needs, ...may].includes(field));
  if (stranger !== undefined) return { kind: 'outOfPlace', field: stranger };
  const missing = needs.find((field) => (said[field] ?? '').trim() === '');
  return missing === undefined ? null : { kind: 'missing', field: missing };
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** As a whole: 12 does not stand in 12345, nor in 11月12日. One with Chinese words in it is itself wherever it stands. */
function saysNumber(reply: string, number: string): boolean {
  if (/\p{Script=Han}/u.test(number)) return reply.includes(number);
  for (let at = reply.indexOf(number); at >= 0; at = reply.indexOf(number, at + 1)) {
    const [before = '', after = ''] = [reply.slice(0, at).at(-1), reply[at + number.length]];
    if (!LETTER_OR_DIGIT.test(before) && !LETTER_OR_DIGIT.test(after)) return true;
  }
  return false;
}

/** The reply as the citizen gets it: of a case that was filed he is told by what number, unless the unit wrote it there itself. */
export function replyWith(
  reply: string,
  { outcome, caseNumber = '', caseFiledBy = '' }: SaidOutcome,
): string {
  if (outcome !== 'caseFiled' || saysNumber(reply, caseNumber.trim())) return reply;
  const by = caseFiledBy.trim() === '' ? '' : `由${caseFiledBy.trim()}`;
  return `${reply.trimEnd()}\n该事项已${by}${OUTCOMES.caseFiled.zh}，案号：${caseNumber.trim()}。`;
}
