import { CallControl } from '../../../src/app/calls/call-control.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { SavedCall } from '../../../src/app/ports/call-store.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import type { SpokenTicket } from '../../../src/app/ports/caller-books.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import type { Phone } from '../../../src/app/ports/phones.ts';
import type { PlacedCall } from '../../../src/app/ports/placed-calls.ts';
import type { SavedPresence } from '../../../src/app/ports/presence-store.ts';
import type { CommandOutcome, IncomingCall } from '../../../src/app/ports/switch.ts';
import { type Tenure, UNCONTESTED } from '../../../src/app/ports/tenure.ts';
import type { WrittenAhead } from '../../../src/app/ports/written-ahead.ts';
import type { HoldingNotice } from '../../../src/domain/agents/notice-hold.ts';
import { DEFAULT_PRESENCE_RULES } from '../../../src/domain/agents/presence-rules.ts';
import {
  type Announcement,
  announcementPrompt,
  offerPrompt,
} from '../../../src/domain/announcements/announcement.ts';
import type { Callback } from '../../../src/domain/callbacks/callback.ts';
import { DEFAULT_OUTBOUND_RULES } from '../../../src/domain/callbacks/outbound-rules.ts';

import type { AgentProfile, Configuration, Line, Queue } from '../../../src/domain/hotlines/configuration.ts';
import { type MenuCaller, UNKNOWN_CALLER } from '../../../src/domain/ivr/condition.ts';
import { type Menu, NODE_DEFAULTS, prompt } from '../../../src/domain/ivr/menu.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { SOUNDS } from '../../../src/domain/ivr/prompts.ts';
import type { Pace } from '../../../src/domain/routing/pace.ts';
import { queue as anyQueue, CONFIGURATION, routed } from '../../domain/hotlines/rule-sets.ts';
import { ManualClock } from './manual-clock.ts';
import { SlowSwitch } from './slow-switch.ts';
import { ToldAlarms } from './told-alarms.ts';

const line = (number: string, mode: Line['mode'], more: Partial<Line> = {}): Line =>
  routed(number, mode, { name: `线路${number}`, ...more });
const queue = (code: string, more: Partial<Queue> = {}): Queue =>
  anyQueue(code, { overflowQueue: null, overflowAfterMs: null, ...more });
export const agent = (n: number, queues: readonly string[] = ['general']): AgentProfile => ({
  agentId: `agent${n}`,
  number: `${1000 + n}`,
  displayName: `座席${n}`,
  phone: `phone${n}`,
  queues,
  employer: 'platform',
});

const phoneOf = ({ phone, displayName }: AgentProfile): Phone => ({
  name: phone,
  kind: 'desk',
  secret: 'secret',
  displayName,
});

/** 1 leaves a message for the desk, 2 is told good-bye; without a key a person. */
const LEAVE_WORD: Menu = {
  code: 'leave-word',
  name: '留言',
  languages: ['zh-CN'],
  start: 'start',
  nodes: [
    {
      ...NODE_DEFAULTS,
      id: 'start',
      name: '留言',
      prompts: [prompt('menu-person')],
      choices: (
        [
          ['1', { kind: 'message', prompts: [prompt('menu-message')], queue: 'desk', maxMs: 60_000 }],
          ['2', { kind: 'goodbye', prompts: [] }],
        ] as const
      ).map(([digits, target]) => ({ digits, label: digits, target, when: null, counter: null })),
      exit: { kind: 'queue', queue: 'general' },
    },
  ],
  texts: {},
};

const OUTAGE: Announcement = {
  id: 'outage',
  title: '停水',
  lines: ['12320'],
  area: null,
  fromMs: 0,
  untilMs: Number.MAX_SAFE_INTEGER,
  offerKey: '1',
};

