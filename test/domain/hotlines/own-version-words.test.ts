import { expect, test } from 'vitest';
import {
  OWN_VERSION_WORDS as OWN,
  versionWordsInEnglish,
} from '../../../src/domain/hotlines/versions/own-words.ts';

const HAN = /\p{Script=Han}/u;

/** As the writers write it, and as it is told. Names in Latin letters: whatever is Chinese after it is the machine's. */
const TOLD: Readonly<Record<keyof typeof OWN, readonly (readonly [string, string])[]>> = {
  firstRules: [[OWN.firstRules.zh({}), 'First rules']],
  backTo: [[OWN.backTo.zh({ n: 12 }), 'Back to version 12']],
  backToFor: [[OWN.backToFor.zh({ n: 3, why: 'a wrong\nfile' }), 'Back to version 3: a wrong\nfile']],
  before: [[OWN.before.zh({ n: 7 }), 'What was before version 7, which is over']],
  over: [[OWN.over.zh({ n: 7 }), 'Version 7 is over: undone by itself']],
  timeCame: [[OWN.timeCame.zh({}), 'Published as its time came']],
  extended: [
    [OWN.extended.zh({ code: '12316', day: '2027-06-30' }), 'Transition of 12316 extended to 2027-06-30'],
  ],
  surge: [[OWN.surge.zh({ code: '8', label: 'Storm of $& 7' }), 'Surge key 8 Storm of $& 7']],
  surgeOver: [[OWN.surgeOver.zh({ code: 'storm' }), 'End of surge key storm']],
  editionBegan: [[OWN.editionBegan.zh({ n: 4 }), 'Edition 4 took effect']],
  codesMerged: [
    [
      OWN.codesMerged.zh({ list: 'category', n: 2, title: 'New', merged: 'lighting U1、roads U2' }),
      'Edition 2 of the category list (New) took effect; no longer responsible: lighting U1、roads U2',
    ],
  ],
  codesBegan: [
    [
      OWN.codesBegan.zh({ list: 'unit', n: 2, title: 'Reform（2）2027' }),
      'Edition 2 of the unit list (Reform（2）2027) took effect',
    ],
  ],
};

test.each(Object.values(TOLD).flat())('%s', (written, english) => {
  expect(written).toMatch(HAN);
  expect(versionWordsInEnglish(written)).toBe(english);
  expect(english).not.toMatch(HAN);
});

test('what stands in the books since the first town is read as it was written', () => {
  // These were kept by versions of long ago: another wording is another entry, and these stay.
  expect(OWN.backTo.zh({ n: 12 })).toBe('恢复第 12 版');
  expect(OWN.extended.zh({ code: '12316', day: '2027-06-30' })).toBe('延长 12316 过渡期至 2027-06-30');
  expect(OWN.codesBegan.zh({ list: 'unit', n: 2, title: '机构改革' })).toBe(
    'unit 代码表第 2 版（机构改革）生效',
  );
});

test('what a person wrote stays as he wrote it', () => {
  for (const words of ['调整夜间值班', '恢复第 3 版的问候语', '延长 12316 过渡期', ''])
    expect(versionWordsInEnglish(words)).toBe(words);
});
