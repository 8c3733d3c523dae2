import { storedPresenceRules } from '../../domain/agents/presence-rules.ts';
import { storedOutboundRules } from '../../domain/callbacks/outbound-rules.ts';
import { AgentDesk } from '../agents/agent-desk.ts';
import { FallbackMirror } from '../agents/fallback-mirror.ts';
import { PhoneRegister } from '../agents/phone-register.ts';
import { CallbackDesk } from '../callbacks/callback-desk.ts';
import { CallbacksOfBooks } from '../callbacks/callbacks-of-books.ts';
import { OutboundDesk } from '../callbacks/outbound-desk.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { CallStore } from '../ports/call-store.ts';
import type { CallbackStore, OpenCallbacks } from '../ports/callback-store.ts';
import type { CallerBooks } from '../ports/caller-books.ts';
import type { CommandReply } from '../ports/command-reply.ts';
import type { AgentCommand } from '../ports/commands.ts';
import type { PublishedConfiguration } from '../ports/configuration-source.ts';
import type { LastSign } from '../ports/last-sign.ts';
import type { LiveBoard } from '../ports/live-board.ts';
import type { PaceStore } from '../ports/paces.ts';
import type { FallbackQueue, PhoneProvisioner } from '../ports/phones.ts';
import type { PlacedCallStore } from '../ports/placed-calls.ts';
import type { PresenceStore } from '../ports/presence-store.ts';
import type { PromptStore } from '../ports/prompts.ts';
import type { CallRecorder } from '../ports/recorder.ts';
import type { CallerHoursStore } from '../ports/restrictions.ts';
import type { Switch } from '../ports/switch.ts';
import type { Tenure } from '../ports/tenure.ts';
import type { WrittenAhead } from '../ports/written-ahead.ts';
import { eraOf } from './call-book.ts';
import { CallerHoursBook } from './caller-hours-book.ts';
import { CommandDesk } from './command-desk.ts';
import { deskListener } from './desk-listener.ts';
import { CallEngine } from './engine.ts';
import { EventLine } from './event-line.ts';
import { FallbackCalls, type FallbackCallsParts } from './fallback-calls.ts';
import { LinePaces } from './line-paces.ts';
import { Listening } from './listening.ts';
import { PersistentLegs } from './persistent-legs.ts';
import { RecordingHand } from './recording-hand.ts';
import { Staffing } from './staffing.ts';
import { SwitchAlarm } from './switch-alarm.ts';
import { SwitchEvents } from './switch-events.ts';
import { SwitchHand } from './switch-hand.ts';
import { SwitchWatch } from './switch-watch.ts';
import { TalkCommands } from './talk-commands.ts';
import { TalkTargets } from './talk-targets.ts';
import { WaitingRound } from './waiting-round.ts';
import { Workplaces } from './workplaces.ts';
import { writtenFirst } from './written-first.ts';

export interface CallControlParts extends FallbackCallsParts {
  readonly switch: Switch;
  readonly phones: PhoneProvisioner;
  readonly fallback: FallbackQueue;
  readonly board: LiveBoard;
  readonly prompts: PromptStore;
  readonly recorder: CallRecorder;
  readonly callers: CallerBooks;
  readonly presences: PresenceStore;
  readonly calls: CallStore;
  readonly callbacks: CallbackStore;
  readonly callbackBooks: OpenCallbacks;
  readonly paces: PaceStore;
  readonly lastSign: LastSign;
  readonly callerHours: CallerHoursStore;
  readonly placed: PlacedCallStore;
  /** Over all that is kept in the stores above. */
  readonly kept: WrittenAhead;
  readonly tenure: Tenure;
  readonly alarms: Pick<AlarmBook, 'raise' | 'settle'>;
  newId(): string;
  /** Loads the published configuration anew and hands it to `useConfiguration`; false when it could not be had. */
  reload(): Promise<boolean>;
}

