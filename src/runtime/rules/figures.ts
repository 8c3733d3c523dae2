import { Misuse } from '../setback.ts';
import type { Command, Job } from './command.ts';
import { daysOf } from './options.ts';

/** What the API answers, as far as a terminal shows it. */
interface Figure {
  readonly zh: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
  readonly unit: string;
  readonly formula: { readonly zh: string };
}
interface Period {
  readonly counts: { readonly arrived: number; readonly answered: number };
  readonly figures: readonly Figure[];
  readonly reportedByUnit: { readonly calls: number; readonly answered: number };
}
interface Line {
  readonly number: string | null;
  readonly name: string | null;
  readonly before: Period | null;
  readonly after: Period;
}
interface Span {
  readonly from: string;
  readonly to: string;
}
interface Periods {
  readonly periods: { readonly before: Span | null; readonly after: Span };
}

const shown = ({ value, unit }: Figure): string => (value === null ? '—' : `${value}${unit}`);

function callsText({ counts, reportedByUnit }: Period): string {
  const reported = reportedByUnit.calls === 0 ? '' : `，单位上报 ${reportedByUnit.calls}`;
  return `${counts.arrived} 个来电，接通 ${counts.answered}${reported}`;
}

/** One line in full: each figure with what it was made of, and how. */
function lineText({ number, name, before, after, periods }: Line & Periods): string {
  const spanText = ({ from, to }: Span): string => `${from} 至 ${to}`;
  const head = (span: Span | null, period: Period | null): readonly string[] =>
    span === null || period === null ? [] : [`  ${spanText(span)}：${callsText(period)}`];
  return [
    `${number ?? '未识别'}  ${name ?? ''}`,
    ...head(periods.before, before),
    ...head(periods.after, after),
    ...after.figures.map((figure, index) => {
      const old = before?.figures[index];
      const was = old === undefined ? '' : `${shown(old)}（${old.numerator}/${old.denominator}） -> `;
      return `  ${figure.zh} ${was}${shown(figure)}（${figure.numerator}/${figure.denominator}）  = ${figure.formula.zh}`;
    }),
  ].join('\n');
}

/** All lines, one a row. */
function linesText({ lines, total, periods }: { lines: readonly Line[]; total: Line } & Periods): string {
  const row = (title: string, { before, after }: Line): string => {
    const figures = after.figures.map((figure, index) => {
      const old = before?.figures[index];
      return `${figure.zh} ${old === undefined ? '' : `${shown(old)} -> `}${shown(figure)}`;
    });
    return [title, callsText(after), ...figures].join('  ');
  };
  const { from, to } = periods.after;
  return [
    `${from} 至 ${to}${periods.before === null ? '' : `，对比 ${periods.before.from} 至 ${periods.before.to}`}`,
    ...lines.map((line) => row(`${line.number ?? '未识别'} ${line.name ?? ''}`, line)),
    row('合计 total', total),
  ].join('\n');
}

function queryOf({ options }: Job): string {
  const { from, to, at } = options;
  if (at !== undefined) return `splitOn=${encodeURIComponent(at)}&days=${daysOf(options)}`;
  if (from !== undefined && to !== undefined) {
    return `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
  }
  throw new Misuse(
    'rules.period',
    'The days to count are missing.',
    'Give --from DAY --to DAY, or --at DAY --days N for as many days before it as after.',
  );
}

export const FIGURE_COMMANDS: readonly Command[] = [
  {
    name: 'figures',
    words: '[NUMBER]',
    does: {
      zh: '各号码或一个号码的统计，附公式；--at 比较某日前后',
      en: 'figures of all lines, or of one with the formulas; --at compares before and after a day',
    },
    options: ['from', 'to', 'at', 'days'],
    example: 'figures 12328 --at 2020-07-29 --days 30',
    async run(job) {
      const [number] = job.rest;
      const query = queryOf(job);
      if (number !== undefined) {
        const path = `/reports/lines/${encodeURIComponent(number)}?${query}`;
        job.print(lineText(await job.counter.read<Line & Periods>(path)));
        return 0;
      }
      const all = await job.counter.read<{ lines: readonly Line[]; total: Line } & Periods>(
        `/reports/lines?${query}&used=true`,
      );
      job.print(linesText(all));
      return 0;
    },
  },
];
