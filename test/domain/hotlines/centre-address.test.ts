import { expect, test } from 'vitest';
import { readCentreAddress } from '../../../src/domain/hotlines/centre-address.ts';

test.each([
  ['sip:12345@192.0.2.7', { user: '12345', host: '192.0.2.7', port: null }],
  ['sip:12345@192.0.2.7:5070', { user: '12345', host: '192.0.2.7', port: 5070 }],
  ['sip:1@sub-centre.rudong.gov.cn', { user: '1', host: 'sub-centre.rudong.gov.cn', port: null }],
])('%s', (text, read) => {
  expect(readCentreAddress(text)).toEqual(read);
});

test.each([
  '',
  '12345@192.0.2.7',
  'sips:12345@192.0.2.7',
  'sip:abc@192.0.2.7',
  'sip:12345@192.0.2.7&PJSIP/1',
  'sip:12345@192.0.2.7;transport=tcp',
  'sip:12345@192.0.2.7?Replaces=x',
  'sip:12345@192.0.2.7:0',
  'sip:12345@192.0.2.7:65536',
  'sip:12345@192.0.2.256',
  'sip:12345@192.0.2',
  'sip:12345@-host',
  'sip:12345@a..b',
  'sip:12345@host/1',
  'sip:12345@host\n',
  `sip:${'1'.repeat(21)}@host`,
])('not %j', (text) => {
  expect(readCentreAddress(text)).toBeNull();
});
