import { momentsOf } from '../../src/app/calls/local-moments.ts';
import type { Configuration, Line } from '../../src/domain/hotlines/configuration.ts';
import { localDate } from '../../src/domain/hotlines/local-date.ts';
import { normaliseNumber } from '../../src/domain/hotlines/number.ts';
import { planCall } from '../../src/domain/hotlines/plan-call.ts';
import { USUAL_QUEUE } from '../../src/domain/hotlines/queue.ts';
import { type CarrierCall, recognise } from '../../src/domain/hotlines/recognise.ts';
import { parseCsv } from '../../src/domain/hotlines/register/csv.ts';
import { isInForce } from '../../src/domain/hotlines/register/period.ts';
import { exportLines, importLines } from '../../src/domain/hotlines/register/register-file.ts';
import { DEFAULT_TRUNK } from '../../src/domain/hotlines/trunk.ts';
import { configurationOf, type RuleLine } from '../../src/domain/hotlines/versions/rule-set.ts';
import { type Benchmark, inTurn, median, percentile, rounded, seeded } from './benchmark.ts';

const NUMBERS = 10_000;
const AREA = '0513';
const NOW = Date.UTC(2026, 10, 23, 2);
const MODES = ['FORWARD', 'TRANSITION', 'DEDICATED', 'FORWARD', 'FORWARD'] as const;

const municipality = {
  name: '如东县',
  areaCode: AREA,
  timeZone: 'Asia/Shanghai',
  mainNumber: '12345',
  generalQueue: 'general',
};

/** Ten thousand numbers with their periods: what a province would have, not a county. */
function lines(): RuleLine[] {
  return Array.from({ length: NUMBERS }, (_, nth): RuleLine => {
    const mode = nth === 0 ? 'MAIN' : (MODES[nth % MODES.length] ?? 'FORWARD');
    const number = nth === 0 ? '12345' : `${AREA}${80_000_000 + nth * 977}`;
    return {
      number,
      name: `热线 ${nth}`,
      unitCode: `unit-${nth % 300}`,
      unitName: `单位 ${nth % 300}`,
      mode,
      validFrom: '2026-10-28',
      validTo: mode === 'TRANSITION' ? '2027-01-28' : null,
      queue: mode === 'DEDICATED' ? `desk-${nth % 60}` : 'general',
      unitNumber: null,
      trunk: null,
      greeting: null,
      menu: null,
      skills: null,
      basis: '函',
      area: '',
      afterEnd: 'connect',
      hours: null,
      centreAddress: null,
    };
  });
}

/** As carriers write: a third dial the number itself, in some spelling; the others were forwarded to 12345. */
function calls(register: readonly RuleLine[], count: number): CarrierCall[] {
  const random = seeded(11);
  const some = (): string => register[1 + Math.floor(random() * (register.length - 1))]?.number ?? '';
  const spelt = (number: string): string =>
    [number, number.slice(AREA.length), `+86${number.slice(1)}`, `0086${number.slice(1)}`][
      Math.floor(random() * 4)
    ] ?? number;
  const entry = (number: string): string =>
    `"Office" <sip:${spelt(number)}@10.0.0.1;user=phone>;reason=unconditional;counter=1`;
  return Array.from({ length: count }, (): CarrierCall => {
    const kind = random();
    const headers = { to: '<sip:12345@centre>', diversion: [] as string[], historyInfo: [] as string[] };
    if (kind < 0.33) return { dialled: spelt(some()), callerNumber: '13800138000', headers };
    const chain = Array.from({ length: 1 + Math.floor(random() * 3) }, some).map(entry);
    if (kind < 0.8) headers.diversion = chain;
    else headers.historyInfo = chain.map((one, at) => `${one};index=1${'.1'.repeat(at)}`);
    return { dialled: '12345', callerNumber: '13800138000', headers };
  });
}

