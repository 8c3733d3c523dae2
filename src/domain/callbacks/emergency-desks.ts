/** An emergency desk as an agent reaches it with one key. */
export interface EmergencyDesk {
  /** `110`, `119`, `120`: what it is called by. */
  readonly desk: string;
  readonly name: string;
  /** Dialled through the trunk; digits. Where the desk has a direct line of its own, that. */
  readonly number: string;
}

export const USUAL_EMERGENCY_DESKS: readonly EmergencyDesk[] = [
  { desk: '110', name: '公安', number: '110' },
  { desk: '119', name: '消防', number: '119' },
  { desk: '120', name: '急救', number: '120' },
];

export interface DeskFault {
  readonly at: string;
  readonly fault: 'deskTwice' | 'deskMissing' | 'ownNumber';
}

/**
 * What no schema can say. Police, fire and ambulance are always within reach of an agent, each under one key, and none
 * of them at a number that would come back to us.
 */
export function deskFaults(
  desks: readonly EmergencyDesk[],
  isOwn: (number: string) => boolean,
): readonly DeskFault[] {
  const keys = desks.map(({ desk }) => desk);
  return [
    ...desks.flatMap(({ desk, number }, at): DeskFault[] => [
      ...(keys.indexOf(desk) === at
        ? []
        : [{ at: `emergencyDesks.${at}.desk`, fault: 'deskTwice' } as const]),
      ...(isOwn(number) ? [{ at: `emergencyDesks.${at}.number`, fault: 'ownNumber' } as const] : []),
    ]),
    ...USUAL_EMERGENCY_DESKS.filter(({ desk }) => !keys.includes(desk)).map(
      ({ desk }) => ({ at: `emergencyDesks.${desk}`, fault: 'deskMissing' }) as const,
    ),
  ];
}
