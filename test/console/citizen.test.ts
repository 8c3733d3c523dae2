import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { textMessage } from '../support/text-message.ts';
import { inState, move } from '../support/ticket-page.ts';
import { Town } from '../support/town.ts';
import { linkedTicket, ticketOf } from '../support/visit-link.ts';

// What a citizen does on his telephone, without an account.

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

async function atHome(path: string): Promise<Page> {
  const page = await browser.window(PHONE);
  await page.goto(path);
  return page;
}
const choose = (page: Page, question: RegExp, words: string) =>
  page.getByRole('group', { name: question }).getByLabel(words, { exact: true }).check();
/** The reviewer at a matter of which its citizen says that it is not done, come to from his own list. */
async function disputed(number: string): Promise<Page> {
  const page = await browser.signedIn('reviewer', town.passwordOf('reviewer'), '/tickets');
  await page
    .getByRole('navigation', { name: '待办分类' })
    .getByRole('button', { name: '异议待复核' })
    .click();
  await page.getByRole('gridcell', { name: number }).click();
  await inState(page, '异议复核中');
  return page;
}
const stateOf = async (id: string) => (await town.lead.get<{ state: string }>(`/v1/tickets/${id}`)).state;

test('by his link he says that it is not solved, with words: the unit works on it again; a second time the link is used', async () => {
  const { id, number, token } = await linkedTicket(town, '13912340071');
  const page = await atHome(`/v#${token}`);
  await page.getByText(`编号 ${number}`).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.getByRole('alert').getByText('请先回答上面的三个问题').waitFor();
  await choose(page, /事情解决了吗/, '没有解决');
  await choose(page, /办理结果/, '不满意');
  await choose(page, /态度和过程/, '基本满意');
  await page.getByLabel(/哪里没有解决/).fill('水管又漏了');
  // A reload loses nothing that was typed.
  await page.reload();
  expect(await page.getByLabel(/哪里没有解决/).inputValue()).toBe('水管又漏了');
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.getByRole('status').getByText('重新办理').waitFor();
  await expectAccessible(page);
  expect(await stateOf(id)).toBe('handling');

  const again = await atHome(`/v#${token}`);
  await again.getByRole('alert').getByText('您已评价过').waitFor();
  await expectAccessible(again);
});

test('without an account he finds the answer by his own words, as the agents do', async () => {
  const path = `/v1/public/knowledge?words=${encodeURIComponent('社保卡不见了咋办')}`;
  const best = await until('the entry in the index', 60_000, async () => {
    const { entries } = await town.lead.get<{ entries: readonly { question: string; text: string }[] }>(path);
    return entries[0] ?? null;
  });
  const page = await atHome('/follow');
  await page.getByRole('link', { name: '查常见问题的答复' }).click();
  await page.getByRole('status').getByText('大家常问的').waitFor();
  await expectAccessible(page);
  await page.getByLabel('您想问什么').fill('社保卡不见了咋办');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('“社保卡不见了咋办”的答复').waitFor();
  const first = page.getByRole('listitem').first();
  await first.getByText(best.question).waitFor();
  // The best one is open already.
  expect(await first.locator('.text').textContent()).toBe(best.text);
  await expectAccessible(page);
  await page.getByLabel('您想问什么').fill('zzqqxx');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('没有找到').waitFor();
  // The way back leads to what he had.
  await page.goBack();
  await first.getByText(best.question).waitFor();
});

test('a link that is cut off is no dead end: the telephone and the way to his matter stand there', async () => {
  const page = await atHome('/v#abc');
  await page.getByRole('alert').getByText('网址不完整').waitFor();
  expect(await page.getByRole('link', { name: '拨打 12345' }).getAttribute('href')).toBe('tel:12345');
  await page.getByRole('link', { name: '查询我的诉求办到哪一步' }).click();
  await page.waitForURL('**/follow');
});

