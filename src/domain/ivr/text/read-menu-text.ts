import { type Fallback, type Menu, type MenuNode, NODE_DEFAULTS } from '../menu.ts';
import { PROMPT_NAME } from '../prompt-register.ts';
import { ITEMS_AT_MOST, readMenu } from '../read-menu.ts';
import { readCondition } from './condition-text.ts';
import { faultAt, type TextFault } from './fault.ts';
import { LineCursor } from './line-cursor.ts';
import { readPrompt } from './prompt-text.ts';
import { readExit, readTarget } from './target-text.ts';

export type ReadMenuText =
  /** `lines`: where each place of a finding (`nodes/start/choices/1`) was written. */
  | { readonly kind: 'menu'; readonly menu: Menu; readonly lines: ReadonlyMap<string, number> }
  | { readonly kind: 'refused'; readonly faults: readonly TextFault[] };

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer One)[] ? One[] : T[K] };
type NodeDraft = Omit<Growing<MenuNode>, 'onWrong' | 'onNothing'> & {
  readonly onWrong: Growing<Fallback>;
  readonly onNothing: Growing<Fallback>;
};
type MenuDraft = Omit<Growing<Menu>, 'nodes' | 'texts'> & {
  readonly nodes: NodeDraft[];
  readonly texts: Map<string, string>;
};

const newNode = (id: string, name: string): NodeDraft => ({
  ...NODE_DEFAULTS,
  id,
  name,
  redirects: [],
  prompts: [],
  choices: [],
  onWrong: { prompts: [], to: null },
  onNothing: { prompts: [], to: null },
  exit: null,
});

/** Every line that cannot be read is told at once; with one of them there is no menu. Never throws. */
export function readMenuText(text: string): ReadMenuText {
  const reader = new Reader();
  for (const [at, source] of text.split(/\r\n|\n|\r/).entries()) {
    if (source.trim() !== '') reader.read(new LineCursor(source, at + 1));
  }
  return reader.end();
}

/** The line of a finding: that of its place, or of what the place stands in. */
export function lineOf(field: string | null, lines: ReadonlyMap<string, number>): number {
  let place = field ?? '';
  while (place !== '') {
    const line = lines.get(place);
    if (line !== undefined) return line;
    place = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  }
  return lines.get('') ?? 1;
}

class Reader {
  readonly #faults: TextFault[] = [];
  readonly #lines = new Map<string, number>();
  /** What may be said once, and was. */
  readonly #said = new Set<string>();
  readonly #menu: MenuDraft = { code: '', name: '', languages: [], start: '', nodes: [], texts: new Map() };

  read(cursor: LineCursor): void {
    const word = cursor.keyword('lineWord') ?? '';
    const node = this.#menu.nodes.at(-1);
    if (cursor.fault === null && !this.#ofMenu(word, cursor)) {
      if (!NODE_WORDS.has(word)) cursor.fail('lineUnknown', word, null);
      else if (node === undefined) cursor.fail('outsideNode', word, null);
      else this.#ofNode(word, node, cursor);
    }
    cursor.end();
    if (cursor.fault !== null) this.#faults.push(cursor.fault);
  }

