/** An emergency desk as an agent reaches it with one key. */
export interface EmergencyDesk {
  /** `110`, `119`, `120`, `122`: what it is called by. */
  readonly desk: string;
  readonly name: string;
  /** Dialled through the trunk; digits. Where the desk has a direct line of its own, that. */
  readonly number: string;
}

export const USUAL_EMERGENCY_DESKS: readonly EmergencyDesk[] = [
  { desk: '110', name: '公安', number: '110' },
  { desk: '119', name: '消防', number: '119' },
  { desk: '120', name: '急救', number: '120' },
  { desk: '122', name: '交警', number: '122' },
];

/**
 * Desks as an earlier release kept them, or an environment names them: which of the usual ones is missing there is at its
 * own number. Where 110 answers for the traffic police, the hotline says so: desk 122, number 110.
 */
export function withUsualDesks(desks: readonly EmergencyDesk[]): readonly EmergencyDesk[] {
  const missing = USUAL_EMERGENCY_DESKS.filter((usual) => !desks.some(({ desk }) => desk === usual.desk));
  return missing.length === 0 ? desks : [...desks, ...missing];
}

export interface DeskFault {
  readonly at: string;
  readonly fault: 'deskTwice' | 'deskMissing' | 'ownNumber';
}

/**
 * What no schema can say. Police, fire, ambulance and traffic police are always within reach of an agent, each under one
 * key, and none of them at a number that would come back to us.
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
