import { expect, test } from 'vitest';
import { heldWords } from '../../../src/adapters/http/held-words.ts';
import { AppError } from '../../../src/app/errors.ts';
import { heldByRefusal, heldForNow } from '../../../src/app/rules/held-why.ts';

const HAN = /\p{Script=Han}/u;

test('why a version is held is told in the reader’s language, with what it conflicts with', () => {
  const because = heldByRefusal(
    new AppError('version.conflict', {
      conflicts: ['号码 12315：名称'],
      conflictsEn: ['Number 12315: name'],
    }),
  );
  const { zh, en } = heldWords(because);
  expect(zh).toBe('与现行版本的修改冲突，请逐处选定后再合并；号码 12315：名称');
  expect(en).toBe(
    'The changes conflict with what was published meanwhile: decide each, then bring it up to date; Number 12315: name',
  );
});

test('what is tried again says so, whether it was refused or broke', () => {
  const unspoken = heldWords(heldForNow(new AppError('rules.wordsUnspoken', { prompts: ['own-words'] })));
  expect(unspoken.zh).toMatch(/^暂未成功，将再试：菜单文字无法合成语音.*；own-words$/);
  expect(unspoken.en).toMatch(/^It will be tried again: Words of a menu cannot be spoken.*; own-words$/);
  expect(unspoken.en).not.toMatch(HAN);
  const broken = heldWords(heldForNow(new Error('deadlock detected')));
  expect(broken).toEqual({
    zh: '暂未成功，将再试：deadlock detected',
    en: 'It will be tried again: deadlock detected',
  });
});

test('what an earlier release kept, and what only looks like a refusal, stands as it was written', () => {
  for (const kept of ['暂未成功', 'some.thing {not json}', 'nobody.knows {"a":1}']) {
    expect(heldWords(kept)).toEqual({ zh: kept, en: kept });
  }
});
