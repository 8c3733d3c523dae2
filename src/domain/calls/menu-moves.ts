import type { Destination } from '../hotlines/call-plan.ts';
import { UNIT_RING_TIMEOUT_MS } from '../hotlines/mode-way.ts';
import { announcedThroughMenu, throughMenu } from '../hotlines/plan-call.ts';
import { byMenu } from '../hotlines/way-words.ts';
import { type MenuCaller, UNKNOWN_CALLER } from '../ivr/condition.ts';
import type { MenuInput, MenuStep } from '../ivr/course.ts';
import { enterMenu, step as menuStep } from '../ivr/interpreter.ts';
import { announcementStep } from './announcement-step.ts';
import type { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import type { CallEvent } from './call-event.ts';
import type { CallFact } from './facts.ts';
import { askForMessage } from './message-moves.ts';
import { depart } from './moves.ts';
import { played, playing, type Step, stopping } from './steps.ts';

/** Announcements come again where a menu leads to a line at which one is aimed. */
export type Onward = Step<'menu' | 'announcing' | 'queued' | 'ringingOutside' | 'askingMessage' | 'goodbye'>;
type InOrOut = Onward;

/** More keys before the menu than any menu takes are noise. */
const TYPED_AHEAD_AT_MOST = 20;

/** A key before the menu is heard where there is a menu to hear it. */
export function keep<T extends 'greeting' | 'announcing'>(call: Call, digit: string, to: T): Step<T> | null {
  const typed = call.typedAhead ?? '';
  if ((call.plan.menu ?? null) === null || typed.length >= TYPED_AHEAD_AT_MOST) return null;
  return { to, stays: true, change: { typedAhead: typed + digit } };
}

/** Everything that all callers hear is over: through the line's menu, or straight on. */
export function greeted(call: Call, facts: readonly CallFact[], context: CallContext): Onward {
  const code = call.plan.menu ?? null;
  const menu = code === null ? null : context.menu(code, callerOf(call));
  if (menu === null) {
    const step = depart(call, context);
    const lost: CallFact[] = code === null ? [] : [{ type: 'anomaly', code: 'menu.unknown', detail: code }];
    return {
      ...step,
      change: { announcing: null, ...step.change },
      facts: [...facts, ...lost, ...(step.facts ?? [])],
    };
  }
  const step = obey(call, enterMenu(menu, call.typedAhead ?? ''), context, facts);
  return { ...step, change: { announcing: null, ...step.change } };
}

const callerOf = ({ caller }: Call): MenuCaller => caller ?? UNKNOWN_CALLER;

/** The answer to the latest look-up; an earlier one's comes too late. */
export function lookedUp(
  call: Call,
  { lookup, found }: Extract<CallEvent, { readonly type: 'ticketLookedUp' }>,
  context: CallContext,
): InOrOut | null {
  if (lookup !== lookupOf(call)) return null;
  switch (found.kind) {
    case 'found':
      return inMenu(call, { kind: 'ticketFound', prompts: found.prompts }, '', context);
    case 'notFound':
      return inMenu(call, { kind: 'ticketNotFound' }, '', context);
    case 'failed':
      return inMenu(call, { kind: 'lookupFailed' }, '', context);
    default:
      return found satisfies never;
  }
}

const lookupOf = ({ id, lookupsMade }: Call): string => `${id}.q${lookupsMade ?? 0}`;

/** One input of the citizen's, or the lack of one. `end`: how what was playing came to its end by it. */
export function inMenu(call: Call, input: MenuInput, end: string, context: CallContext): InOrOut | null {
  const { menu: here } = call;
  const menu = here == null ? null : context.menu(here.state.menu, callerOf(call));
  if (here == null || menu === null) {
    // The version that a restart left has no such menu: the plan still knows a person.
    return out(call, [], context, { menu: call.plan.menu ?? '', to: 'plan', reason: 'broken' });
  }
  const next = menuStep(here.state, input, menu);
  if (next.act.kind === 'nothing') return null;
  return obey(call, next, context, played(here.prompts, end));
}

function obey(call: Call, next: MenuStep, context: CallContext, before: readonly CallFact[]): InOrOut {
  const { state, act } = next;
  const facts: readonly CallFact[] = [...before, ...next.notes];
  switch (act.kind) {
    case 'play': {
      const { change, command } = playing(call, act.prompts);
      return {
        to: 'menu',
        change: { ...change, menu: { state, prompts: act.prompts, timeoutMs: act.timeoutMs } },
        commands: [...stopping(call), command],
        facts,
      };
    }
    case 'listen':
      return {
        to: 'menu',
        change: { playback: null, menu: { state, prompts: [], timeoutMs: act.timeoutMs } },
        commands: stopping(call),
        facts,
      };
    case 'lookUpTicket': {
      const lookupsMade = (call.lookupsMade ?? 0) + 1;
      const lookup = lookupOf({ ...call, lookupsMade });
      return {
        to: 'menu',
        change: { playback: null, lookupsMade, menu: { state, prompts: [], timeoutMs: act.timeoutMs } },
        commands: [...stopping(call), { kind: 'lookUpTicket', lookup, lastFour: act.lastFour }],
        facts,
      };
    }
    case 'exit':
      return leave(call, act, context, facts);
    case 'nothing':
      return { to: 'menu', stays: true, facts };
    default:
      return act satisfies never;
  }
}

function leave(
  call: Call,
  { to: exit, prompts, reason }: Extract<MenuStep['act'], { readonly kind: 'exit' }>,
  context: CallContext,
  before: readonly CallFact[],
): InOrOut {
  const left = { menu: call.plan.menu ?? '', to: exit.kind, reason };
  switch (exit.kind) {
    case 'queue':
      return out(
        withDestination(call, {
          kind: 'queue',
          queue: exit.queue,
          reason: byMenu(reason).zh,
          ...(exit.skills === undefined ? {} : { skills: exit.skills }),
        }),
        before,
        context,
        left,
      );
    case 'number':
      return out(
        withDestination(call, {
          kind: 'unit',
          number: exit.number,
          trunk: exit.trunk,
          returnQueue: exit.returnQueue,
          ringTimeoutMs: UNIT_RING_TIMEOUT_MS,
          reason: byMenu(reason).zh,
        }),
        before,
        context,
        left,
      );
    case 'line': {
      const line = context.planLine(exit.number, call.callerNumber);
      const announcements = announcedThroughMenu(call.plan, line);
      // Behind the menu there is none: after the announcements the call goes on to the line.
      const { plan } = withDestination(call, throughMenu(line));
      const { whisper } = line;
      const led: Call = {
        ...call,
        plan: { ...plan, menu: null, announcements, whisper, ledTo: exit.number },
      };
      const announcing = announcementStep({ ...led, playback: null }, 0, []);
      return announcing === null ? out(led, before, context, left) : through(led, announcing, before, left);
    }
    case 'goodbye':
      return out(
        withDestination(call, { kind: 'goodbye', prompts, result: 'informed', reason: byMenu(reason).zh }),
        before,
        context,
        left,
      );
    case 'message':
      return through(
        call,
        askForMessage(call, { prompts, queue: exit.queue, maxMs: exit.maxMs }),
        before,
        left,
      );
    default:
      return exit satisfies never;
  }
}

const withDestination = (call: Call, destination: Destination): Call => ({
  ...call,
  plan: { ...call.plan, destination },
});

function out(call: Call, before: readonly CallFact[], context: CallContext, left: Left): InOrOut {
  return through(call, depart(call, context), before, left);
}

interface Left {
  readonly menu: string;
  readonly to: string;
  readonly reason: string;
}

function through(call: Call, step: InOrOut, before: readonly CallFact[], left: Left): InOrOut {
  return {
    ...step,
    change: { plan: call.plan, menu: null, playback: null, announcing: null, ...step.change },
    commands: [...stopping(call), ...(step.commands ?? [])],
    facts: [...before, { type: 'menuLeft', ...left }, ...(step.facts ?? [])],
  };
}
