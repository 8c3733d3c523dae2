import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Language } from '../../../src/domain/knowledge/search/language.ts';
import { normalise } from '../../../src/domain/knowledge/search/normalise.ts';
import { candidatePlan } from '../../../src/domain/knowledge/search/plan.ts';
import { type Candidate, rank } from '../../../src/domain/knowledge/search/rank.ts';
import { foldedSound } from '../../../src/domain/knowledge/search/sound.ts';
import { readSynonymFile, writeSynonymFile } from '../../../src/domain/knowledge/search/synonym-file.ts';
import { SynonymIndex } from '../../../src/domain/knowledge/search/synonyms.ts';
import { fieldTokens } from '../../../src/domain/knowledge/search/tokens.ts';
import { understand } from '../../../src/domain/knowledge/search/understand.ts';
import { Vocabulary } from '../../../src/domain/knowledge/search/vocabulary.ts';

const WORDS = ['公积金', '提取', '身份证', '补领', '不动产', '登记', '停水', '通知', '垃圾', '清运'];
const SOUNDS: Readonly<Record<string, string>> = {
  公: 'gong',
  积: 'ji',
  机: 'ji',
  金: 'jin',
  身: 'shen',
  份: 'fen',
  证: 'zheng',
  正: 'zheng',
  停: 'ting',
  水: 'shui',
};

/** Knows ten words, and cuts the longest first. */
const LANGUAGE: Language = {
  cut(text) {
    const words: string[] = [];
    for (let at = 0; at < text.length; ) {
      const word = WORDS.find((one) => text.startsWith(one, at)) ?? text.charAt(at);
      words.push(word);
      at += word.length;
    }
    return words;
  },
  within: () => [],
  simplified: (text) => text.replaceAll('積', '积'),
  syllables: (text) => [...text].map((one) => SOUNDS[one] ?? one),
};

const ENTRIES = ['公积金提取', '身份证补领', '不动产登记', '停水通知', '垃圾清运'];
const vocabulary = new Vocabulary();
vocabulary.size = ENTRIES.length;
const candidates = ENTRIES.map((question, at): Candidate => {
  const tokens = fieldTokens({ head: question, aliases: [], body: [] }, LANGUAGE);
  for (const token of tokens.head) {
    const sound = WORDS.includes(token) ? LANGUAGE.syllables(token).join(' ') : null;
    vocabulary.put({ token, documents: vocabulary.documents(token) + 1, sound });
  }
  const plain = { areas: [], lines: [], unit: null, quoted: 0, lessons: new Map<string, number>() };
  return { kind: 'entry', ref: String(at), tokens, ...plain };
});
const SYNONYMS = new SynonymIndex([
  { said: ['房本', '红本'], means: ['不动产登记'], region: '' },
  { said: ['剃头'], means: ['垃圾'], region: '' },
  { said: ['河'], means: ['停水'], region: '' },
]);
const by = { language: LANGUAGE, vocabulary, synonyms: SYNONYMS };
const NOWHERE = { line: null, area: null };

function best(words: string, typing = false) {
  const [hit] = rank(candidates, understand(words, by, typing), NOWHERE, vocabulary);
  const matched = hit?.reasons.find(({ kind }) => kind === 'matched');
  return hit === undefined
    ? null
    : {
        question: ENTRIES[Number(hit.candidate.ref)],
        match: matched?.kind === 'matched' ? matched.match : null,
      };
}

test('each way to be understood, and the reason that is told', () => {
  expect(best('公积金')).toEqual({ question: '公积金提取', match: 'word' });
  expect(best('公積金')).toEqual({ question: '公积金提取', match: 'word' });
  expect(best('gongjijin')).toEqual({ question: '公积金提取', match: 'pinyin' });
  expect(best('gjj')).toEqual({ question: '公积金提取', match: 'initials' });
  expect(best('公机金')).toEqual({ question: '公积金提取', match: 'soundsAlike' });
  expect(best('身份正')).toEqual({ question: '身份证补领', match: 'soundsAlike' });
  expect(best('公金积')).toEqual({ question: '公积金提取', match: 'slip' });
  expect(best('我的房本呢')).toEqual({ question: '不动产登记', match: 'synonym' });
  expect(best('剃个头')).toEqual({ question: '垃圾清运', match: 'synonym' });
  expect(best('公', true)).toEqual({ question: '公积金提取', match: 'beginning' });
  expect(best('gongj', true)).toEqual({ question: '公积金提取', match: 'beginning' });
  expect(best('火星')).toBeNull();
});

