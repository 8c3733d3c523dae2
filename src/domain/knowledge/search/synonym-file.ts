import { type Advice, advice, type Said } from '../../hotlines/register/advice.ts';
import { parseCsv, serialiseCsv } from '../../hotlines/register/csv.ts';
import { brokenFormula } from '../files/table.ts';
import { type Synonym, sayingsOf } from './synonyms.ts';

const WORDS_MOST = 40;
const WORD_MOST = 30;
const COLUMNS = ['said', 'means', 'region'] as const;
const CHINESE: Readonly<Record<string, (typeof COLUMNS)[number]>> = {
  说法: 'said',
  意思: 'means',
  地区: 'region',
};

export interface SynonymRefusal extends Advice {
  readonly line: number;
}

/** What citizens say, as it will be kept; or what is wrong with it. */
export function readSynonym(raw: {
  readonly said: readonly string[];
  readonly means: readonly string[];
  readonly region: string;
}): { readonly synonym: Synonym } | Advice {
  const tidy = (words: readonly string[]): string[] => [
    ...new Set(words.map((word) => word.trim()).filter((word) => word !== '')),
  ];
  const said = tidy(raw.said);
  const means = tidy(raw.means).filter((word) => !said.includes(word) || said.length > 1);
  if (said.length === 0) {
    return advice(
      ['没有写市民的说法', 'It lacks what citizens say'],
      ['至少写一个，多个用 ; 分开', 'At least one, several with ; between them'],
    );
  }
  if (means.length === 0) {
    return advice(
      ['没有写条目中的叫法', 'It lacks the words of the entries'],
      ['至少写一个与说法不同的词', 'At least one that citizens do not say'],
    );
  }
  const long = [...said, ...means].find((word) => [...word].length > WORD_MOST);
  if (long !== undefined) {
    return advice(
      [`“${long}”太长`, `“${long}” is too long`],
      [`每个词不超过 ${WORD_MOST} 字`, `${WORD_MOST} characters a word at most`],
    );
  }
  if (said.length > WORDS_MOST || means.length > WORDS_MOST)
    return advice(
      ['词太多', 'Too many words'],
      [`每栏不超过 ${WORDS_MOST} 个，分成几行`, `${WORDS_MOST} a column at most, in several lines`],
    );
  return { synonym: { said, means, region: raw.region.trim() } };
}

/** A file of synonyms: its good lines, and why the others cannot be taken. */
export function readSynonymFile(csv: string): {
  readonly synonyms: readonly Synonym[];
  readonly refused: readonly SynonymRefusal[];
} {
  const [head, ...records] = parseCsv(csv);
  const names = (head?.cells ?? []).map((cell) => CHINESE[cell.trim()] ?? cell.trim());
  const missing = (['said', 'means'] as const).filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const wrong: Said = [`缺少列 ${missing.join('、')}`, `Missing columns: ${missing.join(', ')}`];
    const right: Said = [
      `第一行写列名 ${COLUMNS.join(',')}（或 说法,意思,地区）`,
      `Name the columns in the first line: ${COLUMNS.join(',')} (or 说法,意思,地区)`,
    ];
    return { synonyms: [], refused: [{ line: 1, ...advice(wrong, right) }] };
  }
  const synonyms: Synonym[] = [];
  const refused: SynonymRefusal[] = [];
  const lines = new Map<string, number>();
  for (const { line, cells, fault } of records) {
    const cell = (column: (typeof COLUMNS)[number]): string => cells[names.indexOf(column)] ?? '';
    if (fault !== null) {
      const wrong: Said = ['引号没有成对', 'A quotation mark has no other'];
      const right: Said = [
        '含逗号或引号的内容放在一对双引号中',
        'Put what has commas or quotation marks in it in double quotes',
      ];
      refused.push({ line, ...advice(wrong, right) });
      continue;
    }
    const broken = COLUMNS.map((column) => brokenFormula(cell(column))).find((one) => one !== null);
    if (broken !== undefined) {
      refused.push({ line, ...broken });
      continue;
    }
    const split = (text: string): string[] => text.split(/[;；、]/);
    const read = readSynonym({
      said: split(cell('said')),
      means: split(cell('means')),
      region: cell('region'),
    });
    if (!('synonym' in read)) {
      refused.push({ line, ...read });
      continue;
    }
    const before = lines.get(sayingsOf(read.synonym));
    if (before !== undefined) {
      // One would stand in the other's place, and nobody would be told.
      const wrong: Said = [`第 ${before} 行已有这些说法`, `Line ${before} has these sayings already`];
      const right: Said = [
        '合并成一行，几个意思用 ; 分开',
        'Make one line of them, with ; between what it means',
      ];
      refused.push({ line, ...advice(wrong, right) });
      continue;
    }
    lines.set(sayingsOf(read.synonym), line);
    synonyms.push(read.synonym);
  }
  return { synonyms, refused };
}

export function writeSynonymFile(synonyms: readonly Synonym[]): string {
  return serialiseCsv([
    COLUMNS,
    ...synonyms.map(({ said, means, region }) => [said.join(';'), means.join(';'), region]),
  ]);
}
