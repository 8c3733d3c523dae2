import { expect, test } from 'vitest';
import type { CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// A wish that is held up on its way, or sent again, when the agent has the next citizen: it is never done to him.

/** Two citizens: agent1 talks with the first, the second waits. There is no wrap-up. */
async function twoCallers(): Promise<House> {
  const configuration = sample([agent(1), agent(2, ['desk'])]);
  const queues = configuration.queues.map((queue) => ({ ...queue, wrapUpMs: 0 }));
  const house = await new House({ ...configuration, queues }).open();
  await house.ready(1, 2);
  house.switch.arrive(incoming(1));
  house.switch.arrive(incoming(2, '12345', { callerNumber: '13900139000' }));
  await settled();
  await house.heard();
  await takes(house, 1);
  expect([house.state('call1'), house.state('call2')]).toEqual(['talking', 'queued']);
  return house;
}
async function takes(house: House, n: number): Promise<void> {
  house.switch.answerLeg(house.switch.world.legOf(`phone${n}`) ?? 'none');
  await settled();
}
/** Call control is killed and comes back; the switch has gone on. */
async function restarted(before: House): Promise<House> {
  before.switch.forget();
  await before.control.stop();
  const after = await new House(before.configuration, before).open();
  await settled();
  return after;
}
async function asks(house: House, command: AgentCommand): Promise<CommandReply> {
  const reply = await house.control.command(command);
  await settled();
  return reply;
}
const TO_COLLEAGUE = { kind: 'transfer', target: { kind: 'agent', agent: '1002' }, note: {} } as const;
const transfer = (ofCall?: string): AgentCommand => ({
  ...{ kind: 'talk', agentId: 'agent1', wish: TO_COLLEAGUE, key: 'one-wish' },
  ...(ofCall === undefined ? {} : { ofCall }),
});

test.each(['at once', 'after call control died'])(
  'a transfer sent again under its key, %s, when the agent has the next citizen: granted, and done to nobody',
  async (when) => {
    let house = await twoCallers();
    expect(await asks(house, transfer())).toMatchObject({ ok: true });
    await takes(house, 2);
    await takes(house, 1);
    expect([house.state('call1'), house.state('call2')]).toEqual(['talking', 'talking']);
    if (when !== 'at once') house = await restarted(house);
    expect(await asks(house, transfer())).toMatchObject({ ok: true, call: { callId: 'call2' } });
    expect(house.calls.get('call2')?.talk).toMatchObject({ phase: 'together' });
    await house.control.stop();
  },
);

test('a wish of the call before is refused in the next one, whatever its key', async () => {
  const house = await twoCallers();
  house.switch.end('channel1');
  await settled();
  await house.heard();
  await takes(house, 1);
  expect(house.state('call2')).toBe('talking');
  for (const late of [
    transfer('call1'),
    { kind: 'pauseRecording', agentId: 'agent1', reason: '银行卡号', forMs: 60_000, ofCall: 'call1' },
    { kind: 'resumeRecording', agentId: 'agent1', ofCall: 'call1' },
    { kind: 'notReached', agentId: 'agent1', outcome: 'machine', ofCall: 'call1' },
  ] satisfies AgentCommand[]) {
    expect(await asks(house, late)).toMatchObject({ ok: false, code: 'call.another' });
  }
  // Released it is already: nobody has to be told that it failed, and the next citizen talks on.
  expect(await asks(house, { kind: 'releaseCall', agentId: 'agent1', ofCall: 'call1' })).toMatchObject({
    ok: true,
  });
  expect(house.calls.get('call2')).toMatchObject({ state: 'talking', talk: { phase: 'together' } });
  expect(await asks(house, { kind: 'releaseCall', agentId: 'agent1', ofCall: 'call2' })).toMatchObject({
    ok: true,
  });
  expect(house.state('call2')).not.toBe('talking');
  await house.control.stop();
});
