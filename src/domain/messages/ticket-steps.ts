import type { Urgency } from '../deadlines/stages.ts';
import type { TicketType } from '../tickets/ticket.ts';
import type { TicketMove } from '../tickets/transitions.ts';
import { forcedStep, forcedTo } from './forced-steps.ts';
import { MESSAGE_KINDS, type MessageKind, TEXT_MAX } from './kinds.ts';
import { urgedWords } from './urge-words.ts';

/** What a citizen is told of his ticket (L5), in the words of whoever writes to him for the first time. */
export const CITIZEN_STEPS = [
  'ticketAccepted',
  'ticketDispatched',
  'ticketAdvised',
  'ticketReplied',
  'ticketReworked',
  'ticketDisputed',
  'ticketUpheld',
  'ticketClosed',
  'ticketShelved',
  'ticketWithdrawn',
] as const satisfies readonly MessageKind[];
export type CitizenStep = (typeof CITIZEN_STEPS)[number];

export const UNIT_STEPS = [
  'unitWork',
  'unitNudge',
  'unitUrgent',
  'unitRecalled',
  'unitSupervision',
] as const satisfies readonly MessageKind[];
export type UnitStep = (typeof UNIT_STEPS)[number];

export const STEP_KINDS: readonly MessageKind[] = [
  ...CITIZEN_STEPS,
  ...UNIT_STEPS,
  'unitDigest',
  'unitCircular',
  'visitLink',
];

/** A line of the time line that waits to be told. */
export interface ToldLine {
  readonly eventId: string;
  readonly at: number;
  readonly type: string;
  readonly fromState: string | null;
  /** null: nothing moved. */
  readonly toState: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** Who had the ticket before this line; null: no unit. */
  readonly formerUnit: string | null;
  /** Assisting units whose parts this line took back; absent: none. */
  readonly partUnits?: readonly string[];
  /** Of a line that presses: assisting units that have their part in hand. Absent: none. */
  readonly helpers?: readonly string[];
  /** Of an urge: the how manieth of this unit for this ticket. Absent: the first. */
  readonly nthUrge?: number;
}

export interface ToldTicket {
  readonly number: string;
  readonly type: TicketType;
  readonly urgency: Urgency;
  readonly confidential: boolean;
  readonly anonymous: boolean;
  readonly citizenNumber: string;
  readonly unitCode: string | null;
  readonly unitName: string | null;
  /** Local days as people write them, 11月28日; null: no such clock. */
  readonly citizenDue: string | null;
  readonly unitDue: string | null;
  /** Counted over a year whose holidays nobody has entered yet. */
  readonly provisional: boolean;
  /** The public reply as it stands; null: none yet. */
  readonly reply: string | null;
}

/** 【如东县12345】 */
export interface Sender {
  readonly municipality: string;
  readonly mainNumber: string;
}

const CITIZEN_OF: Partial<Record<TicketMove, CitizenStep>> = {
  register: 'ticketAccepted',
  resubmit: 'ticketAccepted',
  dispatch: 'ticketDispatched',
  acceptReturn: 'ticketDispatched',
  coordinateAnyway: 'ticketDispatched',
  handOver: 'ticketDispatched',
  declareOutOfScope: 'ticketAdvised',
  visit: 'ticketReplied',
  rework: 'ticketReworked',
  reopen: 'ticketReworked',
  dispute: 'ticketDisputed',
  upholdResult: 'ticketUpheld',
  close: 'ticketClosed',
  closeUnvisited: 'ticketClosed',
  shelve: 'ticketShelved',
  reviewPlan: 'ticketShelved',
  withdraw: 'ticketWithdrawn',
};

const isMove = (type: string): type is TicketMove => Object.hasOwn(CITIZEN_OF, type);

/** What of a line concerns the citizen; null: nothing. */
export function citizenStepOf(line: ToldLine): CitizenStep | null {
  const { type, fromState } = line;
  if (type === 'forced') return forcedStep(line);
  // Closed without a visit from here: the reply reaches him with the closing, and never before it.
  if (type === 'closeUnvisited' && fromState !== 'returnVisit') return 'ticketReplied';
  return isMove(type) ? (CITIZEN_OF[type] ?? null) : null;
}

const BEGUN = ['ticketAccepted', 'ticketDispatched'] as const;
/** Which earlier words say nothing any more once these are to be said; what was sent already stays sent. */
export const SUPERSEDES: Readonly<Record<CitizenStep, readonly CitizenStep[]>> = {
  ticketAccepted: BEGUN,
  ticketDispatched: BEGUN,
  ticketAdvised: BEGUN,
  ticketReplied: [...BEGUN, 'ticketReplied', 'ticketReworked'],
  ticketReworked: ['ticketReworked', 'ticketDisputed', 'ticketClosed'],
  ticketDisputed: ['ticketReplied', 'ticketClosed'],
  ticketUpheld: ['ticketDisputed', 'ticketClosed'],
  ticketClosed: ['ticketClosed'],
  ticketShelved: ['ticketShelved'],
  ticketWithdrawn: [...BEGUN, 'ticketReworked'],
};

