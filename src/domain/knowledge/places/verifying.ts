import { fittedWords } from '../task-words.ts';

/** How long what is written of a place is believed (JY-04: ageing checks), and what becomes of it then. In days. */
export const VERIFY = {
  everyDays: 180,
  /** One that came without a day on which somebody looked is believed so long. */
  graceDays: 30,
  /** Asked for so long in vain it is told to the leads. */
  neglectedDays: 30,
  /** In one ticket, as far as they fit into it; the rest is asked for when that is closed. */
  placesMost: 200,
} as const;

/** The ticket: what its unit is to look at, what was asked for before first; how many of them it names. */
export function placesWords(
  places: readonly {
    readonly code: string;
    readonly name: string;
    readonly address: string;
    readonly verifiedOn: string | null;
    readonly times: number;
  }[],
): { readonly title: string; readonly content: string; readonly named: number } {
  const { words: content, lines } = fittedWords(
    [
      `以下场所超过 ${VERIFY.everyDays} 天没有核实，请核对名称、地址、电话和开放时间：属实的点“核实”，有变化的修改，停业的登记停业。`,
      ...places.map(
        ({ code, name, address, verifiedOn, times }) =>
          `${code} ${name}（${address}，${verifiedOn === null ? '从未核实' : `${verifiedOn} 核实`}${
            times === 0 ? '' : `，第 ${times + 1} 次催办`
          }）`,
      ),
    ].join('\n'),
  );
  const named = Math.min(places.length, lines - 1);
  const again = places.slice(0, named).filter(({ times }) => times > 0).length;
  const title = `场所核实：${named} 个场所久未核实${again === 0 ? '' : `，其中 ${again} 个已催过`}`;
  return { title, content, named };
}
