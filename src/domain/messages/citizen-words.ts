import { around, clipped, dayInWords, plain } from './message-words.ts';
import type { CitizenStep, Sender, ToldLine, ToldTicket } from './ticket-steps.ts';

/** A reporter's telephone, or that of a confidential ticket, may lie on a family's table: it tells a number and no more. */
const discreet = ({ confidential, type }: ToldTicket): boolean => confidential || type === 'REPORT';

/** What a citizen reads of his ticket at a step. */
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