export function sample(agents: readonly AgentProfile[], version = 1): Configuration {
  return {
    ...CONFIGURATION,
    version,
    lines: [
      line('12345', 'MAIN'),
      line('12319', 'FORWARD'),
      line('051384110001', 'TRANSITION', { validTo: '2020-07-28' }),
      line('12369', 'DEDICATED', { queue: 'desk' }),
      line('12348', 'PARALLEL', { unitNumber: '051384139001', trunk: 'carrier' }),
      line('12333', 'SUBCENTER', { centreAddress: 'sip:12333@192.0.2.7', trunk: 'carrier' }),
      line('12316', 'FORWARD', { menu: 'classic-menu' }),
      // With an announcement that may be subscribed to, and a menu by which a message is left.
      line('12320', 'FORWARD', { menu: 'leave-word' }),
    ],
    queues: [queue('general'), queue('desk', { overflowQueue: 'general', overflowAfterMs: 20_000 })],
    agents,
    menus: [classicMenu({ general: 'general', complaint: 'desk' }), LEAVE_WORD],
    announcements: [OUTAGE],
  };
}

/** Every desk's citizens are asked how it was. */
export const asking = (configuration: Configuration): Configuration => ({
  ...configuration,
  queues: configuration.queues.map((one) => ({ ...one, rating: 'keys' })),
});

