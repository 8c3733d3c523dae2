import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';
import type { Language } from '../../domain/knowledge/search/language.ts';

const HAN = /^\p{Script=Han}+$/u;

let general: Jieba | null = null;
let toSimplified: ((text: string) => string) | null = null;

/**
 * Segmentation by jieba, sounds by pinyin-pro, characters by OpenCC: all in this process, nothing is asked of anybody.
 * The dictionary takes some 60 MB and most of a second, once, when the first text is read.
 */
export function chineseLanguage(): Language {
  const jieba = (): Jieba => {
    general ??= Jieba.withDict(dict);
    return general;
  };
  return {
    cut: (text) => (text === '' ? [] : jieba().cut(text, false)),
    within: (word) =>
      word.length < 3 || !HAN.test(word)
        ? []
        : jieba()
            .cutForSearch(word, false)
            .filter((one) => one !== word),
    simplified(text) {
      const simplify = toSimplified ?? Converter({ from: 't', to: 'cn' });
      toSimplified = simplify;
      return simplify(text);
    },
    syllables: (text) => pinyin(text, { toneType: 'none', type: 'array', v: true }),
  };
}
