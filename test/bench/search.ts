import { Agent, request } from 'node:http';
import type { PgDatabase } from '../../src/adapters/pg/database.ts';
import { until } from '../../src/demo/poll.ts';
import { type Benchmark, median, percentile, rounded } from './benchmark.ts';
import { machineLoad } from './machine-load.ts';
import { cutWords, fillTo, indexPlain, indexSample, type Question, questionsOf } from './search-stock.ts';
import { hire } from './staff.ts';
import { Stores } from './stores.ts';

const FEW = 12_000;
const MANY = 1_000_000;
const ROUNDS = 3;
/** `ILIKE` over a million rows takes seconds a question. */
const SLOW_QUESTIONS = 20;

type Ask = (words: string) => Promise<readonly string[]>;

interface Asked {
  readonly found: number;
  readonly tookMs: readonly number[];
}

/** The product as an agent has it: over HTTP, signed in. */
function product(apiUrl: string, token: string, typing: boolean): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(apiUrl);
  return (words) =>
    new Promise((resolve, reject) => {
      const path = `/v1/knowledge/search?limit=5&typing=${typing}&words=${encodeURIComponent(words)}`;
      const headers = { authorization: `Bearer ${token}` };
      const asked = request({ agent, host: hostname, port, path, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        response.on('end', () => {
          if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} ${body}`));
          resolve((JSON.parse(body) as { hits: { id: string }[] }).hits.map(({ id }) => id));
        });
      });
      asked.on('error', reject);
      asked.end();
    });
}

/** Words as we cut them: each that stands in the row counts once. */
const ilike =
  (db: PgDatabase): Ask =>
  async (words) => {
    const cut = [...new Set(cutWords(words))].filter((word) => word.length > 1).slice(0, 12);
    if (cut.length === 0) return [];
    const any = cut.map((_, at) => `words ilike '%' || $${at + 1} || '%'`);
    const { rows } = await db.query<{ ref: string }>(
      `select ref from bench_texts where ${any.join(' or ')}
       order by ${any.map((one) => `(${one})::int`).join(' + ')} desc limit 5`,
      cut,
    );
    return rows.map(({ ref }) => ref);
  };

const fullText =
  (db: PgDatabase): Ask =>
  async (words) => {
    const cut = [...new Set(cutWords(words))].map((word) => `'${word.replaceAll("'", "''")}'`).join(' | ');
    const { rows } = await db.query<{ ref: string }>(
      `select ref from bench_texts where plain @@ to_tsquery('simple', $1)
       order by ts_rank(plain, to_tsquery('simple', $1)) desc limit 5`,
      [cut],
    );
    return rows.map(({ ref }) => ref);
  };

async function ask(
  how: Ask,
  questions: readonly Question[],
  codes: ReadonlyMap<string, string>,
): Promise<Asked> {
  const tookMs: number[] = [];
  let found = 0;
  for (const { words, answers } of questions) {
    const began = performance.now();
    const refs = await how(words);
    tookMs.push(performance.now() - began);
    if (refs.some((ref) => answers.includes(codes.get(ref) ?? ''))) found += 1;
  }
  return { found, tookMs };
}

/** What an agent sees while he types: the question cut off behind each of its first characters. */
const halfTyped = (questions: readonly Question[]): readonly Question[] =>
  questions.map(({ words, answers }, at) => ({ words: [...words].slice(0, (at % 4) + 1).join(''), answers }));

export const search: Benchmark = {
  name: 'search',
  work: 'GET /v1/knowledge/search with questions in citizens’ words over 12,000 entries and places, then 1,000,000',
  beside:
    'PostgreSQL ILIKE and full text `simple` over the same rows, both with the words as the product cuts them',
  goal: 'p99_ms_12k <= 30, p99_ms_1m <= 150, recall_at_5 >= 0.9 and above ilike_recall_at_5 and fts_recall_at_5',
  async run({ quick, say }) {
    const stores = await Stores.open(say);
    try {
      await indexSample(stores.db);
      const [clerk] = await hire(stores.databaseUrl, 2001, 1);
      const { rows } = await stores.db.query<{ id: string; code: string }>(
        'select id, origin_ref as code from knowledge_entries union all select id, code from places',
      );
      const codes = new Map(rows.map(({ id, code }) => [id, code]));
      const held = questionsOf('held-back');
      const tuned = questionsOf('tuned');
      await fillTo(stores.db, FEW, say);
      await indexPlain(stores.db);
      await stores.role('api');
      const token = clerk?.token ?? '';
      const whole = product(stores.apiUrl, token, false);
      const typing = product(stores.apiUrl, token, true);
      await until('the API', 60_000, () =>
        whole('社保卡')
          .then(() => true)
          .catch(() => null),
      );
      await ask(whole, tuned, codes);

      const share = ({ found }: Asked, of: readonly Question[]): number => rounded(found / of.length);
      const rounds = quick ? 1 : ROUNDS;
      const tookFew: number[] = [];
      const tookTyping: number[] = [];
      const recalls = { held: 0, tuned: 0, ilike: 0, fts: 0, ilikeMs: 0, ftsMs: 0 };
      for (let round = 0; round < rounds; round += 1) {
        const ofHeld = await ask(whole, held, codes);
        const ofTuned = await ask(whole, tuned, codes);
        const half = await ask(typing, halfTyped(held), codes);
        const byIlike = await ask(ilike(stores.db), held, codes);
        const byText = await ask(fullText(stores.db), held, codes);
        tookFew.push(...ofHeld.tookMs, ...ofTuned.tookMs);
        tookTyping.push(...half.tookMs);
        recalls.held = share(ofHeld, held);
        recalls.tuned = share(ofTuned, tuned);
        recalls.ilike = share(byIlike, held);
        recalls.fts = share(byText, held);
        recalls.ilikeMs = rounded(median(byIlike.tookMs));
        recalls.ftsMs = rounded(median(byText.tookMs));
        say(
          `  round ${round + 1}: held back ${recalls.held}, tuned ${recalls.tuned}, ilike ${recalls.ilike}, fts ${recalls.fts}`,
        );
      }
      const few = {
        questions: held.length + tuned.length,
        recall_at_5: recalls.held,
        recall_at_5_tuned: recalls.tuned,
        ilike_recall_at_5: recalls.ilike,
        fts_recall_at_5: recalls.fts,
        p50_ms_12k: rounded(percentile(tookFew, 0.5)),
        p99_ms_12k: rounded(percentile(tookFew, 0.99)),
        typing_p99_ms_12k: rounded(percentile(tookTyping, 0.99)),
        ilike_p50_ms_12k: recalls.ilikeMs,
        fts_p50_ms_12k: recalls.ftsMs,
      };
      if (quick) return { ...few, load: machineLoad() };

      await fillTo(stores.db, MANY, say);
      // The API reads what changed, once.
      await until('the million', 120_000, () =>
        whole('社保卡')
          .then(() => true)
          .catch(() => null),
      );
      await ask(whole, tuned, codes);
      const tookMany: number[] = [];
      let recallMany = 0;
      let halfMany: readonly number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const ofHeld = await ask(whole, held, codes);
        tookMany.push(...ofHeld.tookMs, ...(await ask(whole, tuned, codes)).tookMs);
        halfMany = (await ask(typing, halfTyped(held), codes)).tookMs;
        recallMany = share(ofHeld, held);
      }
      const slow = await ask(ilike(stores.db), held.slice(0, SLOW_QUESTIONS), codes);
      return {
        ...few,
        recall_at_5_1m: recallMany,
        p50_ms_1m: rounded(percentile(tookMany, 0.5)),
        p99_ms_1m: rounded(percentile(tookMany, 0.99)),
        typing_p99_ms_1m: rounded(percentile(halfMany, 0.99)),
        ilike_p50_ms_1m: rounded(median(slow.tookMs)),
        load: machineLoad(),
      };
    } finally {
      await stores.close();
    }
  },
};
