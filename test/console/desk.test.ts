import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { atDesk as deskOf, employ, ready, presence as state } from '../support/desk-page.ts';
import { untilPageHears } from '../support/desk-voice.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';

// An agent's whole call without the mouse: his telephone is the page, the switch is real, and so is what both hear.

const [SHEN_HZ, GU_HZ] = [1_300, 1_900];
/** While this tab says so, nobody gets a microphone. */
const MICROPHONE_THAT_HANGS = `if (sessionStorage.getItem('test.hangs') !== null)
  Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: () => new Promise(() => undefined) });`;
let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  await employ(town, [
    { username: 'shen', displayName: '沈悦', number: '1101' },
    { username: 'gu', displayName: '顾明', number: '1102' },
  ]);
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

/** The call, as a whole. */
const call = (page: Page) => page.getByRole('article');
const key = (page: Page, name: string | RegExp) => page.getByRole('toolbar').getByRole('button', { name });

const atDesk = (username: 'shen' | 'gu', hz: number): Promise<Page> =>
  deskOf(town, browser, { username, hz });
/** A citizen calls, and the page that becomes ready takes the call: both hear each other. */
async function answered(page: Page, number: string): Promise<Citizen> {
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number });
  await call(page).getByText('来电，已等待').waitFor();
  citizen.sound.speak(CITIZEN_HZ);
  await page.keyboard.press('F2');
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  return citizen;
}
async function hungUp(page: Page, citizen: Citizen): Promise<void> {
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
}

test('a citizen calls: the page rings, shows who it is, is answered by a key, and both hear each other', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  await expectAccessible(page);
  await ready(page);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138301' });
  await call(page).getByText('来电，已等待').waitFor();
  await page.getByText('138****8301').waitFor();
  // Before the answer: what he has heard, and that nothing is known of him.
  await page.getByText('「您好，12345热线为您服务。」').waitFor();
  await page.getByText('该号码没有未结工单。').waitFor();
  await expectAccessible(page);

  citizen.sound.speak(CITIZEN_HZ);
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  await Promise.all([untilPageHears(page, CITIZEN_HZ), citizen.sound.untilHears(SHEN_HZ, 15_000)]);
  await expectAccessible(page);

  await page.keyboard.press('F4');
  await call(page).getByText('市民保持中').waitFor();
  await page.keyboard.press('F4');
  await call(page).getByText('与市民通话').waitFor();
  await untilPageHears(page, CITIZEN_HZ);

  await page.keyboard.press('Alt+m');
  await key(page, '取消静音').waitFor();
  await page.keyboard.press('Alt+m');
  await key(page, /^静音/).waitFor();

  // Typed as on a telephone, and fast; a dialog above it has the keys.
  await page.keyboard.press('Alt+k');
  const pad = page.getByRole('dialog', { name: '拨号键盘' });
  await pad.waitFor();
  await page.keyboard.press('F1');
  await page.getByRole('dialog', { name: '快捷键' }).getByText('按键 9').waitFor();
  await page.keyboard.press('9');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: '快捷键' }).waitFor({ state: 'detached' });
  await page.keyboard.type('12#');
  await citizen.sound.untilKeys('12#', 15_000);
  await pad.getByText('12#', { exact: true }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await pad.waitFor({ state: 'detached' });
  await page.keyboard.press('3');

  // Who writes has F1 for the list of keys; to him the other is a sign of his text.
  const words = page.getByLabel('诉求内容');
  await words.fill('');
  await page.keyboard.type('路灯不亮?');
  await page.keyboard.press('F1');
  await page.getByRole('dialog', { name: '快捷键' }).getByText('F10').waitFor();
  await page.keyboard.press('F1');
  await page.getByRole('dialog', { name: '快捷键' }).waitFor({ state: 'detached' });
  expect(await words.inputValue()).toBe('路灯不亮?');
  expect(citizen.sound.keys).toBe('12#');

  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0 });
  // Of a call without an outcome the wrap-up is ended by who insists.
  await page.keyboard.press('Alt+q');
  await page.getByRole('alert').getByText('请先登记去向').waitFor();
  await page.keyboard.press('Alt+q');
  await state(page).getByText('示闲').waitFor();
});

