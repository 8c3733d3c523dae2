import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

test('a citizen is greeted, waits with music, talks with the agent, hears goodbye; the agent wraps up', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.switch.arrive(incoming(1));
  await settled();
  expect(house.state('call1')).toBe('greeting');
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  expect(house.switch.channels.get('channel1')?.music).toBe(true);

  await house.ready(1);
  expect(house.state('call1')).toBe('ringingAgent');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  expect(house.switch.channels.get('channel1')).toMatchObject({ bridge: 'call1.b', music: false });
  expect(house.switch.channels.get('call1.a1')?.bridge).toBe('call1.b');

  house.switch.end('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('goodbye');
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', callId: 'call1' });
  await house.heard();
  await settled();
  expect(house.state('call1')).toBeUndefined();
  expect(house.switch.channels.size).toBe(0);
  expect(house.switch.bridges.size).toBe(0);
  await house.after(30_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'READY', callId: null });

  expect(house.told('call1')).toEqual([
    'callArrived',
    'callRecognised',
    'callAnswered',
    'announcementPlayed',
    'queueEntered',
    // Nobody was signed in, and then not ready.
    'waitExplained',
    'waitExplained',
    'legRang',
    'legAnswered',
    'queueLeft',
    'talkStarted',
    'legEnded',
    'announcementPlayed',
    'callEnded',
  ]);
  expect(house.end('call1')).toMatchObject({ releasedBy: 'agent', result: 'answeredByAgent' });
  expect(house.errors).toEqual([]);
});
