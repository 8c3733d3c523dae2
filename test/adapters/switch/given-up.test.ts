import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { loadClient, takeBackAll } from '../../../src/adapters/ari/library.ts';
import { IMPATIENT, RealWorld } from './real-world.ts';

// What is asked over a connection does not outlive it, whoever ended it.

let world: RealWorld;
beforeAll(async () => {
  world = await RealWorld.build(undefined, IMPATIENT);
});
afterEach(async () => {
  world.wire.judge = () => 'pass';
  await world.rest();
});
afterAll(() => world.demolish());

test('what is asked over a connection that was given up is not sent', async () => {
  const { ariUser, ariPassword } = world.asterisk;
  const client = await loadClient(world.wire.url, ariUser, ariPassword);
  const sent: string[] = [];
  world.wire.judge = (request) => {
    sent.push(request);
    return 'pass';
  };
  const ask = (): PromiseLike<unknown> => client.asterisk.getInfo({ only: 'status' });
  await ask();
  takeBackAll(client);
  await expect(ask()).rejects.toThrow('the connection was given up');
  // Nor is it later on: by then another question has come through.
  expect(await world.switch.snapshot()).not.toBeNull();
  takeBackAll(client);
  await expect(ask()).rejects.toThrow('the connection was given up');
  expect(sent.filter((one) => one.includes('/asterisk/info'))).toHaveLength(2);
});

test('a command that is on its way when the adapter is stopped does not come behind what the next connection found', async () => {
  const from = world.log.mark;
  const citizen = await world.citizen();
  const { channel } = await world.log.next('incoming', undefined, { from });
  expect(await world.switch.answer(channel)).toEqual({ kind: 'done' });
  await citizen.answered;
  world.wire.judge = (request) => (request.startsWith('DELETE') ? 'hold' : 'pass');
  const asked = Date.now();
  const hangingUp = world.switch.hangup(channel, 'normal');
  await expect.poll(() => world.wire.holds).toBe(1);
  await world.switch.stop();
  // At once, and not when its time is over.
  expect(await hangingUp).toMatchObject({ kind: 'unknown' });
  expect(Date.now() - asked).toBeLessThan(IMPATIENT.commandTimeoutMs);
  const again = world.log.mark;
  await world.switch.start();
  const { snapshot } = await world.log.next('up', undefined, { from: again });
  expect(snapshot.channels).toMatchObject([{ channel, up: true }]);
  world.wire.deliver();
  citizen.sound.forget();
  const { packets } = citizen.sound;
  expect(await world.switch.startMusic(channel)).toEqual({ kind: 'done' });
  await expect.poll(() => citizen.sound.packets - packets).toBeGreaterThan(50);
  expect((await world.switch.snapshot())?.channels).toMatchObject([{ channel, up: true }]);
});