test('the page is loaded anew in the middle of a talk: the citizen stays, and both hear each other again', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138302');

  // Begun and not sent yet.
  await page.keyboard.press('F9');
  const question = page.getByLabel('想问什么，可不填');
  await question.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('能一起领吗');
  await page.keyboard.press('Alt+h');
  const why = page.getByRole('textbox', { name: '无效来电的理由' });
  await why.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('市民说打错了');

  await page.reload();
  citizen.sound.forget();
  await call(page).getByText('与市民通话').waitFor();
  await Promise.all([untilPageHears(page, CITIZEN_HZ, 40_000), citizen.sound.untilHears(SHEN_HZ, 40_000)]);
  await state(page).getByText('通话中').waitFor();
  await expect.poll(() => question.inputValue()).toBe('能一起领吗');
  expect(await why.inputValue()).toBe('市民说打错了');

  await hungUp(page, citizen);
  const { legs, ...detail } = await town.callInBooks('13800138302');
  expect(detail).toMatchObject({ result: 'answeredByAgent', agentNumber: '1101', releasedBy: 'agent' });
  expect(legs.map(({ agentNumber }) => agentNumber)).toEqual(['1101', '1101']);

  // He calls once more: before the answer it is seen what he wanted, where, with whom he spoke, and what goes on there.
  const ticket = await town.lead.post<{ id: string; number: string }>('/v1/tickets', {
    ...{
      type: 'COMPLAINT',
      categoryCode: 'utilities.water',
      title: '水管爆裂',
      content: '水管爆裂，漫到路上。',
    },
    ...{ place: '余荡村三组', citizenNumber: '13800138302' },
  });
  const incident = await town.lead.post<{ number: string }>('/v1/incidents', {
    ...{ title: '余荡村停水', categoryCode: 'utilities.water', area: '余荡村' },
    ...{ ticketIds: [ticket.id], reason: '多户停水' },
  });
  await ready(page);
  const again = await town.citizen({ dialled: '12345', number: '13800138302' });
  await call(page).getByText('来电，已等待').waitFor();
  const facts = page.getByRole('region', { name: '来电人概况' });
  await facts.getByText('最近诉求地点 余荡村三组').waitFor();
  await facts.getByRole('link', { name: ticket.number }).waitFor();
  await facts.getByText(/^余荡村三组 · /).waitFor();
  await facts.getByText('沈悦').waitFor();
  await facts.getByText(/12345\S* · 未登记去向/).waitFor();
  await facts.getByText(incident.number).waitFor();
  await facts.locator('li.near').getByText('余荡村停水').waitFor();
  expect((await state(page).textContent())?.trim()).toBe('来电');
  await expectAccessible(page);
  again.hangUp();
  await state(page)
    .getByText(/示闲|示忙/)
    .waitFor();
});

test('loaded anew once more while its own telephone rings again for the talk: the citizen stays all the same', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  await page.addInitScript(MICROPHONE_THAT_HANGS);
  const citizen = await answered(page, '13800138304');

  // It rings there, and the page cannot pick up: its microphone does not come.
  await page.evaluate("sessionStorage.setItem('test.hangs', '1')");
  await page.reload();
  await page.getByRole('region', { name: '通话各方' }).getByText(/^振铃/).waitFor({ timeout: 25_000 });
  await page.evaluate("sessionStorage.removeItem('test.hangs')");
  await page.reload();
  citizen.sound.forget();
  await Promise.all([untilPageHears(page, CITIZEN_HZ, 40_000), citizen.sound.untilHears(SHEN_HZ, 40_000)]);
  await call(page).getByText('与市民通话').waitFor();
  await hungUp(page, citizen);
});

test('call control cannot be asked: the key still hangs up, for this telephone lays its receiver down', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138309');
  await town.redis.cut();
  try {
    const refused = page.waitForResponse((answer) => answer.url().includes('/agents/me/release-call'));
    await page.keyboard.press('F10');
    expect((await refused).status()).toBe(503);
    expect(await citizen.ended).toMatchObject({ code: 0 });
  } finally {
    await town.redis.mend();
  }
  await state(page).getByText('整理').waitFor();
  // The browser tells of such an answer as well.
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('status of 503');
});

test('call control cannot be asked: the wish tried again has its key until it is answered; asked for later it has another', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138310');
  await call(page).getByText('与市民通话').waitFor();
  const keys: string[] = [];
  const isHold = (one: { url(): string }): boolean => one.url().includes('/agents/me/talk/hold');
  page.on('request', (one) => {
    if (isHold(one)) keys.push(one.headers()['idempotency-key'] ?? 'none');
  });
  /** null: while the page has no picture of now the key does nothing. */
  const statusOf = async (key: string): Promise<number | null> => {
    const response = page.waitForResponse(isHold, { timeout: 4_000 }).catch(() => null);
    await page.keyboard.press(key);
    return (await response)?.status() ?? null;
  };
  await town.redis.cut();
  try {
    expect(await statusOf('F4')).toBe(503);
  } finally {
    await town.redis.mend();
  }
  await expect.poll(() => statusOf('F4'), { timeout: 20_000, interval: 1_000 }).toBe(200);
  await call(page).getByText('市民保持中').waitFor();
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
  await page.keyboard.press('F4');
  await call(page).getByText('与市民通话').waitFor();
  expect(await statusOf('F4')).toBe(200);
  await call(page).getByText('市民保持中').waitFor();
  expect(new Set(keys).size).toBe(2);
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0 });
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('status of 503');
});

