import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enterMenu } from '../../../src/domain/ivr/interpreter.ts';
import { bestOf, hasVoice, isMeantBy } from '../../../src/domain/ivr/language.ts';
import { type Menu, prompt } from '../../../src/domain/ivr/menu.ts';
import { PROMPT_NAME } from '../../../src/domain/ivr/prompt-register.ts';
import {
  exactName,
  plainName,
  saidByAny,
  type Words,
  wordsOf,
} from '../../../src/domain/ivr/words-spoken.ts';
import { choice, contextOf, menuOf, node, person } from './menus.ts';

const words = fc.record({
  name: fc.stringMatching(PROMPT_NAME),
  language: fc.constantFrom('zh-CN', 'en', 'yue'),
  text: fc.string({ unit: 'binary', maxLength: 30 }),
});

test('an exact name is a file’s, gives its plain name back, and differs with each word and language', () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      expect(exactName(one)).toMatch(/^[a-z0-9][a-z0-9-]{0,63}@[0-9a-f]{16}$/);
      expect(plainName(exactName(one))).toBe(one.name);
      expect(exactName({ ...one })).toBe(exactName(one));
      for (const change of [{ text: other.text }, { language: other.language }]) {
        const changed: Words = { ...one, ...change };
        expect(exactName(changed) === exactName(one)).toBe(
          changed.text === one.text && changed.language === one.language,
        );
      }
    }),
  );
});

test('the name of known words never changes: files of an earlier release are found again', () => {
  expect(exactName({ name: 'surge-flood', language: 'zh-CN', text: '防汛热线请按7。' })).toBe(
    'surge-flood@1dd01d31570eb8f9',
  );
});

const bilingual: Menu = {
  ...menuOf(
    node('start', {
      prompts: [prompt('ask', { variants: { en: 'ask-en', yue: 'ask-yue' } }), prompt('menu-person')],
      choices: [choice('0', person), choice('1', { kind: 'goodbye', prompts: [prompt('bye')] })],
      onWrong: { prompts: [prompt('wrong')], to: null },
    }),
  ),
  languages: ['zh-CN', 'en', 'yue'],
  texts: { ask: '请按1。', 'ask-en': 'Press 1.', bye: '再见。', wrong: '有误。', greeting: '您好。' },
};

test('everything that a menu may ask for is among its words, each in the language that it stands for', () => {
  expect(wordsOf(bilingual)).toEqual([
    { name: 'ask', language: 'zh-CN', text: '请按1。' },
    { name: 'ask-en', language: 'en', text: 'Press 1.' },
    { name: 'wrong', language: 'zh-CN', text: '有误。' },
    { name: 'bye', language: 'zh-CN', text: '再见。' },
    { name: 'greeting', language: 'zh-CN', text: '您好。' },
  ]);
});

test.each<[string | null, string, string]>([
  [null, 'ask', 'zh-CN'],
  ['zh-CN', 'ask', 'zh-CN'],
  ['zh-HK', 'ask', 'zh-CN'],
  ['en', 'ask-en', 'en'],
  ['en-GB', 'ask-en', 'en'],
  ['fr', 'ask', 'zh-CN'],
])('who speaks %s hears %s in this version’s words', (language, name, spokenIn) => {
  const { act } = enterMenu(contextOf(bilingual, { language }));
  const text = bilingual.texts[name] ?? '';
  expect(act).toMatchObject({ prompts: [exactName({ name, language: spokenIn, text }), 'menu-person'] });
});

test('a variant without words is a recording, asked for by its name', () => {
  const { act } = enterMenu(contextOf(bilingual, { language: 'yue' }));
  expect(act).toMatchObject({ prompts: ['ask-yue', 'menu-person'] });
});

test('a number’s greeting may be words of a menu; a name that no menu brings stays as it is', () => {
  expect(saidByAny([menuOf(node('start')), bilingual], 'greeting')).toBe(
    exactName({ name: 'greeting', language: 'zh-CN', text: '您好。' }),
  );
  expect(saidByAny([bilingual], 'greeting-main')).toBe('greeting-main');
  expect(saidByAny([bilingual], 'toString')).toBe('toString');
});

test('languages are compared without their region unless one is asked for', () => {
  expect(isMeantBy('en-GB', 'en')).toBe(true);
  expect(isMeantBy('en', 'en-GB')).toBe(false);
  expect(isMeantBy('EN-gb', 'en-GB')).toBe(true);
  expect(bestOf(['en', 'en-GB'], 'en-GB')).toBe('en-GB');
  expect(bestOf(['en-US'], 'en-GB')).toBe('en-US');
  expect(bestOf(['zh-CN'], 'en')).toBeNull();
  expect(hasVoice('zh-CN')).toBe(true);
  expect(hasVoice('bo')).toBe(false);
});
