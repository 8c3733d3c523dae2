import { holds, type LocalMoment, UNKNOWN_CALLER } from '../ivr/condition.ts';
import { saidByAny } from '../ivr/words-spoken.ts';
import type { CallPlan, Destination } from './call-plan.ts';
import { addressedBy, readCentreAddress } from './centre-address.ts';
import type { Configuration, Line } from './configuration.ts';
import type { ModeInForce } from './mode-at.ts';
import type { CarrierCall, Recognition } from './recognise.ts';
import { writeHours } from './register/write-hours.ts';
import { deskMissing, WAYS } from './way-words.ts';

/** As long as a person lets a telephone ring; a unit that does not answer by then gives the call back. */
export const UNIT_RING_TIMEOUT_MS = 20_000;

/** What is heard first where the line has no greeting of its own. */
export const MODE_GREETINGS = {
  MAIN: ['greeting-main'],
  FORWARD: ['greeting-forwarded'],
  TRANSITION: ['greeting-main', 'transition-notice'],
  TRANSITION_ENDED: ['transition-ended'],
  DEDICATED: ['greeting-dedicated'],
  PARALLEL: ['greeting-parallel'],
  MERGED: ['greeting-merged'],
  SUBCENTER: ['greeting-centre'],
  UNREGISTERED: ['number-unregistered'],
} as const satisfies Record<ModeInForce, readonly string[]>;

/** Instead of the desk's greeting while the desk does not answer. */
export const OFF_HOURS = ['greeting-off-hours'];
/** The intercept announcement of a number that is no more and that nobody answers. */
export const INTERCEPT = ['transition-closed'];

export interface Scene {
  readonly configuration: Configuration;
  readonly recognition: Recognition;
  readonly mode: ModeInForce;
  readonly call: CarrierCall;
  readonly moment: LocalMoment;
}
/** What a line's mode makes of a call: what is heard, which menu, where it goes, and what is not as it should be. */
export interface Way {
  readonly prompts: readonly string[];
  readonly menu: string | null;
  readonly destination: Destination;
  readonly anomalies: CallPlan['anomalies'];
}

/** RD-04 to RD-08, 国办发〔2020〕53号. Whatever is missing or damaged leads to the general desk, which never closes. */
export function wayOf(scene: Scene): Way {
  const { mode, recognition } = scene;
  const { line, loop } = recognition;
  const looped = loop ? [{ code: 'forwarding.loop', detail: recognition.reason }] : [];
  const general = scene.configuration.municipality.generalQueue;
  const to = (wanted: string, reason: string, more: Partial<Way> = {}): Way => {
    const desk = deskOf(scene.configuration, wanted, reason);
    const anomalies = [...looped, ...desk.anomalies, ...(more.anomalies ?? [])];
    return {
      ...usual(scene.configuration, line, mode, loop),
      ...more,
      destination: desk.destination,
      anomalies,
    };
  };
  switch (mode) {
    case 'UNREGISTERED':
      return to(general, WAYS.unregistered().zh);
    case 'TRANSITION_ENDED':
      if (line?.afterEnd !== 'goodbye') return to(general, WAYS.transitionOver().zh);
      return {
        prompts: INTERCEPT,
        menu: null,
        destination: {
          kind: 'goodbye',
          prompts: ['goodbye'],
          result: 'informed',
          reason: WAYS.endTold(`${line.validTo}`).zh,
        },
        anomalies: looped,
      };
    case 'MAIN':
      return to(line?.queue ?? general, WAYS.main().zh);
    case 'FORWARD':
      return to(line?.queue ?? general, WAYS.forwarded().zh);
    case 'TRANSITION':
      return to(line?.queue ?? general, WAYS.transition().zh);
    case 'MERGED':
      return to(general, WAYS.merged().zh);
    case 'DEDICATED':
      if (line !== null && !holds(line.hours, { moment: scene.moment, caller: UNKNOWN_CALLER })) {
        const reason = WAYS.offHours(writeHours(line.hours)).zh;
        return to(general, reason, { prompts: OFF_HOURS, menu: null });
      }
      return to(line?.queue ?? general, WAYS.dedicated().zh);
    case 'PARALLEL':
      return parallelWay(scene, line, to);
    case 'SUBCENTER':
      return centreWay(scene, line, to);
    default:
      return mode satisfies never;
  }
}

