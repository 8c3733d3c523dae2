import { forcedTo } from './forced-steps.ts';
import { clipped, dayInWords, plain } from './message-words.ts';
import type { Sender, ToldLine, ToldTicket, UnitStep } from './ticket-steps.ts';
import { urgedWords } from './urge-words.ts';

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
