import { isOver } from '../tickets/following.ts';
import { APPEAL_LENGTHS, type WrittenChannel } from '../tickets/opening.ts';
import { TICKET_TYPE_NAMES, TICKET_TYPES, type TicketType } from '../tickets/ticket.ts';
import type { TicketState } from '../tickets/transitions.ts';
import { nothingButOwnNumber, ownNumberIn, TICKET_NUMBER } from './own-number.ts';

// 诉求受理 (RD-12): what comes in writing by website, text message and WeChat, beside the telephone. A message opens a ticket,
// belongs to one that is there, or waits for a clerk; there is no fourth, and so none is lost.

export const INTAKE_CHANNELS = ['website', 'sms', 'wechat'] as const satisfies readonly WrittenChannel[];
export type IntakeChannelName = (typeof INTAKE_CHANNELS)[number];

/** What the channel itself saw amiss: no words in it (a picture, a voice), or nothing that could be read. */
export const CHANNEL_FAULTS = ['notText', 'unreadable'] as const;
export type ChannelFault = (typeof CHANNEL_FAULTS)[number];

export interface IncomingMessage {
  readonly channel: IntakeChannelName;
  /** The channel's own id of it: of two with the same one only the first counts. */
  readonly messageId: string;
  /** A telephone number; of WeChat the id under which an account knows its follower. */
  readonly sender: string;
  readonly text: string;
  /** When it was sent, as the channel says; epoch milliseconds. */
  readonly sentAt: number;
  readonly fault: ChannelFault | null;
}

export const INTAKE_OUTCOMES = ['opened', 'joined', 'supplemented', 'parked'] as const;
export type IntakeOutcome = (typeof INTAKE_OUTCOMES)[number];

/** Why a message waits for a clerk. */
export const PARK_REASONS = [
  ...CHANNEL_FAULTS,
  /** No word in it. */
  'empty',
  /** He wants no more messages. */
  'stop',
  'tooLong',
  /** A service number wrote, or none: nobody could be answered. */
  'sender',
  /** It names a ticket that is not known as this sender's, or is told of to nobody. */
  'notTheirs',
  /** The ticket that it names is closed or withdrawn. */
  'over',
  /** More pieces than one matter has. */
  'tooMany',
  /** Nothing but his telephone, and no ticket of his wants one. */
  'numberOnly',
  /** No ticket could be opened of it. */
  'refused',
  /** The channel gave it the id of another message. */
  'sameId',
] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

/** Pieces of one appeal come one after the other: so long after the last one the next still belongs to it. */
export const JOIN_MS = 180_000;
/** A message that waits longer for a clerk is told of. */
export const WAITS_LATE_MINUTES = 15;
export const WAITS_LATE_MS = WAITS_LATE_MINUTES * 60_000;
/** Pieces of one appeal, the first included. */
const PIECES_MOST = 20;

/** The ticket to which this sender's last message belongs. */
export interface LatestOfSender {
  readonly ticketId: string;
  readonly state: TicketState;
  /** When that message came, epoch milliseconds. */
  readonly at: number;
  /** Of the appeal that he is still writing: those before a pause of `JOIN_MS` count no more. */
  readonly messages: number;
}

export type Intake =
  | { readonly kind: 'open'; readonly type: TicketType; readonly citizenNumber: string }
  /**
   * `joined`: a piece of the appeal that he is still writing. `supplemented`: he named the ticket. `citizenNumber`: his own, which
   * he gave with it; '': none.
   */
  | { readonly kind: 'joined' | 'supplemented'; readonly ticketId: string; readonly citizenNumber: string }
  | { readonly kind: 'park'; readonly reason: ParkReason };

/** Also with the 0 that was once dialled before a mobile of elsewhere. */
const BEFORE_MOBILE = String.raw`(?:\+|00)?(?:86)?0?`;
const MOBILE = new RegExp(String.raw`^${BEFORE_MOBILE}(1[3-9]\d{9})$`);
/** What a form asks for and promises: whom no text message reaches is promised none. */
export const WEBSITE_FORM = {
  textAtLeast: 4,
  /** As it is typed, with blanks and hyphens. */
  telephone: '^\\+?[0-9][0-9 -]{4,30}$',
  /** How a mobile number begins, of digits and `+` alone, while it is typed. */
  mobileBegins: `^${BEFORE_MOBILE}1[3-9]`,
} as const;

