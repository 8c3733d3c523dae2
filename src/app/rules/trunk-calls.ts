import { localDate } from '../../domain/hotlines/local-date.ts';
import { numberIndex } from '../../domain/hotlines/number-index.ts';
import { type Reading, readings, recognise } from '../../domain/hotlines/recognise.ts';
import type { TrunkProfile } from '../../domain/hotlines/trunk.ts';
import { AppError } from '../errors.ts';
import type { PageAsked } from '../ports/page.ts';
import type { TrunkBooks, TrunkCall } from '../ports/trunks.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';
import { configurationAs } from './try-rules.ts';

type Deps = Pick<RuleDeps, 'rules' | 'agents' | 'calendar'> & { readonly trunks: TrunkBooks };

export interface TrunkSeen {
  readonly code: string;
  /** Null: calls came over it, and the published rules do not name it; nothing it writes is believed. */
  readonly profile: TrunkProfile | null;
  readonly lastCallMs: number | null;
}

/** The trunks of the published rules, and those that brought calls without being named there. */
export function listTrunks({ rules, trunks }: Pick<Deps, 'rules' | 'trunks'>) {
  return async (): Promise<readonly TrunkSeen[]> => {
    const published = await versionBy({ rules }, 'published');
    const seen = new Map((await trunks.seen()).map(({ code, lastCallMs }) => [code, lastCallMs]));
    const named = published.rules.trunks;
    const strangers = [...seen.keys()].filter((code) => !named.some((trunk) => trunk.code === code));
    return [
      ...named.map((profile) => ({
        code: profile.code,
        profile,
        lastCallMs: seen.get(profile.code) ?? null,
      })),
      ...strangers.map((code) => ({ code, profile: null, lastCallMs: seen.get(code) ?? null })),
    ];
  };
}

export interface TrunkCallRead {
  readonly call: TrunkCall;
  /** What the published rules make of it, by the code that recognises calls. */
  readonly now: { readonly line: string | null; readonly method: string; readonly confidence: string };
  readonly methods: readonly (Reading & { readonly asked: boolean })[];
}
export interface TrunkCalls {
  readonly calls: readonly TrunkCallRead[];
  /** Whether a number is one of ours: shown as it stands. */
  readonly isPublic: (number: string | null) => boolean;
  readonly areaCode: string;
  readonly next: string | null;
}

/** A trunk's last calls: what the carrier wrote, what was made of it, and what each method says. Codes: trunk.unknown, page.invalid. */
export function trunkCalls(deps: Deps) {
  return async (code: string, page: PageAsked): Promise<TrunkCalls> => {
    const configuration = await configurationAs(deps, await versionBy(deps, 'published'));
    const { rows: calls, next } = await deps.trunks.callsOf(code, page);
    const index = numberIndex(configuration);
    const known = index.trunks.get(code);
    if (known === undefined && calls.length === 0 && page.after === undefined)
      throw new AppError('trunk.unknown', { trunk: code });
    const { areaCode, timeZone } = configuration.municipality;
    return {
      next,
      areaCode,
      isPublic: (number) => number !== null && (index.lines.has(number) || known?.dids.has(number) === true),
      calls: calls.map((call) => {
        const day = localDate(call.atMs, timeZone);
        const { line, method, confidence } = recognise(configuration, call, day);
        return {
          call,
          now: { line: line?.number ?? null, method, confidence },
          methods: readings(configuration, call, day),
        };
      }),
    };
  };
}
