import { expect, test } from 'vitest';
import { isWebAddress } from '../../../src/console/elements/web-address.ts';
import { isWebAddress as asTheApi } from '../../../src/domain/knowledge/entry.ts';

test.each([
  ['https://www.rudong.gov.cn/a?b=1', true],
  ['HTTP://WWW.RUDONG.GOV.CN', true],
  ['Https://如东.中国/办法', true],
  ['https://', false],
  ['javascript:alert(1)', false],
  ['如东日报 https://a.cn', false],
  ['https://a.cn 第 2 版', false],
  ['', false],
])('%s leads to a page: %s, for an agent as for the public', (link, leads) => {
  expect([isWebAddress(link), asTheApi(link)]).toEqual([leads, leads]);
});
