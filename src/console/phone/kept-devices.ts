const KEPT = { microphone: 'yihaotong.microphone', loudspeaker: 'yihaotong.loudspeaker' } as const;
export type DeviceKind = keyof typeof KEPT;

/** The device that was chosen at this desk; '' is the system's own choice. */
export function keptDevice(kind: DeviceKind): string {
  try {
    return localStorage.getItem(KEPT[kind]) ?? '';
  } catch {
    // Nothing is kept: as the system is set.
    return '';
  }
}

export function keepDevice(kind: DeviceKind, deviceId: string): void {
  try {
    localStorage.setItem(KEPT[kind], deviceId);
  } catch {
    // It holds until the page is closed.
  }
}