/** A reporter's telephone, or that of a confidential ticket, may lie on a family's table: it tells a number and no more. */
const discreet = ({ confidential, type }: ToldTicket): boolean => confidential || type === 'REPORT';

const chars = (text: string): readonly string[] => [...text];
export const clipped = (text: string, max: number): string =>
  chars(text).length <= max
    ? text
    : `${chars(text)
        .slice(0, max - 1)
        .join('')}…`;
const plain = (text: unknown): string =>
  typeof text === 'string' ? text.replace(/[\p{Cc}\s]+/gu, ' ').trim() : '';
const stop = (text: string): string => (/[。！？…]$/.test(text) ? text : `${text}。`);

/** 2026-11-28 -> 11月28日. */
const dayInWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** Words around somebody's own, so that both fit; the whole is at most `TEXT_MAX` characters. */
function around(before: string, words: string, after: string): string {
  const room = TEXT_MAX - chars(before).length - chars(after).length - 1;
  return `${before}${stop(clipped(words, Math.max(1, room)))}${after}`;
}

export function citizenText(step: CitizenStep, line: ToldLine, ticket: ToldTicket, sender: Sender): string {
  const { mainNumber } = sender;
  const { number } = ticket;
  const hidden = discreet(ticket);
  const forced = line.type === 'forced';
  const head = `【${clipped(sender.municipality, 20)}${mainNumber}】您好！`;
  const ask = `如有疑问请拨打${mainNumber}。`;
  const unit = hidden || ticket.unitName === null ? '承办单位' : clipped(ticket.unitName, 40);
  const when = ticket.provisional ? '预计' : '将于';
  const due = ticket.citizenDue === null ? '' : `，${when}${ticket.citizenDue}前答复您`;
  switch (step) {
    case 'ticketAccepted':
      return `${head}您的诉求已受理，编号${number}${due}。凭编号可拨打${mainNumber}查询进度。`;
    case 'ticketDispatched':
      return `${head}您的诉求（编号${number}）已转${unit}办理${due}。${ask}`;
    case 'ticketAdvised': {
      if (forced) return `${head}您反映的事项（编号${number}）经热线复核，不属于本热线受理范围。${ask}`;
      const advice = plain(line.body.advice);
      const before = `${head}您反映的事项（编号${number}）不属于本热线受理范围。`;
      return hidden || advice === '' ? `${before}${ask}` : around(before, advice, ask);
    }
    case 'ticketReplied': {
      // Nobody has held the reply against anything: that he is asked is all that can be said.
      if (forced) return `${head}您的诉求（编号${number}）已转入回访，热线将就办理情况回访您。${ask}`;
      const reply = plain(ticket.reply);
      if (hidden || reply === '') {
        return `${head}您的诉求（编号${number}）已有答复，请拨打${mainNumber}，报编号查询。`;
      }
      return around(`${head}您的诉求（编号${number}）已有答复：`, reply, `全文及疑问请拨打${mainNumber}。`);
    }
    case 'ticketReworked':
      return `${head}您的诉求（编号${number}）已交${unit}重新办理，办理结果会再告知您。${ask}`;
    case 'ticketDisputed': {
      const by =
        typeof line.body.recheckBy === 'string' ? `，${dayInWords(line.body.recheckBy)}前告知您结果` : '';
      return `${head}您对诉求（编号${number}）办理结果的评价已收到，热线将复核${by}。${ask}`;
    }
    case 'ticketUpheld': {
      const advice = plain(line.body.advice);
      const before = `${head}您对诉求（编号${number}）的异议已复核，维持办理结果。`;
      return hidden || advice === '' ? `${before}${ask}` : around(before, advice, ask);
    }
    case 'ticketClosed':
      return `${head}您的诉求（编号${number}）已办结。如仍未解决，请拨打${mainNumber}，报编号继续反映。`;
    case 'ticketShelved': {
      const day = typeof line.body.reviewOn === 'string' ? dayInWords(line.body.reviewOn) : '';
      const plan = plain(line.body.plan);
      const before = `${head}您的诉求（编号${number}）需较长时间办理，已列入长期事项，${day}前再次复核进展。`;
      return hidden || plan === '' ? `${before}${ask}` : around(`${before}计划：`, plan, ask);
    }
    case 'ticketWithdrawn':
      if (forced)
        return `${head}您的诉求（编号${number}）已由热线终止办理。如需继续办理请拨打${mainNumber}。`;
      return `${head}您的诉求（编号${number}）已按您的要求撤回。如需继续办理请拨打${mainNumber}。`;
    default:
      return step satisfies never;
  }
}

export interface UnitNotice {
  readonly kind: UnitStep;
  readonly unitCode: string;
  readonly text: string;
}