type ToDesk = (wanted: string, reason: string, more?: Partial<Way>) => Way;

function parallelWay({ configuration, recognition }: Scene, line: Line | null, to: ToDesk): Way {
  const back = line?.queue ?? configuration.municipality.generalQueue;
  if (line === null || line.unitNumber === null || line.trunk === null) {
    const anomalies = [{ code: 'parallel.incomplete', detail: line?.number ?? '' }];
    return to(back, WAYS.noUnit().zh, { anomalies });
  }
  if (recognition.loop) return to(back, WAYS.unitSentBack().zh);
  const way = { number: line.unitNumber, trunk: line.trunk, ringTimeoutMs: UNIT_RING_TIMEOUT_MS };
  return outside(to(back, ''), { kind: 'unit', ...way, reason: WAYS.unitFirst(line.unitName).zh });
}

function centreWay({ configuration, recognition, call }: Scene, line: Line | null, to: ToDesk): Way {
  const back = line?.queue ?? configuration.municipality.generalQueue;
  const address = line?.centreAddress ?? null;
  const centre = address === null ? null : readCentreAddress(address);
  if (line === null || address === null || centre === null || line.trunk === null) {
    const anomalies = [{ code: 'centre.incomplete', detail: line?.number ?? '' }];
    return to(back, WAYS.noCentre().zh, { anomalies });
  }
  if (recognition.loop) return to(back, WAYS.centreSentBack().zh);
  const { diversion, historyInfo } = call.headers;
  if ([...diversion, ...historyInfo].some((header) => addressedBy(centre, header))) {
    const anomalies = [{ code: 'forwarding.loop', detail: `转移路径中有分中心地址 ${address}` }];
    return to(back, WAYS.centreSentBack().zh, { anomalies, menu: null });
  }
  const way = { address, trunk: line.trunk, ringTimeoutMs: UNIT_RING_TIMEOUT_MS };
  return outside(to(back, ''), { kind: 'centre', ...way, reason: WAYS.centre(line.unitName).zh });
}

type Outside = Extract<Destination, { readonly kind: 'unit' | 'centre' }>;
type WithoutReturn<T> = T extends Outside ? Omit<T, 'returnQueue'> : never;

/** Rings outside; who does not answer gives the call back to the desk of `way`. */
function outside(way: Way, target: WithoutReturn<Outside>): Way {
  const { destination } = way;
  const returnQueue = destination.kind === 'queue' ? destination.queue : '';
  return { ...way, destination: { ...target, returnQueue } };
}

/** A queue that is not there: the general desk, and somebody is told. */
function deskOf(
  { municipality, queues }: Configuration,
  wanted: string,
  reason: string,
): Pick<Way, 'destination' | 'anomalies'> {
  const general = municipality.generalQueue;
  if (queues.some(({ code }) => code === wanted)) {
    return { destination: { kind: 'queue', queue: wanted, reason }, anomalies: [] };
  }
  const instead = deskMissing(reason, wanted);
  return {
    destination: { kind: 'queue', queue: general, reason: instead },
    anomalies: wanted === general ? [] : [{ code: 'queue.unknown', detail: wanted }],
  };
}

/** A call that came round again has heard the menu; one whose number has ended or is unknown needs a person. */
function usual(
  { menus }: Configuration,
  line: Line | null,
  mode: ModeInForce,
  loop: boolean,
): Pick<Way, 'prompts' | 'menu'> {
  const over = mode === 'TRANSITION_ENDED' || mode === 'UNREGISTERED';
  const named = over ? null : (line?.greeting ?? null);
  const own = named === null ? null : saidByAny(menus, named);
  const prompts =
    own === null ? MODE_GREETINGS[mode] : mode === 'TRANSITION' ? [own, 'transition-notice'] : [own];
  return { prompts, menu: loop || over ? null : (line?.menu ?? null) };
}
