import { randomUUID } from 'node:crypto';
import type { SwitchEvent } from '../../../src/app/ports/switch.ts';
import { FakeSwitch } from '../../support/fake-switch.ts';
import { type ContractWorld, switchContract, type Telephone } from './contract.ts';
import { EventLog } from './event-log.ts';
import { overLegs } from './over-legs.ts';

const SOUND = '/sounds/exists';

switchContract('in memory', async (): Promise<ContractWorld> => {
  const fake = new FakeSwitch();
  fake.files.add(SOUND);
  const log = new EventLog();
  let answer: (event: SwitchEvent) => void = () => undefined;
  const tell = fake.onEvent.bind(fake);
  // Telephones hear what the switch itself tells, of legs too that no call knows.
  fake.onEvent = (handler) =>
    tell((event) => {
      handler(event);
      answer(event);
    });
  const legs = overLegs(fake, () => ({ kind: 'file', path: SOUND }));
  log.listen(legs.switch);
  fake.setAccepting(true);
  await fake.start();
  const habits = new Map<string, Parameters<Telephone['next']>[0]>();
  answer = (event) => {
    if (event.type !== 'ringing') return;
    const phone = fake.channels.get(event.channel)?.target ?? '';
    const does = habits.get(phone);
    if (does === 'answers') fake.picksUp(event.channel);
    if (does === 'isBusy') fake.end(event.channel, 'busy');
    if (does === 'declines') fake.end(event.channel, 'rejected');
  };
  return {
    switch: legs.switch,
    legs,
    phones: fake,
    log,
    sound: { kind: 'file', path: SOUND },
    call: async () => {
      const id = randomUUID();
      fake.arrive({
        channel: `channel-${id}`,
        callId: id,
        trunk: 'carrier',
        dialled: '12345',
        callerNumber: '13800138000',
        headers: { to: '', diversion: [], historyInfo: [], pAssertedIdentity: '' },
        recording: '',
      });
      return { hangUp: () => fake.end(`channel-${id}`, 'normal') };
    },
    untilFellBack: async (calls) => {
      if (fake.fellBack.length < calls) throw new Error('no call fell back');
    },
    telephone: async () => {
      const name = `desk-${randomUUID().slice(0, 8)}`;
      const registers = async (): Promise<void> => {
        await fake.provision({ name, kind: 'desk', secret: 'secret-of-a-phone', displayName: '' });
        fake.registers(name);
      };
      await registers();
      return {
        name,
        registers,
        next: (does) => habits.set(name, does),
        hangsUp: async () => fake.end(fake.legOf(name) ?? '', 'normal'),
        vanishes: () => fake.vanishes(name),
      };
    },
    ringTimePasses: (leg) => fake.ringTimePasses(leg),
    silencePasses: (recording) => fake.recordingEnds(recording, 'silent'),
    drop: async () => {
      fake.disconnect('dropped');
      fake.connect();
    },
    freeze: async () => fake.disconnect('silent', 1_000),
    thaw: async () => fake.connect(),
    restart: async () => fake.restart(),
    babble: async () => undefined,
    rest: async () => {
      for (const id of [...fake.channels.keys()]) fake.end(id, 'normal');
      fake.bridges.clear();
    },
    demolish: () => fake.stop(),
  };
});
