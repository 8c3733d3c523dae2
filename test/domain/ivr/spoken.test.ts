import { expect, test } from 'vitest';
import { spokenMs } from '../../../src/domain/ivr/spoken.ts';

// As espeak-ng and sox of the instance spoke them.
test.each([
  ['人工服务请按0。', 2_666],
  ['余荡村停水。', 2_184],
  ['余荡村今晚停水，预计二十二点恢复。', 4_915],
  ['您的工单已登记，正在12345等待派单。', 5_446],
  ['12345政府服务热线提醒：城区部分路段停电，供电公司正在抢修。', 9_071],
  ['咨询请按1，求助请按2，投诉举报请按3，建议请按4，查询工单进度请按5，企业服务请按9。', 12_282],
  ['因主管道爆裂，余荡村、桥口村今日十九时起停水，抢修人员已到现场，预计二十二点恢复，请提前储水。', 13_161],
])('how long “%s” takes is known to an eighth', (text, measuredMs) => {
  expect(Math.abs(spokenMs(text) / measuredMs - 1)).toBeLessThan(0.125);
});

test('nothing said takes no time', () => {
  expect(spokenMs('')).toBe(0);
});