test.each(['zh-CN', 'en'])(
  'a town with another number names its own, in %s, also where it is not told this time',
  async (language) => {
    const page = await browser.window(PHONE);
    await page.addInitScript(`localStorage.setItem('yihaotong.language', '${language}')`);
    await page.route('**/v1/public/hotline', async (route) => {
      const answered = await route.fetch();
      await route.fulfill({ response: answered, json: { ...(await answered.json()), number: '12320' } });
    });
    const call = page.locator('footer').getByRole('link', { name: '12320' });
    for (const path of ['/v', '/appeal', '/follow', '/adopted', '/answers', '/sign-in']) {
      await Promise.all([page.waitForResponse('**/v1/public/hotline'), page.goto(path)]);
      if (path === '/sign-in') await page.getByText('12320').waitFor();
      else await expect.poll(() => call.getAttribute('href')).toBe('tel:12320');
      expect(await page.locator('#console').textContent(), path).not.toContain('12345');
    }
    await page.unroute('**/v1/public/hotline');
    const tooOften = {
      code: 'request.tooOften',
      title: '过于频繁',
      titleEn: 'Too often',
      status: 429,
      instance: '',
    };
    await page.route('**/v1/public/hotline', (route) => route.fulfill({ status: 429, json: tooOften }));
    await page.goto('/follow');
    await call.waitFor();
    await page.context().close();
  },
);

test('he writes his matter himself, pressed twice it is one, and follows it from there', async () => {
  const page = await atHome('/follow');
  await page.getByRole('link', { name: '我要反映一件事' }).click();
  await expectAccessible(page);
  await page.getByLabel('什么事').fill('青园路路灯不亮');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('alert').getByText('请填写电话').waitFor();
  await page.getByLabel('您的电话').fill('路灯');
  await page.getByRole('alert').getByText('电话号码只能有数字').waitFor();
  await expectAccessible(page);
  // He is promised what will be so, and no message where none comes.
  await page.getByLabel('您的电话').fill('0513 8411 0001');
  await page.getByText('固定电话收不到短信').waitFor();
  await page.getByLabel('您的电话').fill('139 1234 0078');
  await page.getByText('受理编号会发到这个手机').waitFor();
  await page.getByLabel('匿名').check();
  await page.getByText('匿名的不发短信').waitFor();
  await page.getByLabel('匿名').uncheck();
  await page.getByLabel('在哪里').fill('青园路幼儿园门口');
  await page.getByLabel('求助').check();
  // A reload loses nothing that was typed.
  await page.reload();
  expect(await page.getByLabel('在哪里').inputValue()).toBe('青园路幼儿园门口');
  const path = '**/v1/public/tickets';
  // The first answer is lost on its way, after it was written down: pressed again it is the same matter.
  await page.route(
    path,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: '提交' }).click();
  const received = page.getByRole('status');
  await received.getByText('您的编号是').waitFor();
  // The answer that was lost is told by the browser as well.
  for (const told of browser.mishaps.splice(0)) expect(told).toContain('ERR_FAILED');
  await expectAccessible(page);
  const number = (await received.locator('.number').textContent()) ?? '';
  const counted = await town.inBooks<{ n: number }>(
    `select count(*)::integer as n from tickets where content = '青园路路灯不亮'`,
  );
  expect(counted.n).toBe(1);
  const { tickets } = await town.lead.get<{ tickets: object[] }>(`/v1/tickets?number=${number}`);
  expect(tickets).toMatchObject([
    { state: 'registered', channel: 'website', type: 'HELP', place: '青园路幼儿园门口' },
  ]);
  await page.getByRole('link', { name: '查看办理进度' }).click();
  expect(await page.getByLabel('工单编号').inputValue()).toBe(number);
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByRole('article', { name: number }).getByText('正在安排由哪个单位办理').waitFor();
  // Whoever sits there next finds neither his number nor his telephone.
  const kept = await page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage })');
  expect(kept).not.toContain('1234 0078');
  await page.getByRole('link', { name: '我要反映一件事' }).click();
  // The page comes when its code has: who goes back before it goes back from here.
  await page.waitForURL('**/appeal');
  await page.goBack();
  expect(await page.getByLabel('工单编号').inputValue()).toBe('');
});

