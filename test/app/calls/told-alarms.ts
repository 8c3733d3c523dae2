import type { AlarmBook, AlarmEnd } from '../../../src/app/ports/alarms.ts';

interface Told {
  readonly atMs: number;
  readonly detail: string;
  readonly over: (AlarmEnd & { readonly atMs: number }) | null;
}

/** What leads are told: the latest of each trouble. */
export class ToldAlarms implements Pick<AlarmBook, 'raise' | 'settle'> {
  readonly latest = new Map<string, Told>();
  /** As while PostgreSQL is. */
  away = false;

  async raise({ key, atMs, detail }: Parameters<AlarmBook['raise']>[0]): Promise<'raised' | 'again'> {
    if (this.away) throw new Error('away');
    if (this.latest.get(key)?.over === null) return 'again';
    this.latest.set(key, { atMs, detail, over: null });
    return 'raised';
  }

  async settle(key: string, atMs: number, end: AlarmEnd): Promise<boolean> {
    if (this.away) throw new Error('away');
    const told = this.latest.get(key);
    if (told?.over !== null) return false;
    this.latest.set(key, { ...told, over: { atMs, ...end } });
    return true;
  }
}