/** What of a line concerns a unit, which one, and in which words; null: nothing. No unit is told who the citizen is. */
export function unitNotice(line: ToldLine, ticket: ToldTicket, sender: Sender): UnitNotice | null {
  const { type, body } = line;
  if (type === 'partAdded' && typeof body.of !== 'string') return null;
  const named =
    type === 'partAdded' ? String(body.of) : typeof body.unitCode === 'string' ? body.unitCode : null;
  const unitCode = named ?? ticket.unitCode;
  const urgent = ticket.urgency === 'urgent';
  const head = `【${clipped(sender.municipality, 20)}${sender.mainNumber}】`;
  const which = `${ticket.confidential ? '保密' : ''}工单${ticket.number}`;
  const due = ticket.unitDue === null ? '' : `，请于${ticket.unitDue}前办结`;
  const work = (words: string) => ({ kind: urgent ? 'unitUrgent' : 'unitWork', words }) as const;
  const said = ((): { readonly kind: UnitStep; readonly words: string } | null => {
    switch (type) {
      case 'dispatch':
      case 'acceptReturn':
      case 'coordinateAnyway':
      case 'handOver':
        return work(`${urgent ? '紧急！' : ''}${which}已派至贵单位${due}。请登录平台签收。`);
      case 'forced': {
        const told = forcedTo(line);
        if (told === null) return null;
        return told === 'given'
          ? work(`${urgent ? '紧急！' : ''}${which}已派至贵单位${due}。请登录平台签收。`)
          : work(`${which}已由热线调整为“${told.stage}”${due}。请登录平台查看。`);
      }
      case 'refuseReturn':
        return work(`${which}的退单未获同意，仍由贵单位办理${due}。`);
      case 'refuseReply':
        return work(`${which}的答复经审核退回，请登录平台查看意见并补正。`);
      case 'rework':
      case 'reopen':
        return work(
          `${which}经${line.fromState === 'disputed' ? '异议复核' : '回访'}须重新办理${due}。请登录平台查看。`,
        );
      case 'partAdded':
        // What a unit gives to its own people is its own business.
        return body.kind === 'assist' ? work(`请贵单位协办${which}，要求见平台。`) : null;
      case 'planReminded':
        return work(
          `${which}为挂账事项，${typeof body.reviewOn === 'string' ? dayInWords(body.reviewOn) : ''}${
            body.reminder === 'late' ? '应已复核' : '复核'
          }，请准备进展情况。`,
        );
      case 'urged':
        return work(urgedWords(line, which, due));
      // Told only while it has the matter in hand: who adds to what another unit gave back speaks to the hotline.
      case 'citizenUrged':
        return typeof body.unitCode === 'string' ? work(`${which}的诉求人催办${due}，请抓紧办理。`) : null;
      case 'citizenAdded':
        return typeof body.unitCode === 'string'
          ? work(`${which}的诉求人补充了情况，请登录平台查看。`)
          : null;
      case 'withdraw':
        return { kind: 'unitRecalled', words: `${which}已由诉求人撤回，请停止办理。` };
      case 'stageWarning':
        if (body.stage === 'supervise') {
          const order = clipped(plain(body.order), 40);
          return { kind: 'unitSupervision', words: `${which}的督办单${order}反馈时限将到，请按期反馈。` };
        }
        if (body.stage !== 'sign') return null;
        return {
          kind: urgent ? 'unitUrgent' : 'unitNudge',
          words: `${urgent ? '紧急！' : ''}${which}尚未签收，逾时系统将自动签收，办理时限自派单起计算。请登录平台签收。`,
        };
      case 'deadlineWarning':
      case 'deadlineOverdue':
        // Half the time is the morning message's matter, which names whatever presses; what is urgent is told each time.
        if (body.clock !== 'unit' || (!urgent && body.level === 50)) return null;
        return work(
          `${urgent ? '紧急！' : ''}${which}${type === 'deadlineOverdue' ? '已超期' : '即将超期'}，请${
            urgent ? '立即' : '抓紧'
          }办理。`,
        );
      case 'supervisionIssued':
        return {
          kind: 'unitSupervision',
          words: `${which}已列入督办，督办单号${clipped(plain(body.order), 40)}。请登录平台查看并按期反馈。`,
        };
      default:
        return null;
    }
  })();
  return said === null || unitCode === null
    ? null
    : { kind: said.kind, unitCode, text: `${head}${said.words}` };
}

/** It asks for a signature. */
export const isNudge = ({ type, body }: ToldLine): boolean =>
  type === 'stageWarning' && body.stage === 'sign';

/** After this nobody is asked for a signature any more: the unit has signed, or it is no longer asked to. */
export function endsNudges({ type, fromState }: ToldLine): boolean {
  return fromState === 'dispatched' || type === 'forced';
}

/** Who was written a link and has been heard since, or is asked no more, need not answer by it. */
export const endsVisit = ({ fromState, toState }: ToldLine): boolean =>
  fromState === 'returnVisit' && toState !== null && toState !== 'returnVisit';

/** The line is older than its message may be: who was away for days does not tell yesterday's news. */
export function tooLate(kind: MessageKind, line: ToldLine, now: number): boolean {
  return now - line.at > MESSAGE_KINDS[kind].staleAfterMs;
}
