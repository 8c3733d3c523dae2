import type { AlarmBook } from '../../ports/alarms.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { KnowledgeBook } from '../../ports/knowledge.ts';
import type { KnowledgeUpkeep } from '../../ports/knowledge-upkeep.ts';
import type { AskOwnerDeps } from '../ask-owner.ts';
import type { EndWordsDeps } from '../end-words.ts';

export type UpkeepDeps = AskOwnerDeps &
  EndWordsDeps & {
    readonly knowledge: KnowledgeBook;
    readonly upkeep: KnowledgeUpkeep;
    readonly alarms: AlarmBook;
    readonly calendar: CalendarSource;
  };

/** What one look at the knowledge base did. */
export interface Upkept {
  readonly marked: number;
  readonly ticketsOpened: number;
  readonly alarmsRaised: number;
}
export const NOTHING_DONE: Upkept = { marked: 0, ticketsOpened: 0, alarmsRaised: 0 };
