import type { CallCommand } from '../../domain/calls/call-command.ts';
import type { RingRequest, RingTarget } from '../ports/switch.ts';

export type RingCommand = Extract<CallCommand, { kind: 'ringAgent' | 'ringUnit' | 'ringCentre' }>;

/** A leg of the citizen's call, as the switch is asked for it. */
export function ringRequestOf(
  command: RingCommand,
  { originator, callerNumber }: { readonly originator: string | null; readonly callerNumber: string },
): RingRequest {
  const { leg, ringTimeoutMs } = command;
  const shown = command.kind === 'ringUnit' ? (command.shows ?? callerNumber) : callerNumber;
  return {
    channel: leg,
    target: targetOf(command),
    originator,
    callerNumber: shown.replace(/\D/g, ''),
    callerName: command.kind === 'ringAgent' ? command.callerName : '',
    ringTimeoutMs,
    ...(command.kind === 'ringAgent' && command.answersItself === true ? { answersItself: true } : {}),
    ...(command.kind === 'ringUnit' && command.headers !== undefined ? { headers: command.headers } : {}),
  };
}

function targetOf(command: RingCommand): RingTarget {
  switch (command.kind) {
    case 'ringAgent':
      return { kind: 'phone', phone: command.phone };
    case 'ringUnit':
      return { kind: 'number', trunk: command.trunk, number: command.number };
    case 'ringCentre':
      return { kind: 'centre', trunk: command.trunk, address: command.address };
    default:
      return command satisfies never;
  }
}
