import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../../src/demo/poll.ts';
import { KeptRecording } from '../../support/kept-recording.ts';
import { Town } from '../../support/town.ts';

// Every twenty seconds who waits in the dialplan's own queue is held up to call control, and is not heard meanwhile.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());

test('who waits through three laps of the fallback is recorded for as long as he waited, and no alarm says otherwise', async () => {
  await town.callControl.kill();
  const citizen = await town.citizen({ dialled: '12345', number: '13800138021' });
  await citizen.answered;
  await until('three laps', 75_000, async () =>
    town.asteriskLog().split('not claimed within 200ms').length > 3 ? true : null,
  );
  citizen.hangUp();
  await citizen.ended;
  await town.callControl.start();
  await town.untilAnswering();
  const { id } = await town.callInBooks('13800138021', 40_000);
  const { summary } = await KeptRecording.of(town, id);
  expect(summary).toEqual([
    { segment: 'main', state: 'stored', channels: 2, fault: null, gaps: [], isHashed: true },
  ]);
  const { alarms } = await town.lead.get<{ alarms: readonly { kind: string; subject: string }[] }>(
    '/v1/alarms?open=true',
  );
  expect(alarms.filter(({ kind }) => kind.startsWith('recording.'))).toEqual([]);
});
