import { type Exit, NODE_DEFAULTS, type Target, type TicketStatus } from '../menu.ts';
import { type LineCursor, written } from './line-cursor.ts';
import { promptsText, readPrompts } from './prompt-text.ts';

/** As long as both are exact, seconds are what people say. */
export const durationText = (ms: number): string =>
  (ms / 1000) * 1000 === ms && ms % 10 === 0 ? `${ms / 1000} 秒` : `${ms} 毫秒`;

const played = (prompts: Parameters<typeof promptsText>[0]): string =>
  prompts.length === 0 ? '' : ` 播放 ${promptsText(prompts)}`;

export function targetText(target: Target): string {
  switch (target.kind) {
    case 'node':
      return `节点 ${written(target.node)}`;
    case 'queue':
      return `队列 ${written(target.queue)}${target.skills === undefined ? '' : ` 技能 ${written(target.skills)}`}`;
    case 'line':
      return `号码 ${written(target.number)}`;
    case 'number':
      return `外线 ${written(target.number)} 中继 ${written(target.trunk)} 转回 ${written(target.returnQueue)}`;
    case 'message':
      return `留言 ${written(target.queue)} 至多 ${durationText(target.maxMs)}${played(target.prompts)}`;
    case 'goodbye':
      return `道别${played(target.prompts)}`;
    case 'ticketStatus':
      return `工单进度（${ticketParts(target).join('；')}）`;
    default:
      return target satisfies never;
  }
}

const ticketParts = ({ ask, notFound, timeoutMs, retries, afterwards, exit }: TicketStatus) => [
  ...(ask.length === 0 ? [] : [`询问 ${promptsText(ask)}`]),
  ...(notFound.length === 0 ? [] : [`查无 ${promptsText(notFound)}`]),
  `等待 ${durationText(timeoutMs)}`,
  `重试 ${retries} 次`,
  `告知后 ${targetText(afterwards)}`,
  ...(exit === null ? [] : [`否则 ${targetText(exit)}`]),
];

const NOWHERE: Exit = { kind: 'goodbye', prompts: [] };

export function readTarget(cursor: LineCursor): Target {
  const begun = cursor.keyword('target');
  if (begun === '节点') return { kind: 'node', node: cursor.value('node') };
  if (begun === '工单进度') return ticket(cursor);
  if (begun === null) return NOWHERE;
  return exitAfter(begun, cursor) ?? cursor.misread('target', begun, NOWHERE);
}

export function readExit(cursor: LineCursor): Exit {
  const begun = cursor.keyword('exit');
  if (begun === null) return NOWHERE;
  return exitAfter(begun, cursor) ?? cursor.misread('exit', begun, NOWHERE);
}

function exitAfter(begun: string, cursor: LineCursor): Exit | null {
  switch (begun) {
    case '队列': {
      const queue = cursor.value('queue');
      return cursor.take('技能')
        ? { kind: 'queue', queue, skills: cursor.value('skills') }
        : { kind: 'queue', queue };
    }
    case '号码':
      return { kind: 'line', number: cursor.value('number') };
    case '外线': {
      const number = cursor.value('number');
      cursor.must('中继', 'trunkWord');
      const trunk = cursor.value('trunk');
      cursor.must('转回', 'returnWord');
      return { kind: 'number', number, trunk, returnQueue: cursor.value('queue') };
    }
    case '留言': {
      const queue = cursor.value('queue');
      cursor.must('至多', 'most');
      const maxMs = cursor.duration();
      const prompts = cursor.take('播放') ? readPrompts(cursor) : [];
      return { kind: 'message', prompts, queue, maxMs };
    }
    case '道别':
      return { kind: 'goodbye', prompts: cursor.take('播放') ? readPrompts(cursor) : [] };
    default:
      return null;
  }
}

function ticket(cursor: LineCursor): TicketStatus {
  let found: TicketStatus = {
    kind: 'ticketStatus',
    ask: [],
    notFound: [],
    timeoutMs: NODE_DEFAULTS.timeoutMs,
    retries: NODE_DEFAULTS.retries,
    afterwards: NOWHERE,
    exit: null,
  };
  const told = new Set<string>();
  cursor.must('（', 'open');
  do {
    const part = cursor.keyword('ticketPart');
    if (part === null) return found;
    if (told.has(part)) return cursor.fail('twice', part, found);
    told.add(part);
    found = { ...found, ...ticketPart(part, cursor) };
  } while (cursor.take('；'));
  cursor.must('）', 'close');
  // Who was told the state must be let go to somewhere.
  return told.has('告知后') ? found : cursor.fail('noAfterwards', '', found);
}

function ticketPart(part: string, cursor: LineCursor): Partial<TicketStatus> {
  switch (part) {
    case '询问':
      return { ask: readPrompts(cursor) };
    case '查无':
      return { notFound: readPrompts(cursor) };
    case '等待':
      return { timeoutMs: cursor.duration() };
    case '重试': {
      const retries = cursor.number('count');
      cursor.must('次', 'times');
      return { retries };
    }
    case '告知后':
      return { afterwards: readExit(cursor) };
    case '否则':
      return { exit: readExit(cursor) };
    default:
      return cursor.misread('ticketPart', part, {});
  }
}
