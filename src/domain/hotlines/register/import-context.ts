import { type Protected, protectionOf } from './protected.ts';

/** What a register file is read against. What is left out is not checked. */
export interface ImportContext {
  readonly areaCode: string;
  readonly mainNumber: string;
  readonly generalQueue: string;
  readonly listed: readonly Protected[];
  readonly units?: readonly { readonly code: string; readonly name: string }[];
  readonly queues?: readonly string[];
}
/** The same, so that a row finds its unit and its protection without looking at all of them. */
export interface RowContext extends ImportContext {
  readonly protection: ReturnType<typeof protectionOf>;
  readonly unitByCode: ReadonlyMap<string, Named>;
  readonly unitByName: ReadonlyMap<string, Named>;
}
interface Named {
  readonly code: string;
  readonly name: string;
}

export function rowContext(context: ImportContext): RowContext {
  const { listed, areaCode, units = [] } = context;
  // The first of several wins, as where one looks from the top.
  const firsts = [...units].reverse();
  return {
    ...context,
    protection: protectionOf(listed, areaCode),
    unitByCode: new Map(firsts.map((unit) => [unit.code, unit])),
    unitByName: new Map(firsts.map((unit) => [unit.name, unit])),
  };
}
