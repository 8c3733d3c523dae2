import type { AgentDesk } from '../agents/agent-desk.ts';
import type { FallbackMirror } from '../agents/fallback-mirror.ts';
import type { PhoneRegister } from '../agents/phone-register.ts';
import type { Log } from '../ports/log.ts';
import type { Phone } from '../ports/phones.ts';
import type { PersistentLegs } from './persistent-legs.ts';

export interface WorkplaceParts {
  readonly mirror: FallbackMirror;
  readonly register: PhoneRegister;
  readonly legs: PersistentLegs;
  readonly log: Log;
  desk(): AgentDesk;
}

/** The agents' places outside of this house: their phones at the switch, and who of them the fallback queue may call. */
export class Workplaces {
  readonly #parts: WorkplaceParts;
  readonly #provisioning = new Set<string>();

  constructor(parts: WorkplaceParts) {
    this.#parts = parts;
  }

  /** The switch is there (again), and may have forgotten everybody. */
  switchUp(): void {
    this.#inBackground(this.#parts.register.provisionAll(), 'phones could not be provisioned');
    this.#inBackground(this.#parts.mirror.resync(), 'the fallback queue could not be brought in step');
  }

  /** The fallback queue knows everybody by the phone in use. */
  mirrorAll(): void {
    const { mirror } = this.#parts;
    for (const { phone, state, leg } of this.#phonesInUse()) mirror.want(phone, state, leg !== null);
  }

  /** Other agents, or others of their phones: `reseat` takes them over. */
  replace(phones: readonly Phone[], reseat: () => void): void {
    const { mirror, register, legs } = this.#parts;
    const before = this.#phonesInUse();
    reseat();
    this.mirrorAll();
    const kept = new Set(this.#phonesInUse().map(({ phone }) => phone));
    for (const { phone } of before) if (!kept.has(phone)) mirror.want(phone, 'SIGNED_OUT');
    const { changed, removed } = register.replace(phones);
    const names = changed.map(({ name }) => name);
    const provisioned = legs.holdBack(names, register.provision(changed));
    this.#inBackground(provisioned, 'phones could not be provisioned');
    this.#inBackground(register.remove(removed), 'phones could not be removed');
  }

  /** The phone of an agent who signs in, or says that it is there. */
  provision(agentId: string): void {
    const phone = this.#parts.desk().profile(agentId)?.phone;
    if (phone === undefined || this.#provisioning.has(phone)) return;
    this.#provisioning.add(phone);
    const work = this.#parts.register.provisionOne(phone).finally(() => this.#provisioning.delete(phone));
    this.#inBackground(work, 'a phone could not be provisioned');
  }

  #phonesInUse() {
    const desk = this.#parts.desk();
    return desk.presences().flatMap(({ agentId, state, leg = null }) => {
      const phone = desk.profile(agentId)?.phone;
      return phone === undefined ? [] : [{ phone, state, leg }];
    });
  }

  #inBackground(work: Promise<unknown>, failure: string): void {
    work.catch((err: unknown) => this.#parts.log.error({ err }, failure));
  }
}
