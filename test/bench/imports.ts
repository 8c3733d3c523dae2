import { randomUUID } from 'node:crypto';
import { spreadsheets } from '../../src/adapters/tables/spreadsheet.ts';
import { until } from '../../src/demo/poll.ts';
import { type Benchmark, percentile, rounded } from './benchmark.ts';
import { machineLoad } from './machine-load.ts';
import { filler } from './search-filler.ts';
import { hire } from './staff.ts';
import { Stores } from './stores.ts';

const ROWS = 12_000;
const QUICK_ROWS = 2000;
/** What somebody waits who asks something else meanwhile. */
const ASK_EVERY_MS = 20;
const WITHIN_MS = 300_000;

type Kind = 'entries' | 'places';

interface Brought {
  /** Until the report of its lines was there, until all was written, until all of it was found. */
  readonly readMs: number;
  readonly writtenMs: number;
  readonly foundMs: number;
  readonly bytes: number;
  readonly meanwhileMs: readonly number[];
}

/** Rows of a town's knowledge: an answer of three hundred characters, other ways to ask, the paper it rests on. */
function rowsOf(
  kind: Kind,
  count: number,
  names: readonly string[],
  category: string,
): readonly (readonly string[])[] {
  const lines = [...filler(count, names)];
  if (kind === 'places') {
    return [
      [
        'code',
        'name',
        'also',
        'address',
        'category',
        'keeper',
        'telephone',
        'hours',
        'longitude',
        'latitude',
      ],
      ...lines.map(({ title, also, body }, at) => [
        ...[`b${at}`, [...title].slice(0, 60).join(''), also.join(';'), body, category, 'partner'],
        ...['0513-84512345', '每天 08:00-20:00', String(121 + (at % 1000) / 1000), '32.3'],
      ]),
    ];
  }
  return [
    ['code', 'question', 'asks', 'answer', 'message', 'unit', 'category', 'basis', 'public'],
    ...lines.map(({ title, also, body }, at) => [
      ...[`b${at}`, title, also.join(';'), `${title}。${`${body}带上身份证和材料原件。`.repeat(12)}`],
      ...['请带身份证到窗口办理。', names[at % names.length] ?? '', category, '办法|第2条', '是'],
    ]),
  ];
}

async function bring(stores: Stores, token: string, kind: Kind, count: number): Promise<Brought> {
  const { rows: units } = await stores.db.query<{ name: string }>('select name from units order by code');
  const { rows: categories } = await stores.db.query<{ code: string }>(
    'select code from categories where not internal order by code limit 1',
  );
  const names = units.map(({ name }) => name);
  const file = await spreadsheets.write('表', rowsOf(kind, count, names, categories[0]?.code ?? ''));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({
    ...{ kind, format: 'xlsx', fileName: '表.xlsx', publish: false },
    content: Buffer.from(file).toString('base64'),
  });
  const other = new Bystander(`${stores.apiUrl}/v1/units`, headers);
  try {
    const began = performance.now();
    const answer = await fetch(`${stores.apiUrl}/v1/imports`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body,
    });
    const report = (await answer.json()) as { id: string; good: number };
    const readMs = performance.now() - began;
    if (report.good !== count) throw new Error(`${answer.status}: ${JSON.stringify(report).slice(0, 500)}`);
    const state = async (): Promise<string> => {
      const { rows } = await stores.db.query<{ state: string }>(
        'select state from imports where id = $1::uuid',
        [report.id],
      );
      return rows[0]?.state ?? '';
    };
    await until('the import', WITHIN_MS, async () =>
      ['done', 'failed'].includes(await state()) ? true : null,
    );
    if ((await state()) !== 'done') throw new Error('the import failed');
    const writtenMs = performance.now() - began;
    await until('the index', WITHIN_MS, async () => {
      const { rows } = await stores.db.query<{ left: boolean }>(
        'select exists (select from search_changes) as left',
      );
      return rows[0]?.left === false ? true : null;
    });
    const foundMs = performance.now() - began;
    return { readMs, writtenMs, foundMs, bytes: file.length, meanwhileMs: await other.tookMs() };
  } finally {
    await other.tookMs();
  }
}

/** Asks something else again and again, until it is asked how long that took. */
class Bystander {
  readonly #took: number[] = [];
  readonly #asking: Promise<void>;
  #goesOn = true;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.#asking = this.#ask(url, headers);
  }

  async #ask(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
    while (this.#goesOn) {
      const began = performance.now();
      await (await fetch(url, { headers })).arrayBuffer();
      this.#took.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }

  async tookMs(): Promise<readonly number[]> {
    this.#goesOn = false;
    await this.#asking;
    return this.#took;
  }
}

export const imports: Benchmark = {
  name: 'imports',
  work: `POST /v1/imports: ${ROWS} entries, then ${ROWS} places as xlsx, read, written and found (--quick: ${QUICK_ROWS})`,
  beside: 'the goal; and what somebody waits who asks the same API something else meanwhile',
  goal: 'entries_s <= 60, places_s <= 60, meanwhile_max_ms <= 500',
  async run({ quick, say }) {
    const count = quick ? QUICK_ROWS : ROWS;
    const stores = await Stores.open(say);
    try {
      const [clerk] = await hire(stores.databaseUrl, 2001, 1);
      await stores.db.query(`update accounts set roles = '{operator}' where id = $1`, [clerk?.id]);
      await stores.role('api');
      await stores.role('worker');
      const token = clerk?.token ?? '';
      await until('the API', 60_000, () =>
        fetch(`${stores.apiUrl}/v1/units`, { headers: { authorization: `Bearer ${token}` } })
          .then(({ ok }) => (ok ? true : null))
          .catch(() => null),
      );
      const entries = await bring(stores, token, 'entries', count);
      const places = await bring(stores, token, 'places', count);
      const meanwhile = [...entries.meanwhileMs, ...places.meanwhileMs];
      return {
        rows: count,
        entries_s: rounded(entries.writtenMs / 1000),
        entries_read_s: rounded(entries.readMs / 1000),
        entries_found_s: rounded(entries.foundMs / 1000),
        entries_mb: rounded(entries.bytes / 2 ** 20),
        places_s: rounded(places.writtenMs / 1000),
        places_read_s: rounded(places.readMs / 1000),
        places_found_s: rounded(places.foundMs / 1000),
        meanwhile_p50_ms: rounded(percentile(meanwhile, 0.5)),
        meanwhile_p99_ms: rounded(percentile(meanwhile, 0.99)),
        meanwhile_max_ms: rounded(percentile(meanwhile, 1)),
        load: machineLoad(),
      };
    } finally {
      await stores.close();
    }
  },
};