test('what came by text message and could be no ticket a clerk finds, and makes one of it or says why not', async () => {
  await textMessage(town, { text: '【移动】话费不足', from: '10086' });
  await textMessage(town, { text: 'RD20201127-000001 那里又漏了', from: '13912340079' });
  const page = await browser.signedIn('1001', town.passwordOf('1001'), '/incoming');
  const advert = page.getByRole('listitem').filter({ hasText: '话费不足' });
  await advert.getByText('不是手机号码').waitFor();
  await advert.getByText(/^已等 \d+ 分/).waitFor();
  await expectAccessible(page);
  await advert.getByRole('button', { name: '不登记' }).click();
  await page.getByRole('dialog').getByLabel('说明').fill('广告');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await advert.waitFor({ state: 'detached' });
  const leak = page.getByRole('listitem').filter({ hasText: '那里又漏了' });
  await leak.getByText('所写工单编号不属于此人').waitFor();
  expect(await page.content()).not.toContain('13912340079');
  await leak.getByRole('button', { name: '登记工单' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('地点').fill('余荡村三组');
  await dialog.getByLabel('说明').fill('电话核实过');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await leak.waitFor({ state: 'detached' });
  await page.getByRole('radiogroup', { name: '显示' }).getByText('全部').click();
  await leak.getByText('登记：电话核实过').waitFor();
  await expectAccessible(page);
  await leak.getByRole('link').click();
  await page.getByText('余荡村三组').first().waitFor();
  const { tickets } = await town.lead.get<{ tickets: object[] }>('/v1/tickets?channel=sms');
  expect(tickets).toMatchObject([{ place: '余荡村三组', citizenNumber: '139****0079' }]);
  // By which way appeals come, and all ways together.
  const figures = await browser.signedIn('lead', town.passwordOf('lead'), '/channels');
  await figures.getByRole('row', { name: /^短信 1 / }).waitFor();
  await expectAccessible(figures);
  const here = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const { total } = await town.lead.get<{ total: { tickets: number } }>(
    `/v1/reports/channels?from=${here.slice(0, 8)}01&to=${here}`,
  );
  await figures.getByRole('row', { name: new RegExp(`^合计 ${total.tickets} `) }).waitFor();
  const [saved] = await Promise.all([
    figures.waitForEvent('download'),
    figures.getByRole('button', { name: '下载表格' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/^受理渠道-.+\.csv$/);
  // Of more than a year none is told: the figures of other days do not stay under these.
  await figures.getByPlaceholder('起').fill('2024-01-01');
  await figures.keyboard.press('Enter');
  await figures.getByRole('alert').waitFor();
  expect(await figures.getByRole('table').count()).toBe(0);
  expect(await figures.getByRole('button', { name: '下载表格' }).isDisabled()).toBe(true);
});

test('he follows his matter by number and telephone, presses it, and adds to it; it stands on the time line', async () => {
  const { id, number } = await ticketOf(town, '13912340072');
  const page = await atHome('/follow');
  await page.getByLabel('工单编号').fill(number.toLowerCase());
  await page.getByLabel('电话号码').fill('13912340000');
  await page.getByRole('button', { name: '查询' }).click();
  // Another's telephone opens nothing, and does not say whether there is such a ticket.
  await page.getByRole('alert').getByText('没有查到').waitFor();
  await expectAccessible(page);
  await page.getByLabel('电话号码').fill('139 1234 0072');
  await page.getByRole('button', { name: '查询' }).click();
  const matter = page.getByRole('article', { name: number });
  await matter.getByText('等他们确认收到').waitFor();
  await matter.getByText('答应您的期限').waitFor();
  await matter.getByText('单位的期限').waitFor();
  await expectAccessible(page);
  // Nothing of who he is, or what he said, comes back.
  expect(await page.content()).not.toMatch(/王小明|路面积水/);

  await matter.getByRole('button', { name: '催一催' }).click();
  await page.getByRole('status').getByText('已催办').waitFor();
  await matter.getByText('后可再催').waitFor();
  expect(await matter.getByRole('button', { name: '催一催' }).isDisabled()).toBe(true);
  await matter.getByLabel('补充情况').fill('水已经漫到二组路口');
  await matter.getByRole('button', { name: '提交补充' }).click();
  await page.getByRole('status').getByText('补充已收到').waitFor();
  const { timeline } = await town.lead.get<{ timeline: { type: string; reason: string }[] }>(
    `/v1/tickets/${id}`,
  );
  expect(timeline.slice(-2)).toMatchObject([
    { type: 'citizenUrged' },
    { type: 'citizenAdded', reason: '水已经漫到二组路口' },
  ]);
});

test('what is done he rates himself, by its number; not solved it is looked at again, and he is told by when and what came of it', async () => {
  const { id, number } = await linkedTicket(town, '13912340073');
  const page = await atHome('/follow');
  await page.getByLabel('工单编号').fill(number);
  await page.getByLabel('电话号码').fill('13912340073');
  await page.getByRole('button', { name: '查询' }).click();
  const rating = page.getByRole('region', { name: '请您评价这件事' });
  await rating.getByRole('button', { name: '提交评价' }).click();
  await rating.getByRole('alert').getByText('请先回答上面的三个问题').waitFor();
  await expectAccessible(page);
  await choose(page, /事情解决了吗/, '没有解决');
  await choose(page, /办理结果/, '不满意');
  await choose(page, /态度和过程/, '满意');
  await rating.getByLabel(/哪里没有解决/).fill('阀门还在滴水');
  await rating.getByText('由热线工作人员复核').waitFor();
  await rating.getByRole('button', { name: '提交评价' }).click();
  await rating.getByRole('status').getByText('您已于').waitFor();
  const matter = page.getByRole('article', { name: number });
  await matter.getByText('热线正在复核，结果会告诉您').waitFor();
  await matter.getByText(/热线在 \d{4}-\d\d-\d\d 前复核并告诉您结果/).waitFor();
  await expectAccessible(page);
  // What he said is not shown to whoever has his slip; he may say it otherwise.
  expect(await page.content()).not.toContain('阀门还在滴水');
  // An overseer finds it among those to look at, with his words.
  const overseer = await browser.signedIn('supervisor', town.passwordOf('supervisor'), '/supervision');
  await overseer.getByRole('tab', { name: '市民评价' }).click();
  await overseer.getByText('没有这样的评价').waitFor();
  await expectAccessible(overseer);
  await overseer.getByRole('radiogroup').getByText('未解决或不满意').click();
  await overseer.getByText('阀门还在滴水').waitFor();
  await expectAccessible(overseer);
  expect(await overseer.getByRole('link', { name: number }).getAttribute('href')).toBe(`/tickets/${id}`);
  // It is work of his: he finds it in his list, and says what the citizen is told.
  await overseer.goto(new URL('/tickets', overseer.url()).href);
  await overseer.getByText('异议待复核').waitFor();
  await rating.getByRole('button', { name: '更正评价' }).click();
  await choose(page, /事情解决了吗/, '解决了');
  await choose(page, /办理结果/, '满意');
  await choose(page, /态度和过程/, '满意');
  await rating.getByRole('button', { name: '提交评价' }).click();
  await rating.getByRole('button', { name: '更正评价' }).waitFor();
  const { timeline } = await town.lead.get<{ timeline: { type: string; body: object }[] }>(
    `/v1/tickets/${id}`,
  );
  expect(timeline.filter(({ type }) => type === 'citizenRated')).toMatchObject([
    { body: { own: true } },
    { body: { own: true, correction: 1 } },
  ]);
  // A reviewer finds it among his, and what he writes to the citizen is what that one reads.
  const reviewer = await disputed(number);
  await expectAccessible(reviewer);
  await move(reviewer, '维持办理结果', async (dialog) => {
    await dialog.getByLabel('给市民的说明').fill('阀门已换，物业会再看一次。');
    await dialog.getByLabel('理由').fill('已电话核实');
    await expectAccessible(reviewer);
  });
  await inState(reviewer, '已结案');
  await page.reload();
  await page.getByLabel('工单编号').fill(number);
  await page.getByLabel('电话号码').fill('13912340073');
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('已复核，维持办理结果：阀门已换，物业会再看一次。').waitFor();
});

test('what its citizen disputes a reviewer sends back: the unit works on it again, and the citizen reads that it does', async () => {
  const citizenNumber = '13912340076';
  const { id, number } = await linkedTicket(town, citizenNumber);
  const page = await atHome('/follow');
  const look = async (): Promise<void> => {
    await page.getByLabel('工单编号').fill(number);
    await page.getByLabel('电话号码').fill(citizenNumber);
    await page.getByRole('button', { name: '查询' }).click();
  };
  await look();
  await choose(page, /事情解决了吗/, '没有解决');
  await choose(page, /办理结果/, '不满意');
  await choose(page, /态度和过程/, '满意');
  await page.getByLabel(/哪里没有解决/).fill('水又停了');
  await page.getByRole('button', { name: '提交评价' }).click();
  const matter = page.getByRole('article', { name: number });
  await matter.getByText('热线正在复核，结果会告诉您').waitFor();
  // The unit whose work it is decides nothing of it.
  const unit = await browser.signedIn('unit.water', town.passwordOf('unit.water'), `/tickets/${id}`);
  await inState(unit, '异议复核中');
  await unit.getByText('当前状态下您没有可办的步骤').waitFor();

  const reviewer = await disputed(number);
  await move(reviewer, '重办', async (dialog) => {
    await dialog.getByLabel('理由').fill('市民来电录音为证，供水未恢复');
  });
  await inState(reviewer, '办理中');
  await unit.reload();
  await inState(unit, '办理中');
  await page.reload();
  await look();
  await matter.getByText('自来水公司正在办理').waitFor();
  await matter.getByText(/收到，热线已复核/).waitFor();
  await expectAccessible(page);
});

test('everybody reads which suggestions were taken up, by which measure, and finds the way there and back', async () => {
  const { id } = await town.lead.post<{ id: string }>('/v1/tickets', {
    ...{ type: 'SUGGESTION', categoryCode: 'utilities.water', unitCode: 'water', citizenName: '王小明' },
    ...{ content: '我家门口的水管太旧，建议更换。', citizenNumber: '13912340074' },
  });
  await town.lead.post(`/v1/tickets/${id}/adoption`, {
    ...{ outcome: 'adopted', words: '年内更换主管三公里', summary: '建议更换老旧水管' },
    publication: 'https://example.gov.cn/1',
  });
  const page = await atHome('/follow');
  await page.getByRole('link', { name: '看看哪些建议被采纳了' }).click();
  const listed = page.getByRole('listitem');
  await listed.getByText('建议更换老旧水管').waitFor();
  await listed.getByText('年内更换主管三公里').waitFor();
  expect(await listed.getByRole('link').getAttribute('href')).toBe('https://example.gov.cn/1');
  await page.getByText(/采纳率 \d+\.\d\d%/).waitFor();
  expect(await page.content()).not.toMatch(/王小明|我家门口/);
  await expectAccessible(page);
  expect(await page.getByRole('button', { name: '下一年' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '上一年' }).click();
  await page.getByRole('status').getByText('还没有公示的建议').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: '查询我的诉求办到哪一步' }).click();
  await page.waitForURL('**/follow');
});

test('large letters and the other language are kept in this browser', async () => {
  const page = await atHome('/follow');
  const sizeOf = () => page.evaluate("getComputedStyle(document.querySelector('main p')).fontSize");
  await page.getByText('填写受理短信里的编号').waitFor();
  const usual = Number.parseFloat(String(await sizeOf()));
  await page.getByRole('button', { name: '大字' }).click();
  const large = Number.parseFloat(String(await sizeOf()));
  expect(large).toBeGreaterThan(usual * 1.3);
  await page.reload();
  await page.getByRole('button', { name: '标准字' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('How far is it?').waitFor();
  await expectAccessible(page);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
