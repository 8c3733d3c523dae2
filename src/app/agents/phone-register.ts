import type { Log } from '../ports/log.ts';
import type { Phone, PhoneProvisioner } from '../ports/phones.ts';

const AT_ONCE = 4;

/** The phones as the switch must know them; it forgets them at its restart and gets them again. */
export class PhoneRegister {
  readonly #provisioner: PhoneProvisioner;
  readonly #log: Log;
  #phones = new Map<string, Phone>();

  constructor(provisioner: PhoneProvisioner, log: Log) {
    this.#provisioner = provisioner;
    this.#log = log;
  }

  /** Takes over a new list; returns what has to be told to the switch. */
  replace(phones: readonly Phone[]): {
    readonly changed: readonly Phone[];
    readonly removed: readonly string[];
  } {
    const before = this.#phones;
    this.#phones = new Map(phones.map((phone) => [phone.name, phone]));
    return {
      changed: phones.filter((phone) => !same(before.get(phone.name), phone)),
      removed: [...before.keys()].filter((name) => !this.#phones.has(name)),
    };
  }

  provisionAll(): Promise<void> {
    return this.provision([...this.#phones.values()]);
  }

  async provisionOne(name: string): Promise<void> {
    const phone = this.#phones.get(name);
    if (phone !== undefined) await this.provision([phone]);
  }

  async provision(phones: readonly Phone[]): Promise<void> {
    const left = [...phones];
    const work = async (): Promise<void> => {
      for (let phone = left.shift(); phone !== undefined; phone = left.shift()) {
        const outcome = await this.#provisioner.provision(phone);
        if (outcome.kind === 'refused' || outcome.kind === 'unknown') {
          this.#log.warn({ phone: phone.name, reason: outcome.reason }, 'a phone could not be provisioned');
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#provisioner.remove(name);
  }
}

const same = (a: Phone | undefined, b: Phone): boolean =>
  a !== undefined &&
  a.secret === b.secret &&
  a.kind === b.kind &&
  a.displayName === b.displayName &&
  (a.persistentLeg ?? false) === (b.persistentLeg ?? false);