test('the answer was lost, and what was wished is done and over: wished anew it is done anew', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138311');
  const colleague = await atDesk('gu', GU_HZ);
  await ready(colleague);
  const consult = async (): Promise<void> => {
    await page.keyboard.press('F8');
    await page.getByRole('dialog').getByRole('textbox').fill('顾明');
    await page.getByRole('dialog').getByRole('button', { name: /顾明/ }).waitFor();
    await page.keyboard.press('Enter');
    await call(page).getByText('正在呼叫对方').waitFor();
    await call(colleague).getByText('来电，已等待').waitFor();
  };
  // Call control does it, and its answer is lost on the way.
  await page.route(
    /agents\/me\/talk\/consult/,
    async (route) => {
      expect((await route.fetch()).status()).toBe(200);
      await route.abort();
    },
    { times: 1 },
  );
  await consult();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+x');
  await call(page).getByText('与市民通话').waitFor();
  await state(colleague).getByText('示闲').waitFor();

  await consult();
  await colleague.keyboard.press('F2');
  await call(page).getByText('与对方咨询').waitFor();
  await page.keyboard.press('Alt+x');
  await call(page).getByText('与市民通话').waitFor();
  await hungUp(page, citizen);
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('ERR_FAILED');
});

test('the answer to an emergency bridge was lost, and it is called off: opened anew it rings anew', async () => {
  const operator = await town.as('operator');
  const rule = { mode: 'ladder', rungAfterSeconds: 60, rounds: 1, retryAfterSeconds: 0 };
  await operator.post('/v1/duty-lists', { code: 'centre', name: '中心应急', rule });
  await operator.post('/v1/duty-lists/centre/shifts', {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
    ladder: [{ name: '甲', number: '13700138301' }],
  });
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138312');
  const onCall = await town.unitPhone();
  const open = async () => {
    const ringing = onCall.nextCall(20_000);
    await page.keyboard.press('F8');
    const directory = page.getByRole('dialog', { name: '通讯录' });
    await directory.getByRole('button', { name: '中心应急', exact: true }).click();
    await directory.getByRole('textbox', { name: /^理由/ }).fill('化工厂泄漏');
    await page.keyboard.press('Enter');
    return ringing;
  };
  await page.route(
    /talk\/emergency-bridge/,
    async (route) => {
      expect((await route.fetch()).status()).toBe(200);
      await route.abort();
    },
    { times: 1 },
  );
  const first = await open();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+x');
  expect(await first.ended).toBe('cancelled');
  await key(page, /^取消/).waitFor({ state: 'detached' });

  const second = await open();
  expect(second.dialled).toBe('13700138301');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+x');
  expect(await second.ended).toBe('cancelled');
  await hungUp(page, citizen);
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('ERR_FAILED');
});

/** An agent whose telephone stands on the table, at his page while it rings there. */
async function ringsOnTable(number: string, byItself: boolean) {
  const agent = await town.agent('1001');
  // Set to let its switch have it picked up, as desk telephones are, or not.
  agent.phone.onCall = (one) => {
    const isAsked = one.sipHeader('call-info').includes('answer-after=0');
    if (byItself && isAsked) void one.answer();
    else one.ring();
  };
  const page = await browser.signedIn('1001', town.passwordOf('1001'), '/desk');
  town.visit(() => page.close());
  const citizen = await town.citizen({ dialled: '12345', number });
  await call(page).getByRole('button', { name: /^接听/ }).waitFor();
  return { agent, page, citizen };
}

test('a call rings at the telephone on the table: the key has it picked up', async () => {
  const { page, citizen } = await ringsOnTable('13800138313', true);
  await expectAccessible(page);
  await page.keyboard.press('F2');
  await call(page).getByText('与市民通话').waitFor();
  expect(await call(page).getByRole('button', { name: /^接听/ }).count()).toBe(0);
  await citizen.answered;
  await hungUp(page, citizen);
});

