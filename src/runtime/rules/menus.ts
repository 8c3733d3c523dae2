import { readMenuText } from '../../domain/ivr/text/read-menu-text.ts';
import { type Finding, findingsText, type Version, versionLine } from '../rules-text.ts';
import { Misuse, Setback } from '../setback.ts';
import { type Command, edit, type Job, pathOf, put, readJson, readText, reasonOf, word } from './command.ts';

interface MenuSeen {
  readonly menu: object;
  readonly text: string;
  readonly graph: { readonly diagram: string };
  readonly numbers: readonly string[];
  readonly findings: readonly Finding[];
}
interface Counted {
  readonly counts: readonly {
    readonly day: string;
    readonly node: string;
    readonly digits: string;
    readonly outcome: string;
    readonly counter: string | null;
    readonly calls: number;
  }[];
}

interface PackUse {
  readonly pack: string;
  readonly begunAt: string | null;
  readonly leftOut: readonly { readonly number: string; readonly why: string }[];
}

const packLine = ({ pack, begunAt, leftOut }: PackUse): string =>
  [
    `知识包 ${pack} ${begunAt === null ? '随按键开通 begins with the key' : '已启用 in force'}`,
    ...leftOut.map(({ number, why }) => `  未发布 left out: ${number} ${why}`),
  ].join('\n');

function needed({ options }: Job, name: 'key' | 'queue' | 'text' | 'until' | 'menu'): string {
  const value = options[name];
  if (value !== undefined) return value;
  throw new Misuse('rules.missing', `--${name} is missing.`, 'See rules help COMMAND for an example.');
}

/** A menu out of a file: as people write it, or as data. */
function menuIn(file: string): unknown {
  const text = readText(file);
  if (!text.trimStart().startsWith('菜单')) return readJson(file);
  const read = readMenuText(text);
  if (read.kind === 'menu') return read.menu;
  const lines = read.faults.map(
    ({ line, wrong, right }) =>
      `  第 ${line} 行 ${wrong.zh}：${right.zh}\n    line ${line}: ${wrong.en}; ${right.en}`,
  );
  throw new Setback(
    'rules.menuUnread',
    `${file} cannot be read:\n${lines.join('\n')}`,
    'Mend these lines; the rest is as it should be.',
  );
}

