import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { HOUSE_WORDS } from '../../../src/console/words/house-words.ts';
import type { WordTable, WordTree } from '../../../src/console/words/word-table.ts';
import { saysWhatToDo } from '../../support/empty-words.ts';

// Each place of the console where nothing may stand: it says what there is none of, and what to do or what brings some.

const CONSOLE = resolve(import.meta.dirname, '../../../src/console');
const LANGUAGES = ['zh-CN', 'en'] as const;

/** Of an area as its folder exports it. */
interface AreaWords {
  readonly code: string;
  readonly words: WordTable;
}
interface EmptyPlace {
  readonly file: string;
  /** Keys of the words, as many as there are cases. */
  readonly keys: readonly string[];
  /** Something to press stands below them. */
  readonly offers: boolean;
}

const KEY = /'([a-z]\w*(?:\.\w+)+)'/g;
const keysIn = (text: string): readonly string[] => [...text.matchAll(KEY)].map(([, key = '']) => key);

/** What stands between this name and the next declaration of the file. */
const declared = (text: string, name: string): string =>
  new RegExp(`const ${name} = ([\\s\\S]*?)\\n(?:\\}\\);|(?=const |function |<))`).exec(text)?.[1] ?? '';

function placesIn(file: string): readonly EmptyPlace[] {
  const text = readFileSync(join(CONSOLE, file), 'utf8');
  return [...text.matchAll(/<ElEmpty\b[\s\S]*?(?:\/>|<\/ElEmpty>)/g)].map(([element]) => {
    const [, said = ''] = /:description="([^"]*)"/.exec(element) ?? [];
    const [, name] = /^t\((\w+)\)$/.exec(said) ?? [];
    const keys = keysIn(name === undefined ? said : declared(text, name));
    return {
      file,
      keys: keys.filter((key) => key !== 'common.loading'),
      offers: /<ElButton\b/.test(element),
    };
  });
}

const PLACES = readdirSync(CONSOLE, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.vue'))
  .flatMap(placesIn);

const words = new Map<string, WordTable>([['common', HOUSE_WORDS]]);
beforeAll(async () => {
  for (const area of readdirSync(join(CONSOLE, 'pages'))) {
    const { area: found } = (await import(join(CONSOLE, 'pages', area, 'area.ts'))) as { area: AreaWords };
    words.set(found.code, found.words);
  }
});

function wordsOf(key: string, language: (typeof LANGUAGES)[number]): string {
  const [area = '', ...rest] = key.split('.');
  const found = rest.reduce<string | WordTree | undefined>(
    (tree, part) => (typeof tree === 'object' ? tree[part] : undefined),
    words.get(area)?.[language],
  );
  return typeof found === 'string' ? found : '';
}

/** Here nothing is the good news, and nobody has to do anything. */
const ALL_IS_WELL = [
  'rules.noFindings',
  'authoring.correct.nobody',
  'register.nothing',
  'circulars.rowsNone',
];

test('there are dozens of them, and each says something', () => {
  expect(PLACES.length).toBeGreaterThan(50);
  // This one says two lines of its own, which the page of who is asked holds.
  expect(PLACES.filter(({ keys }) => keys.length === 0).map(({ file }) => file)).toEqual([
    join('pages', 'consultation', 'ConsultationPage.vue'),
  ]);
});

test('an instruction is one by its verb, and not by a mark', () => {
  expect(saysWhatToDo('没有工单：这个数字是 0。', 'zh-CN')).toBe(false);
  expect(saysWhatToDo('No ticket stands behind it: this figure is 0.', 'en')).toBe(false);
  expect(saysWhatToDo('没有符合的工单，放宽筛选', 'zh-CN')).toBe(true);
});

describe.each(PLACES.filter(({ keys }) => keys.length > 0))('$file $keys', ({ keys, offers }) => {
  test.each(keys.flatMap((key) => LANGUAGES.map((language) => ({ key, language }))))(
    '$key in $language',
    ({ key, language }) => {
      const said = wordsOf(key, language);
      expect(said).not.toBe('');
      if (!offers && !ALL_IS_WELL.includes(key)) expect(saysWhatToDo(said, language), said).toBe(true);
    },
  );
});
