import { describe, expect, test } from 'vitest';
import { askedIn, matterTold } from '../../../src/domain/knowledge/consultation.ts';
import { type AppealWords, NO_WORDS } from '../../../src/domain/tickets/appeal-words.ts';

const agent = (state = 'in', agentId = 'shen') => ({
  ...{ kind: 'agent', agentId, state, role: 'member', by: null },
});
const called = (over: object = {}) => ({
  ...{ kind: 'number', agentId: null, state: 'aside', role: 'consulted', by: 'shen', expert: 'chen' },
  ...over,
});

describe('asked is', () => {
  test.each(['in', 'aside', 'held'])(
    'whom an agent had dialled as the expert that he is, and who is %s',
    (state) => {
      expect(askedIn(['wu', 'chen'], [agent('aside'), called({ state })])).toEqual({
        expert: 'chen',
        by: 'shen',
      });
    },
  );
  test.each(['awaited', 'ringing', 'confirming', 'joining'])('not who is %s', (state) => {
    expect(askedIn(['chen'], [agent(), called({ state })])).toBeNull();
  });
  test('nobody by a number that was dialled as nobody of the directory, whoever claims that number', () => {
    expect(askedIn(['chen'], [agent(), called({ expert: undefined })])).toBeNull();
    expect(askedIn(['chen'], [agent(), called({ expert: null })])).toBeNull();
    expect(askedIn(['wu'], [agent(), called()])).toBeNull();
    expect(askedIn([], [agent(), called()])).toBeNull();
  });
  test('nobody once the agent who asked has left him to the citizen, though a colleague be there', () => {
    const stays = called({ state: 'in', role: 'member' });
    expect(askedIn(['chen'], [agent(), stays])).toEqual({ expert: 'chen', by: 'shen' });
    expect(askedIn(['chen'], [stays])).toBeNull();
    expect(askedIn(['chen'], [agent('in', 'li'), stays])).toBeNull();
    expect(askedIn(['chen'], [agent('ringing'), stays])).toBeNull();
    expect(askedIn(['chen'], [agent(), called({ state: 'in', role: 'transferred' })])).toBeNull();
    expect(askedIn(['chen'], [agent(), called({ by: null })])).toBeNull();
  });
});

describe('what an expert is told of the matter', () => {
  const asked = (callerNumber = '', units: readonly string[] = ['health']) => ({ callerNumber, units });
  const words: AppealWords = {
    ...NO_WORDS,
    ...{ type: 'ENQUIRY', categoryCode: 'health', title: '张三丰的备案', citizenName: '张三丰' },
    content: '市民张三丰（13912345678）住幸福小区3幢502室，出院前没有备案，能不能补？',
  };
  test('is the matter without the person', () => {
    const told = matterTold(words, asked());
    expect(told).toMatchObject({ told: 'words', type: 'ENQUIRY', categoryCode: 'health' });
    const said = JSON.stringify(told);
    expect(said).toContain('出院前没有备案，能不能补？');
    for (const hidden of ['张三丰', '13912345678', '502']) expect(said).not.toContain(hidden);
  });
  test('hides the number that he calls from where the agent wrote no other', () => {
    const told = matterTold({ ...words, content: '回电 84990311 即可' }, asked('84990311'));
    expect(JSON.stringify(told)).not.toContain('84990311');
  });
  test('hides the place that the agent entered, from its first word to its door', () => {
    const place = '幸福小区3幢502室';
    const told = JSON.stringify(matterTold({ ...words, place }, asked()));
    expect(told).toContain('出院前没有备案');
    expect(told).not.toContain('幸福小区');
  });
  test.each([{ confidential: true }, { anonymous: true }, { type: 'REPORT' as const }])(
    'is nothing of a discreet appeal, nor that it is one: %o',
    (over) => {
      expect(matterTold({ ...words, ...over }, asked())).toEqual({ told: 'nothing' });
    },
  );
  test('is nothing of a complaint about his unit or one above it, and the words of one about another', () => {
    const units = ['clinic', 'health', 'county'];
    for (const accusedUnitCode of units) {
      expect(matterTold({ ...words, accusedUnitCode }, asked('', units))).toEqual({ told: 'nothing' });
    }
    expect(matterTold({ ...words, accusedUnitCode: 'water' }, asked('', units)).told).toBe('words');
  });
  test('is nothing where nothing is written', () => {
    expect(matterTold(NO_WORDS, asked())).toEqual({ told: 'nothing' });
    expect(matterTold(null, asked())).toEqual({ told: 'nothing' });
  });
});