/** What one would write first: the register from top to bottom for every number that a header names. */
function naiveLine(all: readonly Line[], call: CarrierCall, day: string): Line | null {
  const find = (raw: string): Line | null => {
    const wanted = normaliseNumber(raw, AREA);
    return all.find((line) => normaliseNumber(line.number, AREA) === wanted && isInForce(line, day)) ?? null;
  };
  const users = (headers: readonly string[]): string[] =>
    headers.flatMap((header) => /sips?:([^@;]+)/.exec(header)?.[1] ?? []);
  const dialled = find(call.dialled);
  if (dialled !== null && dialled.mode !== 'MAIN') return dialled;
  const diverted = users(call.headers.diversion).flatMap((user) => find(user) ?? []);
  const told = users(call.headers.historyInfo).flatMap((user) => find(user) ?? []);
  return diverted.at(-1) ?? told[0] ?? dialled;
}

function timed<T>(each: readonly T[], work: (one: T) => void): readonly number[] {
  return each.map((one) => {
    const began = process.hrtime.bigint();
    work(one);
    return Number(process.hrtime.bigint() - began) / 1e3;
  });
}

export const register: Benchmark = {
  name: 'register',
  work: `recognise and plan a call among ${NUMBERS} numbers; import as many rows of CSV through the domain`,
  beside: 'a scan of the register for each call; splitting the same CSV into cells, and nothing more',
  goal: 'ratio_p50 >= 100, mismatches 0, call_p99_us <= 1000, import_ms <= 2000',
  async run({ quick, say }) {
    const rules = lines();
    const queues = ['general', ...Array.from({ length: 60 }, (_, nth) => `desk-${nth}`)].map((code) => ({
      ...USUAL_QUEUE,
      code,
      name: code,
    }));
    const fresh = (): Configuration =>
      configurationOf(
        { municipality, lines: rules, queues, menus: [], trunks: [DEFAULT_TRUNK] },
        { version: 1, publishedAt: '' },
        [],
      );
    const configuration = fresh();
    const all = calls(rules, quick ? 20_000 : 100_000);
    const few = all.slice(0, quick ? 60 : 200);
    const day = localDate(NOW, municipality.timeZone);
    const mismatches = few.filter(
      (call) =>
        recognise(configuration, call, day).line?.number !==
        naiveLine(configuration.lines, call, day)?.number,
    ).length;
    const csv = exportLines(rules);
    const context = {
      areaCode: AREA,
      mainNumber: '12345',
      generalQueue: 'general',
      listed: [],
      units: Array.from({ length: 300 }, (_, nth) => ({ code: `unit-${nth}`, name: `单位 ${nth}` })),
      queues: queues.map(({ code }) => code),
    };
    let refused = 0;
    const taken = await inTurn<readonly number[]>(
      [
        {
          name: 'product',
          round: () => timed(all, (call) => planCall(configuration, call, momentsOf(configuration)(NOW))),
        },
        { name: 'recognise', round: () => timed(all, (call) => recognise(configuration, call, day)) },
        { name: 'naive', round: () => timed(few, (call) => naiveLine(configuration.lines, call, day)) },
        {
          // The first call of a version that was just published pays for its index.
          name: 'index',
          round: () => {
            const next = fresh();
            return timed(few.slice(0, 1), (call) => recognise(next, call, day));
          },
        },
        {
          name: 'import',
          round: () =>
            timed([csv], (text) => {
              refused = importLines(text, context).refused.length;
            }),
        },
        { name: 'split', round: () => timed([csv], (text) => parseCsv(text)) },
      ],
      quick ? 3 : 5,
      say,
    );
    const us = (name: string, share: number): number =>
      median((taken.get(name) ?? []).map((round) => percentile(round, share)));
    return {
      numbers: NUMBERS,
      calls: all.length,
      mismatches,
      call_p50_us: rounded(us('product', 0.5)),
      call_p99_us: rounded(us('product', 0.99)),
      recognise_p50_us: rounded(us('recognise', 0.5)),
      recognise_p99_us: rounded(us('recognise', 0.99)),
      naive_p50_us: rounded(us('naive', 0.5)),
      ratio_p50: rounded(us('naive', 0.5) / us('product', 0.5)),
      first_call_of_version_ms: rounded(us('index', 0.5) / 1e3),
      import_ms: rounded(us('import', 0.5) / 1e3),
      import_refused: refused,
      split_ms: rounded(us('split', 0.5) / 1e3),
      ratio_import: rounded(us('import', 0.5) / us('split', 0.5)),
    };
  },
};
