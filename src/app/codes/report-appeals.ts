import { type CodeListId, type CodeTerm, isOutside, kindOf } from '../../domain/codes/code-list.ts';
import { type CodeTally, rolledUp, talliedOutside, tally } from '../../domain/codes/tally.ts';
import { TICKET_TYPES, type TicketType } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { AppealsAsked, CodedFigures } from '../ports/coded-figures.ts';
import type { CodeBook } from '../ports/codes.ts';
import type { ConvenienceBook } from '../ports/convenience.ts';

export interface AppealReport {
  readonly list: CodeListId;
  readonly edition: number;
  readonly types: readonly { readonly type: TicketType; readonly tickets: number; readonly onSpot: number }[];
  /** Each appeal once, whatever it bears. */
  readonly appeals: number;
  /** 便民服务 (JY-05): counted by itself, whatever lies under these categories; `rows` say how much of each it is. */
  readonly convenience: {
    readonly tickets: number;
    readonly onSpot: number;
    readonly categories: readonly string[];
  };
  readonly rows: readonly (CodeTally & { readonly name: string })[];
}

/**
 * Appeals by the codes of one list as it is today, as it was or will be in another edition, or as the province has it,
 * whichever code each of them bears. Nothing is lost on the way: what cannot be told apart, or has no place there, stands by
 * itself. Refuses with `codes.editionUnknown`.
 */
export function reportAppeals(deps: {
  readonly codes: CodeBook;
  readonly codedFigures: CodedFigures;
  readonly convenience: ConvenienceBook;
}) {
  const { codes, codedFigures, convenience } = deps;
  return async (
    asked: Omit<AppealsAsked, 'by'> & {
      readonly list: CodeListId;
      /** null: the one in force. */
      readonly edition: number | null;
      /** `top`: rolled up; `all`: each code by itself; else what lies directly under this code. */
      readonly level: 'top' | 'all' | { readonly under: string };
    },
  ): Promise<AppealReport> => {
    const { list, edition, level, ...filter } = asked;
    const kind = kindOf(list);
    if (kind === 'area') throw new AppError('codes.editionUnknown', { list });
    const [types, counts, said, history, standing] = await Promise.all([
      codedFigures.byType(filter),
      codedFigures.byCode({ ...filter, by: kind }),
      convenience.read(),
      codes.history(kind),
      codes.editions(list),
    ]);
    const today = history.at(-1)?.number ?? 0;
    const number = edition ?? standing.find(({ state }) => state === 'inForce')?.number;
    const shown = standing.find((one) => one.number === number && one.inForceAt !== null);
    if (number === undefined || shown === undefined)
      throw new AppError('codes.editionUnknown', { list, number: edition });
    const terms = await termsOf(codes, list, number, shown.state === 'inForce');
    const ours = tally(counts, isOutside(list) ? today : number, history);
    const rows = isOutside(list)
      ? talliedOutside(
          ours,
          (await codes.content(list, number)).mapping,
          parentsOf(await codes.present(kind)),
        )
      : ours;
    const parents = parentsOf(terms);
    // The fixed types stand above the sub-types, and are told by themselves.
    const flat = level === 'all' || kind === 'type';
    const leveled = flat ? rows : rolledUp(rows, parents, level === 'top' ? null : level.under);
    const names = new Map(terms.map(({ code, name }) => [code, name]));
    const appeals = types.filter(({ isConvenience }) => !isConvenience);
    const services = types.filter(({ isConvenience }) => isConvenience);
    const byType = new Map(
      appeals.map(({ type, tickets, onSpot }) => [type, { type, tickets, onSpot }] as const),
    );
    return {
      list,
      edition: number,
      types: TICKET_TYPES.map((type) => byType.get(type) ?? { type, tickets: 0, onSpot: 0 }),
      appeals: appeals.reduce((sum, { tickets, onSpot }) => sum + tickets + onSpot, 0),
      convenience: {
        tickets: services.reduce((sum, one) => sum + one.tickets, 0),
        onSpot: services.reduce((sum, one) => sum + one.onSpot, 0),
        categories: said.codes,
      },
      rows: leveled.map((row) => ({ ...row, name: nameOf(row, names) })),
    };
  };
}

async function termsOf(
  codes: CodeBook,
  list: CodeListId,
  number: number,
  inForce: boolean,
): Promise<readonly CodeTerm[]> {
  return inForce ? codes.present(list) : (await codes.content(list, number)).terms;
}

const parentsOf = (terms: readonly CodeTerm[]): ReadonlyMap<string, string | null> =>
  new Map(terms.map(({ code, parentCode }) => [code, parentCode]));

function nameOf({ code, among, without }: CodeTally, names: ReadonlyMap<string, string>): string {
  if (code === 'uncategorised') return '未分类';
  if (code !== null) return names.get(code) ?? code;
  if (among.length > 0) return `合并前无从分辨：${among.map((one) => names.get(one) ?? one).join('、')}`;
  return `无对应：${without.join('、')}`;
}
