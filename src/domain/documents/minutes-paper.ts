import type { Block, OfficialDocument } from './official-document.ts';
import { heading, type Letterhead, paper, paragraph } from './papers.ts';

/** Minutes as their reader may have them: words are masked already, times and units are words. */
export interface PaperMinutes {
  readonly number: string;
  readonly topic: string;
  readonly held: string;
  readonly place: string;
  readonly chair: string;
  readonly participants: readonly { readonly unit: string; readonly position: string }[];
  /** By their numbers. */
  readonly tickets: readonly string[];
  readonly text: string;
  readonly decisions: readonly {
    readonly words: string;
    readonly responsible: {
      readonly ticket: string;
      readonly lead: string;
      readonly assists: readonly string[];
    } | null;
  }[];
  readonly tasks: readonly { readonly unit: string; readonly task: string; readonly due: string }[];
  readonly confidential: boolean;
}

const NUMERALS = ['一', '二', '三', '四'] as const;

const lines = (text: string): readonly Block[] =>
  text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map(paragraph);
const stop = (text: string): string => (/[。！？；]$/.test(text) ? text : `${text}。`);

/** 会议纪要 (GB/T 9704 10.3): who sat at the table, what was said, what was decided, who does what until when. */
export function minutesPaper(head: Letterhead, minutes: PaperMinutes): OfficialDocument {
  const { participants, tickets, decisions, tasks } = minutes;
  const said = participants.filter(({ position }) => position.trim() !== '');
  const sections: readonly { readonly name: string; readonly blocks: readonly Block[] }[] = [
    { name: '会议情况', blocks: lines(minutes.text) },
    {
      name: '各方意见',
      blocks: said.map(({ unit, position }) => paragraph(`${unit}：${stop(position.trim())}`)),
    },
    { name: '议定事项', blocks: decisions.map((one, n) => paragraph(`（${n + 1}）${decided(one)}`)) },
    {
      name: '任务分工',
      blocks:
        tasks.length === 0
          ? []
          : [
              {
                kind: 'table',
                rows: tasks.map(({ unit, task, due }) => [unit, `${stop(task.trim())}（${due}前办结）`]),
              },
            ],
    },
  ];
  const written = sections.filter(({ blocks }) => blocks.length > 0);
  const present = participants.map(({ unit }) => unit);
  const others = [...new Set(tasks.map(({ unit }) => unit))].filter((unit) => !present.includes(unit));
  return paper(head, {
    title: `关于${minutes.topic}的会议纪要`,
    marks: minutes.confidential ? ['内部保密'] : [],
    addressee: present.length === 0 ? '各有关单位' : present.join('、'),
    blocks: [
      {
        kind: 'table',
        rows: [
          ['会议编号', minutes.number],
          ['时间', minutes.held],
          ['地点', minutes.place],
          ['主持人', minutes.chair],
          ['参加单位', present.length === 0 ? '未注明' : present.join('、')],
          ['议及工单', tickets.join('、')],
        ],
      },
      ...written.flatMap(({ name, blocks }, nth) => [heading(`${NUMERALS[nth]}、${name}`), ...blocks]),
    ],
    copies: others,
  });
}

function decided({ words, responsible }: PaperMinutes['decisions'][number]): string {
  if (responsible === null) return stop(words.trim());
  const { ticket, lead, assists } = responsible;
  const helped = assists.length === 0 ? '' : `，${assists.join('、')}协办`;
  return `${stop(words.trim())}${ticket}号工单由${lead}主办${helped}。`;
}