/**
 * Single writer over all live calls, queues and presence. Modes: down (no switch: nothing is offered, timers run) <->
 * up -> stopped. Everything that happens (events of the switch, timers, outcomes, agents' commands) goes through one
 * line (`EventLine`).
 */
export class CallControl {
  readonly engine: CallEngine;
  readonly desk: AgentDesk;
  readonly callbacks: CallbackDesk;
  readonly outbound: OutboundDesk;
  readonly #parts: CallControlParts;
  readonly #mirror: FallbackMirror;
  readonly #workplaces: Workplaces;
  readonly #line: EventLine;
  readonly #watch: SwitchWatch;
  readonly #alarm: SwitchAlarm;
  readonly #fallbackCalls: FallbackCalls;
  readonly #events: SwitchEvents;
  readonly #listening: Listening;
  readonly #legs: PersistentLegs;
  readonly #callerHours: CallerHoursBook;
  readonly #commands: CommandDesk;
  readonly #callbacksOfBooks: CallbacksOfBooks;
  readonly #lines: LinePaces;
  readonly #round: WaitingRound;

  constructor(parts: CallControlParts, published: PublishedConfiguration) {
    this.#parts = parts;
    const { clock, log } = parts;
    this.#line = new EventLine(parts.tenure, log, () => {
      this.#legs.review();
      this.engine.offers.takeAll();
      this.#listening.review();
      // Whom the end of a listening set free.
      this.engine.offers.takeAll();
      this.#commands.look();
    });
    const post = (work: () => void): void => this.#line.post(work);
    const engine = (): CallEngine => this.engine;
    const desk = (): AgentDesk => this.desk;
    const { prompts } = parts;
    this.#legs = new PersistentLegs(
      { switch: writtenFirst(parts.switch, parts.kept), clock, log, prompts, desk, engine, post },
      eraOf(clock.now()),
    );
    const theSwitch = this.#legs.switch;
    this.#mirror = new FallbackMirror(parts.fallback, clock, log);
    const register = new PhoneRegister(parts.phones, log);
    this.#workplaces = new Workplaces({ mirror: this.#mirror, register, legs: this.#legs, log, desk });
    const staffing = new Staffing();
    this.#lines = new LinePaces(parts.paces, staffing);
    const facts = this.#lines.counting(parts.facts);
    this.desk = new AgentDesk(
      clock,
      parts.newId,
      deskListener(
        { ...parts, staffing },
        { mirror: this.#mirror, desk, engine, legs: () => this.#legs, post },
      ),
    );
    this.#callerHours = new CallerHoursBook(parts.callerHours);
    const hand = new SwitchHand(
      theSwitch,
      prompts,
      {
        event: (callId, event) => this.#line.post(() => this.engine.apply(callId, event)),
        promptMissing: (callId, prompt) => this.#line.post(() => this.engine.promptMissing(callId, prompt)),
        verify: (callId, epoch) => this.#watch.verify(callId, epoch),
      },
      clock,
      log,
    );
    this.outbound = new OutboundDesk({
      desk: this.desk,
      clock,
      log,
      placed: parts.placed,
      newId: () => parts.newId(),
      engine,
    });
    this.callbacks = new CallbackDesk({
      clock,
      log,
      facts,
      store: parts.callbacks,
      outbound: this.outbound,
      newId: () => parts.newId(),
      post,
      engine,
    });
    this.#callbacksOfBooks = new CallbacksOfBooks({
      clock,
      log,
      store: parts.callbacks,
      books: parts.callbackBooks,
      adopt: (callbacks) => post(() => this.callbacks.adopt(callbacks)),
    });
    this.engine = new CallEngine(
      {
        clock,
        log,
        facts,
        board: parts.board,
        calls: parts.calls,
        callerHours: this.#callerHours,
        callers: parts.callers,
        prompts: parts.prompts,
        callbacks: this.callbacks,
        lines: this.#lines,
        recordings: new RecordingHand({
          recorder: parts.recorder,
          clock,
          log,
          report: (callId, event) => this.#line.post(() => this.engine.apply(callId, event)),
        }),
        newId: () => parts.newId(),
        post,
        verify: (callId, epoch) => this.#watch.verify(callId, epoch),
      },
      this.desk,
      hand,
      published.configuration,
    );
    this.#round = new WaitingRound(this.engine, clock, post);
    this.#watch = new SwitchWatch(
      { switch: theSwitch, clock, lastSign: parts.lastSign, log, post },
      this.engine,
      this.desk,
    );
    this.#fallbackCalls = new FallbackCalls(parts, () => this.engine.configuration);
    this.#listening = new Listening(
      { switch: theSwitch, log, desk: this.desk, engine, post },
      eraOf(clock.now()),
    );
    const targets = new TalkTargets(this.engine, this.desk, this.outbound);
    this.#commands = new CommandDesk({
      line: this.#line,
      engine: this.engine,
      desk: this.desk,
      outbound: this.outbound,
      callbacks: this.callbacks,
      talks: new TalkCommands(this.engine, this.desk, clock, targets),
      listening: this.#listening,
      clock,
      workplaces: this.#workplaces,
      legs: this.#legs,
      reload: () => parts.reload(),
    });
    this.#alarm = new SwitchAlarm({ alarms: parts.alarms, clock, log, newId: () => parts.newId() });
    this.#events = new SwitchEvents({
      listening: this.#listening,
      engine: this.engine,
      desk: this.desk,
      watch: this.#watch,
      fallbackCalls: this.#fallbackCalls,
      board: parts.board,
      alarm: this.#alarm,
      log,
      whenUp: () => {
        this.#workplaces.switchUp();
        // Not before: a try would be lost on everybody who waits.
        this.#round.begin();
      },
    });
    this.#seatAgents(published);
    register.replace(published.phones);
  }

  async start(): Promise<void> {
    const [presences, calls, callbacks] = await Promise.all([
      this.#parts.presences.read(),
      this.#parts.calls.read(),
      this.#parts.callbacks.read(),
    ]);
    await Promise.all([
      this.#callerHours.restore(this.#parts.clock.now()),
      this.outbound.restore(),
      this.#lines.restore(),
    ]);
    this.desk.restore(presences);
    this.callbacks.load(callbacks);
    this.engine.restore(calls);
    this.callbacks.resume();
    await this.#callbacksOfBooks.start();
    this.#workplaces.mirrorAll();
    this.#legs.switch.onEvent((event) => this.#line.post(() => this.#events.take(event)));
    this.#legs.switch.setAccepting(true);
    await this.#watch.start();
    this.#alarm.begin();
    await this.#legs.switch.start();
  }

  async stop(): Promise<void> {
    this.#legs.switch.setAccepting(false);
    this.#line.stop();
    const signed = this.#watch.stop();
    this.#alarm.stop();
    this.#fallbackCalls.stop();
    this.engine.stop();
    this.#round.stop();
    this.#commands.stop();
    this.callbacks.stop();
    this.#callbacksOfBooks.stop();
    this.desk.stop();
    this.#legs.stop();
    this.#mirror.stop();
    await this.#legs.switch.stop();
    await signed;
    await this.#parts.facts.flush();
  }

  useConfiguration(published: PublishedConfiguration): void {
    this.#line.post(() => {
      this.#workplaces.replace(published.phones, () => {
        this.engine.replaceConfiguration(published.configuration);
        this.#round.begin();
        this.#seatAgents(published);
      });
      const { version } = published.configuration;
      this.#parts.log.info({ version }, 'a configuration is in force');
    });
  }

  command(command: AgentCommand): Promise<CommandReply> {
    return this.#commands.take(command);
  }

  #seatAgents({
    configuration,
    phones,
    presenceRules,
    outboundRules,
    holdingNotices = [],
  }: PublishedConfiguration): void {
    this.desk.notices.use(holdingNotices);
    this.desk.useRules(storedPresenceRules(presenceRules));
    this.outbound.useRules(storedOutboundRules(outboundRules));
    this.desk.replaceProfiles(configuration.agents, phones);
  }
}
