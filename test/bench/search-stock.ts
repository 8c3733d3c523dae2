import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chineseLanguage } from '../../src/adapters/language/chinese.ts';
import { calendarBooks } from '../../src/adapters/pg/calendar.ts';
import type { PgDatabase } from '../../src/adapters/pg/database.ts';
import { searchIndexBooks } from '../../src/adapters/pg/search-index.ts';
import { quotedToken } from '../../src/adapters/pg/token-text.ts';
import { indexChanges } from '../../src/app/knowledge/search/index-changes.ts';
import { fieldTokens, wordsIn } from '../../src/domain/knowledge/search/tokens.ts';
import { filler } from './search-filler.ts';

export interface Question {
  readonly words: string;
  /** Codes of entries and places, any of which answers. */
  readonly answers: readonly string[];
}

/** From dist/bench/test/bench. */
const QUESTIONS = resolve(import.meta.dirname, '../../../../test/bench/questions');
const BATCH = 5000;
const HAN_WORD = /^\p{Script=Han}{2,8}$/u;

export function questionsOf(name: 'tuned' | 'held-back'): readonly Question[] {
  const [, ...lines] = readFileSync(resolve(QUESTIONS, `${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [words = '', answers = ''] = line.split(',');
    return { words, answers: answers.split('/') };
  });
}

const language = chineseLanguage();

/** The sample's own entries and places, by the product's own way. */
export async function indexSample(db: PgDatabase): Promise<void> {
  const searchIndex = searchIndexBooks(db);
  const index = indexChanges({
    database: db,
    searchIndex,
    calendar: calendarBooks(db),
    language,
    now: Date.now,
  });
  while ((await index()) > 0);
  await db.query(
    'create table bench_texts (ref uuid not null, words text not null, plain tsvector not null)',
  );
  await db.query(`
    insert into bench_texts (ref, words, plain)
    select e.id, v.question || ' ' || array_to_string(v.other_ways, ' ') || ' ' || v.answer, ''::tsvector
    from knowledge_entries e join knowledge_versions v on v.entry_id = e.id
    union all
    select id, name || ' ' || array_to_string(also, ' ') || ' ' || address, ''::tsvector from places`);
}

/**
 * Up to so many rows with what answers nothing. Tokens are made by the product; they are written in bulk and the index
 * over them is made afterwards, as nobody waits for it here.
 */
export async function fillTo(db: PgDatabase, rows: number, say: (text: string) => void): Promise<void> {
  const { rows: there } = await db.query<{ n: number }>('select count(*)::int as n from search_documents');
  const from = there[0]?.n ?? 0;
  const { rows: units } = await db.query<{ name: string }>('select name from units order by code');
  await db.query('drop index search_documents_by_token');
  const counts = new Map<string, number>();
  const words = new Set<string>();
  let batch: { kind: string; ref: string; title: string; tokens: string; text: string }[] = [];
  const flush = async (): Promise<void> => {
    const column = <K extends keyof (typeof batch)[number]>(name: K) => batch.map((row) => row[name]);
    await db.query(
      `insert into search_documents (kind, ref, title, version, areas, lines, is_public, tokens)
       select k, r, t, 1, '{}', '{}', true, v::tsvector
       from unnest($1::text[], $2::uuid[], $3::text[], $4::text[]) u(k, r, t, v)`,
      [column('kind'), column('ref'), column('title'), column('tokens')],
    );
    await db.query(
      `insert into bench_texts (ref, words, plain) select r, t, ''::tsvector from unnest($1::uuid[], $2::text[]) u(r, t)`,
      [column('ref'), column('text')],
    );
    batch = [];
  };
  for (const { kind, title, also, body } of filler(
    rows - from,
    units.map(({ name }) => name),
  )) {
    const { head, alias, body: rest } = fieldTokens({ head: title, aliases: also, body: [body] }, language);
    for (const token of [...head, ...alias, ...rest]) counts.set(token, (counts.get(token) ?? 0) + 1);
    for (const word of wordsIn(title, language)) words.add(word);
    const weighed = (tokens: readonly string[], weight: string) =>
      tokens.map((token) => `${quotedToken(token)}:1${weight}`);
    const tokens = [...weighed(head, 'A'), ...weighed(alias, 'B'), ...weighed(rest, 'C')].join(' ');
    batch.push({ kind, ref: randomUUID(), title, tokens, text: [title, ...also, body].join(' ') });
    if (batch.length === BATCH) await flush();
  }
  await flush();
  say(`  ${rows} rows, ${counts.size} terms`);
  const terms = [...counts].map(([token, documents]) => ({
    token,
    documents,
    sound: words.has(token) && HAN_WORD.test(token) ? language.syllables(token).join(' ') : null,
  }));
  for (let at = 0; at < terms.length; at += 20_000) {
    await db.query(
      `insert into search_terms (token, documents, sound, revision)
       select token, documents, sound, nextval('search_revision')
       from jsonb_to_recordset($1::jsonb) r(token text, documents integer, sound text)
       on conflict (token) do update set documents = search_terms.documents + excluded.documents, revision = excluded.revision`,
      [JSON.stringify(terms.slice(at, at + 20_000))],
    );
  }
  await db.query('update search_state set documents = $1', [rows]);
  await db.query(`set maintenance_work_mem = '512MB'`);
  await db.query(
    'create index search_documents_by_token on search_documents using gin (tokens) with (fastupdate = off)',
  );
  await db.query('vacuum analyze search_documents');
}

/** The peer's own way: words as we cut them (PostgreSQL cannot), its `simple` configuration, its ranking. */
export async function indexPlain(db: PgDatabase): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ ref: string; words: string }>(
      `select ref, words from bench_texts where plain = ''::tsvector limit ${BATCH}`,
    );
    if (rows.length === 0) break;
    await db.query(
      `update bench_texts t set plain = to_tsvector('simple', u.cut) from unnest($1::uuid[], $2::text[]) u(ref, cut)
       where t.ref = u.ref`,
      [rows.map(({ ref }) => ref), rows.map(({ words }) => [...cutWords(words), '。'].join(' '))],
    );
  }
  await db.query('create index if not exists bench_texts_plain on bench_texts using gin (plain)');
  await db.query('vacuum analyze bench_texts');
}

export const cutWords = (text: string): readonly string[] =>
  language.cut(text).filter((word) => /[\p{L}\p{N}]/u.test(word));
