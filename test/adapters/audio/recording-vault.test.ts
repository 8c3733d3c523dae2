import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingVault } from '../../../src/adapters/audio/recording-vault.ts';
import { toneShare } from '../../../src/demo/sound/tone.ts';
import { readWav } from '../../../src/domain/ivr/wav.ts';
import { sidesOf, writeTone } from '../../support/tone-file.ts';

const DAY = '2026/11/25';
const RAW = `${DAY}/call.raw`;
const KEPT = `${DAY}/call.wav`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yht-vault-'));
  await mkdir(join(folder, DAY), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** As MixMonitor writes it: the citizen at 440 Hz and staff at 1000 Hz, interleaved. */
function conversation(ms: number): Buffer {
  const raw = Buffer.alloc((ms * 8000 * 4) / 1000);
  for (let at = 0; at < raw.length / 4; at += 1) {
    raw.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / 8000)), 4 * at);
    raw.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 1000 * at) / 8000)), 4 * at + 2);
  }
  return raw;
}
const kept = () => readFile(join(folder, KEPT));

test('what the switch wrote becomes a WAV of two channels, measured and hashed as it lies on the disk', async () => {
  await writeFile(join(folder, RAW), conversation(3_000));
  const sealed = await recordingVault(folder).seal(RAW, KEPT, []);
  const bytes = await kept();
  expect(sealed).toMatchObject({ channels: 2, bytes: bytes.length, durationMs: 3_000 });
  expect(Buffer.from(sealed.sha256).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  // Half of what 16 bits take.
  expect(bytes.length).toBe(58 + 3_000 * 16);
  expect(readWav(bytes)).toMatchObject({
    kind: 'wav',
    wav: { codec: 'alaw', rateHz: 8000, channels: 2, durationMs: 3_000 },
  });
  const { citizen, staff } = sidesOf(bytes);
  expect(citizen).toHaveLength(15);
  expect(citizen.every((window) => toneShare(window, 440) > 0.95)).toBe(true);
  expect(staff.every((window) => toneShare(window, 1000) > 0.95)).toBe(true);
  expect(sealed.heardMs.every((ms) => ms > 2_800 && ms <= 3_000)).toBe(true);
  // The source stays until the books have the rest.
  expect((await readdir(join(folder, DAY))).sort()).toEqual(['call.raw', 'call.wav']);
});

test('a stretch that must not be heard is silence on both sides, and the time goes on', async () => {
  await writeFile(join(folder, RAW), conversation(3_000));
  const sealed = await recordingVault(folder).seal(RAW, KEPT, [{ fromMs: 1_000, toMs: 2_000 }]);
  expect(sealed.durationMs).toBe(3_000);
  const { citizen, staff } = sidesOf(await kept());
  for (const [side, hz] of [
    [citizen, 440],
    [staff, 1000],
  ] as const) {
    const heard = side.map((window) => toneShare(window, hz) > 0.5);
    expect(heard).toEqual([...Array(5).fill(true), ...Array(5).fill(false), ...Array(5).fill(true)]);
  }
  const loudest = Math.max(...citizen.slice(5, 10).flatMap((window) => [...window].map(Math.abs)));
  expect(loudest).toBeLessThanOrEqual(8);
});

test('sealing again gives the same, whatever a forerunner left', async () => {
  await writeFile(join(folder, RAW), conversation(500));
  await writeFile(join(folder, KEPT), 'half of something');
  const vault = recordingVault(folder);
  const first = await vault.seal(RAW, KEPT, []);
  expect(await vault.seal(RAW, KEPT, [])).toEqual(first);
});

test('half a frame at the end of a file, as a switch that died leaves it, is left out', async () => {
  await writeFile(join(folder, RAW), conversation(1_000).subarray(0, 31_999));
  expect(await recordingVault(folder).seal(RAW, KEPT, [])).toMatchObject({ durationMs: 1_000 });
});

test('what ARI recorded of staff among themselves has one channel and moves to its day', async () => {
  await mkdir(join(folder, 'messages'));
  await writeTone(join(folder, 'messages/call.k1.wav'), 700, 1_000);
  const sealed = await recordingVault(folder).seal('messages/call.k1.wav', '2026/11/26/call.k1.wav', []);
  expect(sealed).toMatchObject({ channels: 1, durationMs: 1_000 });
  const { citizen } = sidesOf(await readFile(join(folder, '2026/11/26/call.k1.wav')));
  expect(citizen.every((window) => toneShare(window, 700) > 0.95)).toBe(true);
});

test('a recording of an earlier release is measured where it lies and not touched', async () => {
  await writeTone(join(folder, KEPT), 700, 1_000);
  const before = await kept();
  const sealed = await recordingVault(folder).seal(KEPT, KEPT, []);
  expect(await kept()).toEqual(before);
  expect(sealed).toMatchObject({ channels: 1, durationMs: 1_000, bytes: before.length });
  expect(Buffer.from(sealed.sha256).toString('hex')).toBe(createHash('sha256').update(before).digest('hex'));
});

test('what is no recording is refused, and leaves nothing beside it', async () => {
  await writeFile(join(folder, DAY, 'odd.wav'), 'RIFF of no kind at all, but long enough to be read');
  const vault = recordingVault(folder);
  await expect(vault.seal(`${DAY}/odd.wav`, KEPT, [])).rejects.toMatchObject({
    code: 'recording.unreadable',
  });
  await expect(vault.seal(`${DAY}/none.raw`, KEPT, [])).rejects.toMatchObject({
    code: 'recording.unreadable',
  });
  expect(await readdir(join(folder, DAY))).toEqual(['odd.wav']);
});

test.each([
  '../outside.raw',
  '/etc/passwd',
  `${DAY}/../../x.raw`,
  `${DAY}/x.txt`,
  '',
  'x.raw',
  `${DAY}/a/b.raw`,
])('a name that leads elsewhere is refused: %s', async (name) => {
  const vault = recordingVault(folder);
  await expect(vault.look(name, 0)).rejects.toMatchObject({ code: 'recording.nameInvalid' });
  await expect(vault.discard(name)).rejects.toMatchObject({ code: 'recording.nameInvalid' });
});

test('a disk that is full while sealing says so, and the source stays', async () => {
  await writeFile(join(folder, RAW), conversation(500));
  // The device on which every write fails for want of room.
  await symlink('/dev/full', join(folder, `${KEPT}.${process.pid}.new`));
  await expect(recordingVault(folder).seal(RAW, KEPT, [])).rejects.toMatchObject({
    code: 'recording.noRoom',
  });
  expect(await readdir(join(folder, DAY))).toEqual(['call.raw']);
});

test('a file is seen with its size and for how long nobody wrote to it; none is null', async () => {
  const vault = recordingVault(folder);
  await writeFile(join(folder, RAW), conversation(100));
  await utimes(join(folder, RAW), new Date(5_000_000), new Date(5_000_000));
  expect(await vault.look(RAW, 5_007_000)).toEqual({ bytes: 3_200, quietMs: 7_000 });
  expect(await vault.look(`${DAY}/none.raw`, 0)).toBeNull();
  expect(await vault.look('2020/01/01/none.raw', 0)).toBeNull();
});

test('the room on the disk is told, the mark for the dialplan comes and goes, and no folder is no room', async () => {
  const vault = recordingVault(folder);
  const room = await vault.room();
  expect(room?.freeBytes).toBeGreaterThan(0);
  expect(room?.totalBytes).toBeGreaterThanOrEqual(room?.freeBytes ?? Number.POSITIVE_INFINITY);
  await vault.setFull(true);
  expect((await stat(join(folder, 'no-room'))).isFile()).toBe(true);
  await vault.setFull(false);
  await vault.setFull(false);
  await expect(stat(join(folder, 'no-room'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await recordingVault(join(folder, 'none')).room()).toBeNull();
});