test('a telephone on the table that does not know how rings on after the key, which says so, and is picked up by hand', async () => {
  const { agent, page, citizen } = await ringsOnTable('13800138314', false);
  await page.keyboard.press('F2');
  await page.getByRole('alert').getByText('话机没有自动接起').waitFor();
  await call(page).getByText('来电，已等待').waitFor();
  const [ringing] = agent.phone.calls.filter(({ state }) => state === 'ringing');
  if (ringing === undefined) throw new Error('no call at the telephone');
  await ringing.answer();
  await call(page).getByText('与市民通话').waitFor();
  await citizen.answered;
  await hungUp(page, citizen);
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('status of 409');
});

test('a colleague is found in the directory, consulted apart from the citizen, and brought in as the third', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138303');
  const colleague = await atDesk('gu', GU_HZ);
  await ready(colleague);

  await page.keyboard.press('F8');
  await page.getByRole('dialog').getByRole('textbox').fill('顾明');
  await page.getByRole('dialog').getByRole('button', { name: /顾明/ }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await call(page).getByText('正在呼叫对方').waitFor();
  await call(colleague).getByText('来电，已等待').waitFor();
  await colleague.keyboard.press('F2');
  await call(page).getByText('与对方咨询').waitFor();
  await Promise.all([untilPageHears(page, GU_HZ), untilPageHears(colleague, SHEN_HZ)]);

  await page.keyboard.press('Alt+j');
  await call(page).getByText('与市民通话').waitFor();
  // Two voices at once: each is half of what he hears.
  await citizen.sound.untilHears(GU_HZ, 20_000, 2);
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await state(page).getByText('整理').waitFor();
  await untilPageHears(colleague, CITIZEN_HZ);
  await colleague.keyboard.press('F10');
  await state(colleague).getByText('整理').waitFor();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
});

test('a policy specialist is found by one key, asked apart from the citizen, and the citizen taken back', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138305');
  const specialist = await town.unitPhone();
  const ringing = specialist.nextCall(20_000);

  await page.keyboard.press('Alt+e');
  const directory = page.getByRole('dialog', { name: '政策专员' });
  await directory.getByRole('textbox').fill('吴医保');
  await directory
    .getByRole('button', { name: /政策专员 样例专家 吴医保.*医保待遇科 051384990201/ })
    .waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  const asked = await ringing;
  expect(asked.dialled).toBe('051384990201');
  await asked.answer();
  asked.sound.speak(GU_HZ);
  await call(page).getByText('与对方咨询').waitFor();
  await Promise.all([untilPageHears(page, GU_HZ), asked.sound.untilHears(SHEN_HZ, 15_000)]);
  await page.keyboard.press('Alt+x');
  expect(await asked.ended).toBe('byThem');
  await untilPageHears(page, CITIZEN_HZ);
  await call(page).getByText('与市民通话').waitFor();
  await hungUp(page, citizen);
});

test('a shop of the hotline’s network is found by what it is, and rung with the citizen on hold', async () => {
  const shop = await until('the shop in the index', 60_000, async () => {
    const path = `/v1/places/near?words=${encodeURIComponent('复印')}`;
    const { places } = await town.lead.get<{
      places: readonly { place: { name: string; telephone: string } }[];
    }>(path);
    return places.find(({ place }) => place.telephone !== '')?.place ?? null;
  });
  const page = await atDesk('shen', SHEN_HZ);
  const citizen = await answered(page, '13800138306');
  const ringing = (await town.unitPhone()).nextCall(20_000);
  await page.keyboard.press('F8');
  const directory = page.getByRole('dialog', { name: '通讯录' });
  await directory.getByRole('textbox').fill('复印');
  await directory.getByRole('button', { name: `场所 ${shop.name} ${shop.telephone}` }).click();
  await expectAccessible(page);
  await page.keyboard.press('Alt+u');
  const asked = await ringing;
  expect(asked.dialled).toBe(shop.telephone.replaceAll('-', ''));
  await asked.answer();
  await call(page).getByText('与对方咨询').waitFor();
  await page.keyboard.press('Alt+x');
  expect(await asked.ended).toBe('byThem');
  await untilPageHears(page, CITIZEN_HZ);
  await hungUp(page, citizen);
});

test('before a shift: microphone, network and registration are tried; the loudspeaker is asked about', async () => {
  const page = await atDesk('shen', SHEN_HZ);
  await page.goto('/device-test');
  await page.getByText('听得到').waitFor();
  await page.getByText('已注册', { exact: true }).waitFor();
  await page.getByText(/往返 \d+ 毫秒/).waitFor();
  await page.getByRole('button', { name: '播放测试音' }).click();
  await page.getByRole('button', { name: '是', exact: true }).click();
  await page.getByText('正常', { exact: true }).waitFor();
  await expectAccessible(page);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