/** A mobile number as it is dialled here; everything else as it was said. */
export function senderKey(channel: IntakeChannelName, sender: string): string {
  const said = sender.trim();
  return channel === 'wechat' ? said : (MOBILE.exec(said.replace(/[\s-]/g, ''))?.[1] ?? said);
}

/** More than so many are no appeal about one of them. */
const QUOTED_MOST = 5;

/**
 * What looks like a ticket's number, `RD20261127-000123`, however he writes it: small letters, wide signs. Dates alone
 * (20261101-20261127) do not; whether one is the hotline's own, and not a shop's, the books know.
 */
export function quotedNumbers(text: string): readonly string[] {
  const found = text.normalize('NFKC').toUpperCase().matchAll(TICKET_NUMBER);
  return [...new Set([...found].map(([number]) => number))].slice(0, QUOTED_MOST);
}

const STOP = /^(?:stop|td?|unsubscribe|退订|取消订阅)[.。!！]?$/i;

/** Which kind of matter it calls itself, when it begins with that: 我要投诉…; else 其他, and the review says. */
export function typeInWords(text: string): TicketType {
  const begin = [...text].slice(0, 12).join('');
  const named = TICKET_TYPES.flatMap((type) => {
    const at = type === 'OTHER' ? -1 : begin.indexOf(TICKET_TYPE_NAMES[type]);
    return at === -1 ? [] : [{ type, at }];
  });
  return named.toSorted((one, other) => one.at - other.at)[0]?.type ?? 'OTHER';
}

/** A follower who only gives his telephone, as he was asked to. */
export const isNumberOnly = ({ channel, text }: Pick<IncomingMessage, 'channel' | 'text'>): boolean =>
  channel === 'wechat' && nothingButOwnNumber(text) !== '';

/** Whether it has to be looked up at all: what is parked for its own sake, and what stands by itself, names nothing. */
export function unfitFor({ channel, sender, text, fault }: IncomingMessage): ParkReason | null {
  if (fault !== null) return fault;
  if (!/[\p{L}\p{N}]/u.test(text)) return 'empty';
  if ([...text.trim()].length > APPEAL_LENGTHS.content) return 'tooLong';
  if (channel === 'website') return null;
  if (STOP.test(text.trim())) return 'stop';
  return channel === 'sms' && !MOBILE.test(sender) ? 'sender' : null;
}

/**
 * What becomes of a message. `quoted`: the ticket that it names, where that is known as its sender's; `unknown`: it names one
 * that is not; null: it names none. A form of the website is an appeal by itself, whatever it names.
 */
export function decideIntake(
  message: IncomingMessage,
  known: {
    readonly quoted: { readonly ticketId: string; readonly state: TicketState } | 'unknown' | null;
    readonly latest: LatestOfSender | null;
    /** The latest of his that is not over and has no telephone in it, however old. */
    readonly numberless: string | null;
  },
  now: number,
): Intake {
  const unfit = unfitFor(message);
  if (unfit !== null) return { kind: 'park', reason: unfit };
  const { channel, sender, text } = message;
  const open = { kind: 'open', type: typeInWords(text) } as const;
  switch (channel) {
    case 'website':
      return { ...open, citizenNumber: sender };
    case 'sms':
    case 'wechat': {
      const { quoted, latest, numberless } = known;
      const given = channel === 'wechat' ? ownNumberIn(text) : '';
      const numberOnly = isNumberOnly(message);
      if (quoted === 'unknown') return { kind: 'park', reason: 'notTheirs' };
      if (quoted !== null) {
        if (isOver(quoted.state)) return { kind: 'park', reason: 'over' };
        return { kind: 'supplemented', ticketId: quoted.ticketId, citizenNumber: given };
      }
      // Weeks may lie between our asking and his answer, which is no other matter.
      if (numberOnly && numberless !== null && numberless !== latest?.ticketId)
        return { kind: 'supplemented', ticketId: numberless, citizenNumber: given };
      if (latest !== null && now - latest.at < JOIN_MS && !isOver(latest.state)) {
        if (latest.messages >= PIECES_MOST) return { kind: 'park', reason: 'tooMany' };
        return { kind: 'joined', ticketId: latest.ticketId, citizenNumber: given };
      }
      if (numberOnly) return { kind: 'park', reason: 'numberOnly' };
      return { ...open, citizenNumber: channel === 'sms' ? sender : given };
    }
    default:
      return channel satisfies never;
  }
}
