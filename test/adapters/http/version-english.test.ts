import { expect, test } from 'vitest';
import { versionWordsInEnglish } from '../../../src/adapters/http/shapes/version-english.ts';

const HAN = /\p{Script=Han}/u;

// Names in Latin letters here: whatever is Chinese after it is the machine's.
test.each([
  ['初始规则', 'First rules'],
  ['恢复第 12 版', 'Back to version 12'],
  ['恢复第 3 版：a wrong file', 'Back to version 3: a wrong file'],
  ['第 7 版到期恢复', 'What was before version 7, which is over'],
  ['第 7 版到期，自动恢复', 'Version 7 is over: undone by itself'],
  ['到时发布', 'Published as its time came'],
  ['延长 12316 过渡期至 2027-06-30', 'Transition of 12316 extended to 2027-06-30'],
  ['应急按键 8 Storm', 'Surge key 8 Storm'],
  ['结束应急按键 storm', 'End of surge key storm'],
  ['第 4 版生效', 'Edition 4 took effect'],
  ['unit 代码表第 2 版（Reform（2）2027）生效', 'Edition 2 of the unit list (Reform（2）2027) took effect'],
  [
    'category 代码表第 2 版（New）生效；合并后不再负责：lighting U1、roads U2',
    'Edition 2 of the category list (New) took effect; no longer responsible: lighting U1、roads U2',
  ],
])('%s', (words, english) => {
  expect(versionWordsInEnglish(words)).toBe(english);
  expect(english).not.toMatch(HAN);
});

test('what a person wrote stays as he wrote it', () => {
  for (const words of ['调整夜间值班', '恢复第 3 版的问候语', '延长 12316 过渡期', ''])
    expect(versionWordsInEnglish(words)).toBe(words);
});
