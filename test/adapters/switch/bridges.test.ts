import { expect, test, vi } from 'vitest';
import { BridgeLedger } from '../../../src/adapters/ari/bridges.ts';

// When a command to part is done, the channels must have left.

test('one who parts is waited for until told to have left; the other one may stay', async () => {
  const ledger = new BridgeLedger();
  ledger.entered('citizen', 'b');
  ledger.entered('agent', 'b');
  const parted = vi.fn();
  const waiting = ledger.parted('b', 'citizen', 60_000).then(parted);
  ledger.left('agent', 'b');
  ledger.left('citizen', 'elsewhere');
  await Promise.resolve();
  expect(parted).not.toHaveBeenCalled();
  ledger.left('citizen', 'b');
  await waiting;
  expect(parted).toHaveBeenCalledOnce();
});

test('a bridge is empty when everybody has left or ended, in whatever order', async () => {
  const ledger = new BridgeLedger();
  ledger.entered('citizen', 'b');
  ledger.entered('agent', 'b');
  const parted = vi.fn();
  const waiting = ledger.parted('b', null, 60_000).then(parted);
  ledger.ended('agent');
  ledger.ended('agent');
  await Promise.resolve();
  expect(parted).not.toHaveBeenCalled();
  ledger.left('citizen', 'b');
  await waiting;
  await ledger.parted('b', null, 60_000);
});

test('a word that never comes costs the limit and no more; a lost connection costs nothing', async () => {
  vi.useFakeTimers();
  try {
    const ledger = new BridgeLedger();
    ledger.entered('citizen', 'b');
    const late = vi.fn();
    const waiting = ledger.parted('b', null, 500).then(late);
    await vi.advanceTimersByTimeAsync(499);
    expect(late).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    const cut = ledger.parted('b', 'citizen', 500);
    ledger.forget();
    await cut;
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