/** Menus, and the key for the matter of the hour. */
export const MENU_COMMANDS: readonly Command[] = [
  {
    name: 'menus',
    words: '[V]',
    does: { zh: '菜单及使用它的号码', en: 'the menus, and the numbers that hear them' },
    options: [],
    example: 'menus',
    async run({ counter, rest, print }) {
      const { menus } = await counter.get<{
        menus: readonly { code: string; name: string; nodes: number; numbers: readonly string[] }[];
      }>(`${pathOf(rest[0] ?? 'published')}/menus`);
      const rows = menus.map(
        ({ code, name, nodes, numbers }) =>
          `${code}  ${name}  ${nodes} 个节点  ${numbers.join('、') || '（未使用）'}`,
      );
      print(rows.length === 0 ? '没有菜单 no menus' : rows.join('\n'));
      return 0;
    },
  },
  {
    name: 'menu',
    words: 'V CODE',
    does: {
      zh: '一个菜单：数据，或给人读写的文本（--words）、图形（--graph）',
      en: 'one menu as data, as text for people, or as a drawing',
    },
    options: ['words', 'graph', 'out'],
    example: 'menu published classic-menu --out menu.json',
    async run(job) {
      const [version, code] = [word(job, 0, 'the version'), word(job, 1, 'the menu')];
      const seen = await job.counter.get<MenuSeen>(`${pathOf(version)}/menus/${encodeURIComponent(code)}`);
      const data = `${JSON.stringify(seen.menu, null, 2)}\n`;
      put(job, job.options.graph ? seen.graph.diagram : job.options.words ? seen.text : data);
      return 0;
    },
  },
  {
    name: 'menu-set',
    words: 'V FILE',
    does: {
      zh: '在草稿中新增或替换菜单，并告知问题',
      en: 'put a menu into a draft, and say what is wrong with it',
    },
    options: [],
    example: 'menu-set 7 menu.json',
    async run(job) {
      const [version, file] = [word(job, 0, 'the version'), word(job, 1, 'the file')];
      const menu = menuIn(file);
      const code = typeof menu === 'object' && menu !== null && 'code' in menu ? String(menu.code) : '';
      job.print(versionLine(await edit(job.counter, version, { menus: [menu] })));
      const seen = await job.counter.get<MenuSeen>(`${pathOf(version)}/menus/${encodeURIComponent(code)}`);
      job.print(findingsText(seen.findings));
      return seen.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
    },
  },
  {
    name: 'menu-remove',
    words: 'V CODE',
    does: { zh: '从草稿中删除菜单', en: 'take a menu out of a draft' },
    options: [],
    example: 'menu-remove 7 classic-menu',
    async run(job) {
      const [version, code] = [word(job, 0, 'the version'), word(job, 1, 'the menu')];
      job.print(versionLine(await edit(job.counter, version, { removeMenus: [code] })));
      return 0;
    },
  },
  {
    name: 'surge',
    words: 'CODE',
    does: {
      zh: '应急按键：一步发布，到期自动恢复',
      en: 'a key for the matter of the hour, published in one step, ending by itself',
    },
    options: ['key', 'queue', 'queue-name', 'label', 'text', 'until', 'menu', 'line', 'pack', 'reason'],
    example:
      'surge flood --key 0 --queue general --label 防汛 --text 防汛热线请按0 --until 2026-12-31T00:00:00+08:00 --reason 防汛响应',
    async run(job) {
      const code = word(job, 0, 'the code');
      const { label = code, menu, line, pack, 'queue-name': queueName } = job.options;
      const order = {
        code,
        key: needed(job, 'key'),
        queue: needed(job, 'queue'),
        text: needed(job, 'text'),
        until: needed(job, 'until'),
        label,
        reason: reasonOf(job),
        ...(queueName === undefined ? {} : { queueName }),
        ...(menu === undefined ? {} : { menu }),
        ...(line === undefined ? {} : { line }),
        ...(pack === undefined ? {} : { pack }),
      };
      const opened = await job.counter.post<Version & { pack: PackUse | null }>('/surge-keys', order);
      job.print(versionLine(opened));
      if (opened.pack !== null) job.print(packLine(opened.pack));
      return 0;
    },
  },
  {
    name: 'surge-end',
    words: 'CODE',
    does: { zh: '提前结束应急按键', en: 'end a surge key before its time' },
    options: ['menu', 'reason'],
    example: 'surge-end flood --menu classic-menu --reason 响应解除',
    async run(job) {
      const code = encodeURIComponent(word(job, 0, 'the code'));
      const body = { menu: needed(job, 'menu'), reason: reasonOf(job) };
      job.print(versionLine(await job.counter.post<Version>(`/surge-keys/${code}/end`, body)));
      return 0;
    },
  },
  {
    name: 'counters',
    words: 'CODE',
    does: { zh: '菜单各按键每日来电数', en: 'how often each key of a menu was pressed, by day' },
    options: ['from', 'to'],
    example: 'counters classic-menu --from 2026-12-01 --to 2026-12-31',
    async run(job) {
      const code = encodeURIComponent(word(job, 0, 'the menu'));
      const { from, to } = job.options;
      const query = new URLSearchParams({
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
      const { counts } = await job.counter.read<Counted>(`/menus/${code}/counters?${query}`);
      const rows = counts.map(
        ({ day, node, digits, outcome, counter, calls }) =>
          `${day}  ${node}  ${digits === '' ? '（未按键）' : digits}  ${outcome}  ${calls}${counter === null ? '' : `  ${counter}`}`,
      );
      job.print(rows.length === 0 ? '没有按键记录 nothing pressed' : rows.join('\n'));
      return 0;
    },
  },
];
