import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { LiveEar } from '../support/live-ear.ts';
import { Town } from '../support/town.ts';

// Asterisk forgets the agents' phones and the fallback queue's members at its restart; the product tells it again.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test.for(['SIGKILL', 'SIGTERM'] as const)(
  'Asterisk ends by %s during a call and is started again',
  async (signal) => {
    const agent = await town.agent('1001');
    const ear = await LiveEar.at(town, '1001');
    const lost = await town.citizen({ dialled: '12345', number: '13800138001' });
    const call = await agent.phone.nextCall(10_000);
    await call.answer();
    await town.converse(lost, call);

    const before = ear.words.length;
    town.asterisk.kill(signal);
    await town.asterisk.exited();
    lost.vanish();
    // He is told at once, and not when he looks: what his page shows of calls is as it was last known.
    const away = await ear.until(
      'word that the switch is away',
      (one) => one.source === 'switchAway',
      before,
    );
    await town.asterisk.start();
    await ear.until('word that the switch is back', (one) => one.source === 'live', away);

    // The phone registers as phones do, by itself; that it may is what call control has to see to.
    await until('the phone registered', 20_000, async () => {
      await agent.phone.register();
      return true;
    });
    // Written up, he is ready again by himself, and his page knew of each step.
    await ear.until(
      'word that he is ready again',
      ({ agent: one }) => one?.agentId === agent.id && one.state === 'READY' && one.phoneReachable,
      away,
    );
    expect(ear.statesOf(agent.id)).toEqual(['RINGING', 'TALKING', 'WRAP_UP', 'READY']);
    const next = await town.citizen({ dialled: '12345', number: '13800138003' });
    const again = await agent.phone.nextCall(10_000);
    await again.answer();
    await town.converse(next, again);
    next.hangUp();
    await again.ended;
    expect(await town.callInBooks('13800138003')).toMatchObject({
      result: 'answeredByAgent',
      agentNumber: '1001',
    });
    // What was going on when it died is over in the books as well, with an honest end.
    // Nobody hung up: the machine between them did, in the middle of a talk that had begun.
    expect(await town.callInBooks('13800138001')).toMatchObject({
      agentNumber: '1001',
      result: 'answeredByAgent',
      releasedBy: 'system',
    });
  },
);