  end(): ReadMenuText {
    if (!this.#said.has('菜单') && this.#faults.length === 0) this.#faults.push(faultAt(1, 'menuMissing'));
    if (this.#faults.length > 0) return { kind: 'refused', faults: this.#faults };
    const { nodes, texts, ...head } = this.#menu;
    const menu: Menu = {
      ...head,
      languages: this.#said.has('语言') ? head.languages : ['zh-CN'],
      start: this.#said.has('起始') ? head.start : (nodes[0]?.id ?? ''),
      nodes,
      texts: Object.fromEntries(texts),
    };
    // The same limits as for data; what they are about is told by its path.
    const read = readMenu(menu);
    if (read.kind === 'menu') return { kind: 'menu', menu: read.menu, lines: this.#lines };
    const line = (path: string): number => {
      const [, nth] = /^nodes\.(\d+)/.exec(path) ?? [];
      return lineOf(nth === undefined ? null : `nodes/${nodes[Number(nth)]?.id}`, this.#lines);
    };
    return {
      kind: 'refused',
      faults: read.faults.map(({ path }) => faultAt(line(path), 'tooMany', String(ITEMS_AT_MOST))),
    };
  }

  #ofMenu(word: string, cursor: LineCursor): boolean {
    const menu = this.#menu;
    switch (word) {
      case '菜单':
        this.#once(word, '', cursor);
        menu.code = cursor.value('menuCode', PROMPT_NAME);
        menu.name = cursor.value('name');
        return true;
      case '语言':
        this.#once(word, 'languages', cursor);
        menu.languages = [...cursor.list(() => cursor.value('language'))];
        return true;
      case '起始':
        this.#once(word, 'start', cursor);
        menu.start = cursor.value('node');
        return true;
      case '文字': {
        const name = cursor.value('prompt', PROMPT_NAME);
        this.#once(`文字 ${name}`, `texts/${name}`, cursor);
        menu.texts.set(name, cursor.value('spoken'));
        return true;
      }
      case '节点': {
        const node = newNode(cursor.value('node'), cursor.value('name'));
        this.#place(`nodes/${node.id}`, cursor);
        menu.nodes.push(node);
        return true;
      }
      default:
        return false;
    }
  }

  #ofNode(word: string, node: NodeDraft, cursor: LineCursor): void {
    const at = `nodes/${node.id}`;
    // Two nodes of one id are the linter's business; each has its own lines.
    const once = (what: string, place: string): void =>
      this.#once(what, `${at}/${place}`, cursor, `${this.#menu.nodes.length} ${what}`);
    switch (word) {
      case '若': {
        this.#place(`${at}/redirects/${node.redirects.length}`, cursor);
        const when = readCondition(cursor);
        const reason = cursor.take('理由') ? cursor.value('reason') : '';
        node.redirects.push({ when, reason, to: this.#target(cursor) });
        return;
      }
      case '播放':
        this.#place(`${at}/prompts`, cursor);
        node.prompts.push(readPrompt(cursor));
        return;
      case '按': {
        const digits = cursor.value('digits');
        this.#place(`${at}/choices/${digits}`, cursor);
        const label = cursor.value('label');
        const when = cursor.take('若') ? readCondition(cursor) : null;
        const counter = cursor.take('计数') ? cursor.value('counter') : null;
        node.choices.push({ digits, label, when, counter, target: this.#target(cursor) });
        return;
      }
      case '等待':
        once(word, 'timeoutMs');
        node.timeoutMs = cursor.duration();
        return;
      case '位间':
        once(word, 'digitTimeoutMs');
        node.digitTimeoutMs = cursor.duration();
        return;
      case '重试':
        once(word, 'retries');
        node.retries = cursor.number('count');
        cursor.must('次', 'times');
        return;
      case '按错':
      case '未按': {
        const place = word === '按错' ? 'onWrong' : 'onNothing';
        if (cursor.take('播放')) {
          this.#place(`${at}/${place}`, cursor);
          node[place].prompts.push(readPrompt(cursor));
          return;
        }
        once(`${word} →`, place);
        cursor.must('→', 'playOrArrow');
        node[place].to = readTarget(cursor);
        return;
      }
      case '默认':
        once(word, 'exit');
        cursor.must('→', 'arrow');
        node.exit = readExit(cursor);
        return;
      default:
        return;
    }
  }

  #target(cursor: LineCursor) {
    cursor.must('→', 'arrow');
    return readTarget(cursor);
  }

  #once(word: string, place: string, cursor: LineCursor, what = word): void {
    if (this.#said.has(what)) cursor.fail('twice', word, null);
    this.#said.add(what);
    this.#place(place, cursor);
  }
  #place(place: string, { line }: LineCursor): void {
    if (!this.#lines.has(place)) this.#lines.set(place, line);
  }
}

const NODE_WORDS: ReadonlySet<string> = new Set([
  '若',
  '播放',
  '按',
  '等待',
  '位间',
  '重试',
  '按错',
  '未按',
  '默认',
]);
