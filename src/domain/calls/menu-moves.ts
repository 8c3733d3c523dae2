import type { Destination } from '../hotlines/plan-call.ts';
import { UNIT_RING_TIMEOUT_MS } from '../hotlines/plan-call.ts';
import type { MenuContext, MenuInput, MenuStep } from '../ivr/course.ts';
import { enterMenu, step as menuStep } from '../ivr/interpreter.ts';
import type { Exit } from '../ivr/menu.ts';
import type { Call, CallCommand, CallContext } from './call.ts';
import type { CallFact } from './facts.ts';
import { depart } from './moves.ts';
import { played, playing, type Step } from './steps.ts';

type InOrOut = Step<'menu' | 'queued' | 'ringingUnit'>;

/** More keys before the menu than any menu takes are noise. */
const TYPED_AHEAD_AT_MOST = 20;

/** A key during the greeting is heard where there is a menu to hear it. */
export function typeAhead(call: Call, { digit }: { readonly digit: string }): Step<'greeting'> | null {
  const typed = call.typedAhead ?? '';
  if ((call.plan.menu ?? null) === null || typed.length >= TYPED_AHEAD_AT_MOST) return null;
  return { to: 'greeting', stays: true, change: { typedAhead: typed + digit } };
}

/** The greeting is over: through the line's menu, or straight to a person. */
export function greeted(call: Call, end: string, context: CallContext): InOrOut {
  const facts = played(call.plan.prompts, end);
  const code = call.plan.menu ?? null;
  const menu = code === null ? null : context.menu(code);
  if (menu === null) {
    const step = depart(call, context);
    const lost: CallFact[] = code === null ? [] : [{ type: 'anomaly', code: 'menu.unknown', detail: code }];
    return { ...step, facts: [...facts, ...lost, ...(step.facts ?? [])] };
  }
  // One whose end was never told may still be playing.
  const silent = end === 'timedOut' ? call : { ...call, playback: null };
  return obey(silent, enterMenu(menu, call.typedAhead ?? ''), menu, context, facts);
}

/** One input of the citizen's, or the lack of one. `end`: how what was playing came to its end by it. */
export function inMenu(call: Call, input: MenuInput, end: string, context: CallContext): InOrOut | null {
  const { menu: here } = call;
  const menu = here == null ? null : context.menu(here.state.menu);
  if (here == null || menu === null) {
    // The version that a restart left has no such menu: the plan still knows a person.
    return out(call, [], context, { menu: call.plan.menu ?? '', to: 'plan', reason: 'broken' });
  }
  const next = menuStep(here.state, input, menu);
  if (next.act.kind === 'nothing') return null;
  return obey(call, next, menu, context, played(here.prompts, end));
}

function obey(
  call: Call,
  next: MenuStep,
  menu: MenuContext,
  context: CallContext,
  before: readonly CallFact[],
): InOrOut {
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
    case 'lookUpTicket':
      // Nobody here can look one up yet: a person can.
      return obey(call, menuStep(state, { kind: 'lookupFailed' }, menu), menu, context, facts);
    case 'exit':
      return leave(call, act.to, act.reason, context, facts);
    case 'nothing':
      return { to: 'menu', stays: true, facts };
    default:
      return act satisfies never;
  }
}

function leave(
  call: Call,
  exit: Exit,
  reason: string,
  context: CallContext,
  before: readonly CallFact[],
): InOrOut {
  const left = { menu: call.plan.menu ?? '', to: exit.kind, reason };
  switch (exit.kind) {
    case 'queue':
      return out(
        withDestination(call, { kind: 'queue', queue: exit.queue, reason: `菜单：${reason}` }),
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
          reason: `菜单：${reason}`,
        }),
        before,
        context,
        left,
      );
    case 'line': {
      const { destination, whisper } = context.planLine(exit.number);
      const planned = withDestination(call, destination);
      return out({ ...planned, plan: { ...planned.plan, whisper } }, before, context, left);
    }
    case 'message':
    case 'goodbye':
      // Not carried out yet; who would have been told goodbye is given a person.
      return out(
        call,
        [...before, { type: 'anomaly', code: 'menu.exitNotCarriedOut', detail: exit.kind }],
        context,
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

function out(
  call: Call,
  before: readonly CallFact[],
  context: CallContext,
  left: { readonly menu: string; readonly to: string; readonly reason: string },
): InOrOut {
  const step = depart(call, context);
  return {
    ...step,
    change: { plan: call.plan, menu: null, playback: null, ...step.change },
    commands: [...stopping(call), ...(step.commands ?? [])],
    facts: [...before, { type: 'menuLeft', ...left }, ...(step.facts ?? [])],
  };
}

const stopping = ({ playback }: Call): readonly CallCommand[] =>
  playback === null ? [] : [{ kind: 'stopPlayback', playback }];