export function incoming(n: number, dialled = '12345', more: Partial<IncomingCall> = {}): IncomingCall {
  return {
    channel: `channel${n}`,
    callId: `call${n}`,
    trunk: 'carrier',
    dialled,
    callerNumber: '13800138000',
    headers: { to: '', diversion: [], historyInfo: [], pAssertedIdentity: '' },
    recording: '',
    ...more,
  };
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Call control over the model switch, with everything it tells collected. */
export class House {
  readonly clock: ManualClock;
  readonly switch: SlowSwitch;
  readonly facts: Fact[] = [];
  readonly agents = new Map<string, AgentView>();
  readonly calls = new Map<string, CallView>();
  readonly members = new Map<string, string>();
  /** At the moment in which it is told. */
  onFact: (fact: Fact) => void = () => undefined;
  /** As screens are told. */
  switchSeen = false;
  readonly errors: unknown[] = [];
  readonly alarms: ToldAlarms;
  readonly saved: Map<string, SavedPresence>;
  readonly savedCalls: Map<string, SavedCall>;
  readonly savedCallbacks: Map<string, Callback>;
  readonly lastSign: { atMs: number | null };
  readonly savedHours: Map<string, readonly number[]>;
  readonly savedPlaced: Map<string, PlacedCall>;
  /** Whether what is saved is all that was known last; if not, these are asked for. */
  foundAs: 'latest' | 'stale' | 'nothing' = 'latest';
  promisedInBooks: readonly Callback[] = [];
  readonly savedPaces: Map<string, Pace>;
  alsoSaved: (saved: SavedCall) => void = () => undefined;
  /** What these stores are given they have at once. */
  kept: WrittenAhead = { written: () => Promise.resolve() };
  readonly missing = new Set<string>();
  /** By number: what the books know of a caller; by number and last four digits: a ticket. */
  readonly known = new Map<string, MenuCaller>();
  readonly tickets = new Map<string, SpokenTicket>();
  books: 'there' | 'away' | 'silent' = 'there';
  readonly unplugged = new Set<string>();
  /** Channels whose recording is silenced; what the switch answers when that is asked. */
  readonly silenced = new Set<string>();
  recorder: CommandOutcome = { kind: 'done' };
  /** Beside the one of each profile. */
  otherPhones: Phone[] = [];
  presenceRules = DEFAULT_PRESENCE_RULES;
  outboundRules = DEFAULT_OUTBOUND_RULES;
  holdingNotices: readonly HoldingNotice[] = [];
  /** Phones whose leg stays up; told with the next configuration. */
  readonly persistent = new Set<string>();
  control: CallControl;
  configuration: Configuration;
  /** What has an id has it for good: after a restart none is given out a second time. */
  readonly ids: { last: number };

  constructor(
    configuration: Configuration,
    from?: {
      readonly clock: ManualClock;
      readonly switch: SlowSwitch;
      readonly saved: Map<string, SavedPresence>;
      readonly savedCalls: Map<string, SavedCall>;
      readonly lastSign: { atMs: number | null };
      readonly savedHours: Map<string, readonly number[]>;
      readonly tenure?: Tenure;
      readonly savedCallbacks?: Map<string, Callback>;
      readonly savedPlaced?: Map<string, PlacedCall>;
      readonly savedPaces?: Map<string, Pace>;
      readonly ids?: { last: number };
      readonly otherPhones?: Phone[];
      readonly alarms?: ToldAlarms;
    },
  ) {
    this.configuration = configuration;
    this.clock = from?.clock ?? new ManualClock();
    this.switch = from?.switch ?? new SlowSwitch();
    this.saved = from?.saved ?? new Map();
    this.savedCalls = from?.savedCalls ?? new Map();
    this.savedCallbacks = from?.savedCallbacks ?? new Map();
    this.savedHours = from?.savedHours ?? new Map();
    this.savedPlaced = from?.savedPlaced ?? new Map();
    this.savedPaces = from?.savedPaces ?? new Map();
    this.ids = from?.ids ?? { last: 0 };
    this.alarms = from?.alarms ?? new ToldAlarms();
    this.otherPhones = from?.otherPhones ?? [];
    this.lastSign = from?.lastSign ?? { atMs: null };
    const done = { kind: 'done' } as const;
    this.control = new CallControl(
      {
        switch: this.switch,
        clock: this.clock,
        phones: this.switch,
        fallback: {
          setMember: (phone, state) => {
            this.members.set(phone, state);
            return Promise.resolve(done);
          },
          members: () =>
            Promise.resolve(
              [...this.members].flatMap(([phone, state]) =>
                state === 'absent' ? [] : [{ phone, paused: state === 'paused' }],
              ),
            ),
        },
        recorder: {
          silence: (channel, silent) =>
            this.switch.alsoAsk(`silence ${channel} ${silent}`, () => {
              if (this.recorder.kind === 'done') this.silenced[silent ? 'add' : 'delete'](channel);
              return Promise.resolve(this.recorder);
            }),
        },
        facts: {
          append: (fact) => {
            this.facts.push(fact);
            this.onFact(fact);
          },
          flush: () => Promise.resolve(true),
        },
        notes: { read: () => Promise.resolve([]), remove: () => Promise.resolve() },
        board: {
          agent: (view) => this.agents.set(view.agentId, view),
          call: (view) => this.calls.set(view.callId, view),
          callGone: (callId) => this.calls.delete(callId),
          queue: () => undefined,
          queueGone: () => undefined,
          switchSeen: (isThere) => {
            this.switchSeen = isThere;
          },
        },
        prompts: {
          media: (name) => (this.missing.has(name) ? null : { kind: 'file', path: `/prompts/${name}` }),
        },
        callers: {
          known: (caller) => this.#asked(() => this.known.get(caller.number) ?? UNKNOWN_CALLER),
          ticketOf: (caller, lastFour) =>
            this.#asked(() => this.tickets.get(`${caller.number} ${lastFour}`) ?? null),
        },
        presences: {
          read: () => Promise.resolve([...this.saved.values()]),
          save: (presence) => {
            this.saved.set(presence.agentId, JSON.parse(JSON.stringify(presence)));
          },
        },
        calls: {
          // Through text, as through a file.
          read: () => Promise.resolve(JSON.parse(JSON.stringify([...this.savedCalls.values()]))),
          save: (saved) => {
            this.savedCalls.set(saved.call.id, saved);
            this.alsoSaved(saved);
          },
          remove: (callId) => this.savedCalls.delete(callId),
        },
        callbacks: {
          read: () => Promise.resolve(JSON.parse(JSON.stringify([...this.savedCallbacks.values()]))),
          save: (callback) => this.savedCallbacks.set(callback.id, callback),
          foundAs: () => Promise.resolve(this.foundAs),
          remove: (id) => this.savedCallbacks.delete(id),
        },
        callbackBooks: {
          open: () =>
            this.books === 'away' ? Promise.reject(new Error('away')) : Promise.resolve(this.promisedInBooks),
        },
        placed: {
          read: () => Promise.resolve([...this.savedPlaced.values()]),
          save: (placed) => this.savedPlaced.set(placed.id, placed),
          drop: (id) => this.savedPlaced.delete(id),
        },
        callerHours: {
          read: () =>
            Promise.resolve([...this.savedHours].map(([number, reachedMs]) => ({ number, reachedMs }))),
          save: (number, reachedMs) => this.savedHours.set(number, reachedMs),
          drop: (number) => this.savedHours.delete(number),
        },
        paces: {
          read: () => Promise.resolve(JSON.parse(JSON.stringify([...this.savedPaces.values()]))),
          save: (pace) => this.savedPaces.set(pace.queue, pace),
        },
        kept: { written: () => this.kept.written() },
        tenure: from?.tenure ?? UNCONTESTED,
        alarms: this.alarms,
        lastSign: {
          read: () => Promise.resolve(this.lastSign.atMs),
          write: (atMs) => {
            this.lastSign.atMs = atMs;
            return Promise.resolve();
          },
        },
        log: {
          debug: () => undefined,
          info: () => undefined,
          warn: () => undefined,
          error: (fields) => this.errors.push(fields),
        },
        newId: () => {
          this.ids.last += 1;
          return `fact${this.ids.last}`;
        },
        reload: () => {
          this.control.useConfiguration(this.#published());
          return Promise.resolve(true);
        },
      },
      this.#published(),
    );
  }

  #asked<T>(answer: () => T): Promise<T> {
    if (this.books === 'away') return Promise.reject(new Error('away'));
    return this.books === 'silent' ? new Promise(() => undefined) : Promise.resolve(answer());
  }

  #published() {
    const { configuration } = this;
    const phones = [...configuration.agents.map(phoneOf), ...this.otherPhones].map((phone) => ({
      ...phone,
      persistentLeg: this.persistent.has(phone.name),
    }));
    const { presenceRules, outboundRules, holdingNotices } = this;
    return { configuration, phones, presenceRules, outboundRules, holdingNotices };
  }

  async open(): Promise<this> {
    const spoken = [announcementPrompt(OUTAGE.id), offerPrompt(OUTAGE.id)];
    for (const name of [...Object.keys(SOUNDS), ...spoken]) this.switch.world.files.add(`/prompts/${name}`);
    await this.control.start();
    await settled();
    await this.register();
    return this;
  }

  /** Every phone that is plugged in registers, as phones do by themselves. */
  async register(): Promise<void> {
    for (const profile of this.configuration.agents) {
      if (!this.unplugged.has(profile.phone)) await this.switch.phone(phoneOf(profile), true);
    }
    await settled();
  }

  async unplug(profile: AgentProfile): Promise<void> {
    this.unplugged.add(profile.phone);
    await this.switch.phone(phoneOf(profile), false);
    await settled();
  }

  async ready(...numbers: readonly number[]): Promise<void> {
    for (const n of numbers) {
      await this.control.command({ kind: 'signIn', agentId: `agent${n}` });
      await this.control.command({ kind: 'ready', agentId: `agent${n}` });
    }
    await settled();
  }

  /** Lets a greeting (or any other prompt) come to its end. */
  async heard(): Promise<void> {
    for (const playback of [...this.switch.playbacks.keys()]) this.switch.finishPlayback(playback);
    await settled();
  }

  async after(ms: number): Promise<void> {
    await this.clock.advance(ms, settled);
  }

  state(callId: string): string | undefined {
    return this.control.engine.book.get(callId)?.call.state;
  }

  told(callId: string): string[] {
    return this.facts.flatMap((fact) => (fact.callId === callId ? [fact.type] : []));
  }

  end(callId: string) {
    return this.facts.find((fact) => fact.callId === callId && fact.type === 'callEnded');
  }
}
