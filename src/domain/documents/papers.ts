import { type FormField, type Instrument, TRIGGER_NAMES, type Trigger } from '../tickets/supervision.ts';
import { TICKET_TYPE_NAMES, type TicketType } from '../tickets/ticket.ts';
import type { Block, OfficialDocument } from './official-document.ts';

/** What every paper has of the house. */
export interface Letterhead {
  readonly municipality: string;
  readonly mainNumber: string;
  readonly number: string;
  /** Day of issue, in words. */
  readonly date: string;
  readonly watermark: string | null;
}

/** A ticket as its reader may see it: all words are masked already where they must be; times are words. */
export interface PaperTicket {
  readonly number: string;
  readonly type: TicketType;
  readonly category: string;
  readonly title: string;
  readonly content: string;
  readonly place: string;
  readonly confidential: boolean;
  readonly urgent: boolean;
  readonly unitName: string;
  readonly citizen: { readonly name: string; readonly number: string };
  readonly accepted: string;
  readonly unitDue: string | null;
  readonly citizenDue: string | null;
}

export interface PaperOrder {
  readonly number: string;
  readonly instrument: Instrument;
  readonly trigger: Trigger;
  readonly demand: string;
  readonly due: string;
  /** What the instrument's own form says, in its order. */
  readonly form: readonly { readonly field: FormField; readonly value: string }[];
}

const INSTRUMENT_WORDS: Readonly<Record<Instrument, string>> = {
  onSite: '现场督办',
  written: '书面交办',
  meeting: '专题会办',
  media: '媒体联动',
  notice: '书面通报',
};

const FIELD_WORDS: Readonly<Record<FormField, string>> = {
  place: '督查地点',
  at: '时间',
  participants: '参加单位',
  topic: '会议议题',
  chair: '主持人',
  medium: '媒体栏目',
  question: '反映问题',
  facts: '通报事实',
};

const hall = ({ municipality, mainNumber }: Letterhead): string =>
  `${municipality}${mainNumber}政务服务便民热线`;
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
const marksOf = ({
  confidential,
  urgent,
}: Pick<PaperTicket, 'confidential' | 'urgent'>): readonly string[] => [
  ...(confidential ? ['内部保密'] : []),
  ...(urgent ? ['特急'] : []),
];

export function paper(
  head: Letterhead,
  rest: Pick<OfficialDocument, 'title' | 'marks' | 'addressee' | 'blocks'> & {
    readonly copies?: readonly string[];
  },
): OfficialDocument {
  const { number, date, watermark } = head;
  return { issuer: hall(head), signature: hall(head), number, date, watermark, copies: [], ...rest };
}

const ticketRows = (ticket: PaperTicket): readonly (readonly [string, string])[] => [
  ['工单编号', ticket.number],
  ['诉求类型', `${TICKET_TYPE_NAMES[ticket.type]}　${ticket.category}`],
  ['诉求人', `${ticket.citizen.name}　${ticket.citizen.number}`],
  ['受理时间', ticket.accepted],
  ['事发地点', ticket.place || '未注明'],
];

/** 任务单: what a unit is to do, and by when. */
export function taskSheet(head: Letterhead, ticket: PaperTicket): OfficialDocument {
  const { unitDue, citizenDue } = ticket;
  const by = unitDue === null ? '' : `请于${unitDue}前办结，`;
  return paper(head, {
    title: `关于办理${ticket.category}类诉求的任务单`,
    marks: marksOf(ticket),
    addressee: ticket.unitName,
    blocks: [
      paragraph('现将市民诉求转你单位办理，具体如下。'),
      { kind: 'table', rows: [...ticketRows(ticket), ['诉求标题', ticket.title]] },
      heading('一、诉求内容'),
      ...ticket.content.split(/\n+/).map(paragraph),
      heading('二、办理要求'),
      paragraph(
        `${by}及时联系诉求人，逐项答复其所反映的事项，并在平台上报办理结果和依据。不属于本单位职责的，应在一个工作日内附依据退单。`,
      ),
      ...(citizenDue === null
        ? []
        : [paragraph(`本热线答复诉求人的期限为${citizenDue}，该期限不因退单、延期申请而停止。`)]),
    ],
  });
}

/** 督办单: what is demanded, by when, and why it came to that. */
export function supervisionOrder(head: Letterhead, ticket: PaperTicket, order: PaperOrder): OfficialDocument {
  return paper(head, {
    title: `关于督办${ticket.category}类诉求的通知`,
    marks: marksOf(ticket),
    addressee: ticket.unitName,
    blocks: [
      paragraph(
        `你单位承办的${ticket.number}号工单，因${TRIGGER_NAMES[order.trigger]}，现以${INSTRUMENT_WORDS[order.instrument]}方式予以督办。`,
      ),
      {
        kind: 'table',
        rows: [
          ['督办编号', order.number],
          ...ticketRows(ticket),
          ...order.form.map(({ field, value }) => [FIELD_WORDS[field], value] as const),
          ['反馈期限', order.due],
        ],
      },
      heading('一、诉求摘要'),
      ...ticket.content.split(/\n+/).map(paragraph),
      heading('二、督办要求'),
      ...order.demand.split(/\n+/).map(paragraph),
      paragraph(`请于${order.due}前在平台书面反馈办理情况。逾期不反馈的，将按规定通报。`),
    ],
  });
}

/** 通报: written by a person; to whom it goes is said by name. */
export function circular(
  head: Letterhead,
  words: {
    readonly title: string;
    readonly addressee: string;
    readonly paragraphs: readonly string[];
    readonly copies: readonly string[];
  },
): OfficialDocument {
  return paper(head, {
    title: words.title,
    marks: [],
    addressee: words.addressee,
    blocks: words.paragraphs.map((text) =>
      /^[一二三四五六七八九十]+、/.test(text) ? heading(text) : paragraph(text),
    ),
    copies: words.copies,
  });
}

/** 舆情专报 (HM-13): what those above are told at once; a paragraph that begins with 一、 is a heading. */
export function specialReportPaper(
  head: Letterhead,
  words: { readonly title: string; readonly addressee: string; readonly paragraphs: readonly string[] },
): OfficialDocument {
  return { ...circular(head, { ...words, copies: [] }), marks: ['特急'] };
}
