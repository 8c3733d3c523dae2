import type { Announcement } from '../announcements/announcement.ts';
import type { Condition } from '../ivr/condition.ts';
import type { Menu } from '../ivr/menu.ts';
import type { Restriction } from '../restrictions/restriction.ts';
import type { Skills } from '../skills/skills.ts';
import type { AfterEnd, Mode } from './mode.ts';
import type { Queue } from './queue.ts';
import type { SurgeMode } from './surge-mode.ts';
import type { TrunkProfile } from './trunk.ts';

/**
 * One public number and what happens when it is dialled from `validFrom` to `validTo`, both days included. A number may
 * have several such periods that do not overlap. Local dates are `YYYY-MM-DD` in the municipality's zone.
 */
export interface Line {
  readonly number: string;
  readonly name: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly mode: Mode;
  readonly validFrom: string;
  /** The last local day, to its last instant; null without an end. TRANSITION: start + three calendar months (RD-06). */
  readonly validTo: string | null;
  /** Queue of the desk that answers; for PARALLEL the desk that takes the call back. */
  readonly queue: string;
  /** PARALLEL only: the unit's own telephone, digits, rung through `trunk`. */
  readonly unitNumber: string | null;
  /** PARALLEL and SUBCENTER: where the call leaves. */
  readonly trunk: string | null;
  /** TRANSITION: what follows the announcement when it is over. */
  readonly afterEnd: AfterEnd;
  /** DEDICATED: when its desk answers, the general desk outside; null means always. */
  readonly hours: Condition | null;
  /** SUBCENTER only: where the other centre answers, `sip:DIGITS@HOST[:PORT]`. */
  readonly centreAddress: string | null;
  /** Prompt played first; null means the greeting of the mode (`greeting-main`, `greeting-forwarded`, …). */
  readonly greeting: string | null;
  /** Code of the menu heard after the greeting; null: straight to a person (GB/T 33358). */
  readonly menu: string | null;
  /** What whoever answers must, and should, be able to do beside what the desk asks for; see `Queue.skills`. */
  readonly skills: string | null;
}

export type { Queue };

export interface AgentProfile {
  readonly agentId: string;
  /** Work number shown to citizens and in figures, e.g. `1001`. */
  readonly number: string;
  readonly displayName: string;
  readonly phone: string;
  readonly queues: readonly string[];
  /** Code of whoever employs the agent on the day of this version (`employers/employer`). */
  readonly employer: string;
  /** Absent: none beside the employer. */
  readonly skills?: Skills;
  /** Those of `queues` that are his only while a surge lasts. */
  readonly lent?: readonly string[];
}

/** What the municipality entered into the working-time calendar beside the announced years. */
export interface OwnCalendar {
  readonly years: readonly number[];
  readonly days: readonly { readonly day: string; readonly working: boolean; readonly name: string }[];
}
export const NOTHING_ENTERED: OwnCalendar = { years: [], days: [] };

/** Everything a call needs, published as one immutable version. Call control holds the last one in memory and file. */
export interface Configuration {
  readonly version: number;
  readonly publishedAt: string;
  readonly municipality: {
    readonly name: string;
    readonly areaCode: string;
    readonly timeZone: string;
    readonly mainNumber: string;
    readonly generalQueue: string;
  };
  readonly lines: readonly Line[];
  readonly queues: readonly Queue[];
  readonly agents: readonly AgentProfile[];
  readonly menus: readonly Menu[];
  readonly trunks: readonly TrunkProfile[];
  /** Operational, beside the versions of the rules: absent where only rules are looked at. Each acts by its own time. */
  readonly announcements?: readonly Announcement[];
  readonly restrictions?: readonly Restriction[];
  /** Likewise: `under-surge` says what it changes. */
  readonly surgeMode?: SurgeMode | null;
  readonly calendar: OwnCalendar;
}