test('a word of one character is a synonym only by itself; what Jianghuai speech does not tell apart sounds alike', () => {
  const spans = (text: string) => {
    let at = 0;
    const boundaries = new Set([0]);
    for (const word of LANGUAGE.cut(text)) {
      at += word.length;
      boundaries.add(at);
    }
    return SYNONYMS.spans(text, boundaries).map(({ said }) => said);
  };
  expect(spans('河黑了')).toEqual(['河']);
  expect(
    new SynonymIndex([{ said: ['公'], means: ['停水'], region: '' }]).spans('公积金', new Set([0, 3])),
  ).toEqual([]);
  expect(foldedSound(['lan', 'zhang'])).toBe(foldedSound(['nan', 'zan']));
});

test('the line called, the area and what was learned move an entry up, another area moves it down; each is told', () => {
  const base = candidates[0];
  if (base === undefined) throw new Error('no candidate');
  const score = (
    over: Partial<Candidate>,
    context = NOWHERE as { line: string | null; area: string | null },
  ) => {
    const [hit] = rank([{ ...base, ...over }], understand('公积金提取', by), context, vocabulary);
    return { score: hit?.score ?? 0, kinds: new Set(hit?.reasons.map(({ kind }) => kind)) };
  };
  const plain = score({}).score;
  const line = score({ lines: ['12329'] }, { line: '12329', area: null });
  const near = score({ areas: ['juegang'] }, { line: null, area: 'juegang.yudang' });
  const elsewhere = score({ areas: ['fengli'] }, { line: null, area: 'juegang' });
  const learned = score({ lessons: new Map([['公积金', 4]]), quoted: 9 });
  expect([line, near, learned].every((one) => one.score > plain)).toBe(true);
  expect(elsewhere.score).toBeLessThan(plain);
  expect(line.kinds).toContain('line');
  expect(near.kinds).toContain('area');
  expect([...learned.kinds]).toEqual(expect.arrayContaining(['learned', 'quoted']));
});

test('numbers are one spelling before what is counted, and names keep theirs', () => {
  const plain = (text: string) => normalise(text, LANGUAGE);
  expect(plain('二十四小时')).toBe('24小时');
  expect(plain('一百零八元')).toBe('108元');
  expect(plain('十岁')).toBe('10岁');
  expect(plain('一号通')).toBe('一号通');
  expect(plain('ＧＪＪ，怎么办？')).toBe('gjj 怎么办');
});

test('however common the words are, no more documents are looked at than the budget; rare ones are asked for alone', () => {
  const common = new Vocabulary();
  common.size = 1_000_000;
  const token = fc.integer({ min: 0, max: 30 }).map((at) => `词${at}`);
  for (let at = 0; at <= 30; at += 1)
    common.put({ token: `词${at}`, documents: 10 ** (at % 7), sound: null });
  const clue = fc.array(token, { minLength: 1, maxLength: 6 }).map((tokens) => ({
    said: tokens.join(''),
    readings: tokens.map((one) => ({ tokens: [one], match: 'word' as const, sure: 1, text: one })),
  }));
  fc.assert(
    fc.property(fc.array(clue, { minLength: 1, maxLength: 12 }), (clues) => {
      const { anyOf, scores } = candidatePlan(clues, common);
      expect(anyOf.length).toBeGreaterThan(0);
      expect(scores.length).toBeLessThanOrEqual(10);
      const alone = anyOf.filter((tokens) => tokens.length === 1).map(([one]) => common.documents(one));
      const spent = alone.reduce((sum, documents) => sum + documents, 0);
      expect(spent <= 3000 || alone.length === 1).toBe(true);
    }),
  );
});

test('whatever is typed is understood or not, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (words, typing) => {
      const clues = understand(words, by, typing);
      expect(clues.every(({ readings }) => readings.length > 0)).toBe(true);
      candidatePlan(clues, vocabulary);
      rank(candidates, clues, NOWHERE, vocabulary);
    }),
  );
});

test('a file of synonyms comes back as it went out; bad lines are told with their number', () => {
  const csv = 'said,means,region\n的士;差头,出租车,吴语\n"a,b",c,\n';
  const read = readSynonymFile(csv);
  expect(read.refused).toEqual([]);
  expect(writeSynonymFile(read.synonyms)).toBe(csv.replaceAll('\n', '\r\n'));
  expect(readSynonymFile('said\n甲').refused).toMatchObject([{ line: 1, wrong: '缺少列 means' }]);
  expect(readSynonymFile('said,means\n,乙\n甲,\n甲,乙').refused.map(({ line }) => line)).toEqual([2, 3]);
  // Of two lines about the same neither goes under unseen.
  const twice = readSynonymFile('said,means\n甲;乙,丙\n丁,戊\n乙;甲,己\n');
  expect(twice.synonyms.map(({ means }) => means)).toEqual([['丙'], ['戊']]);
  expect(twice.refused).toMatchObject([{ line: 4, wrong: '第 2 行已有这些说法' }]);
});
