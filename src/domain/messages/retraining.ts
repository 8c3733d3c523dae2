import type { ModeInForce } from '../hotlines/mode-at.ts';

/** Who dials one of these learns that 12345 is the number now (RD-06). */
export const RETRAINED_MODES: readonly ModeInForce[] = ['TRANSITION', 'TRANSITION_ENDED', 'MERGED'];

/** One such message to one number about one line in this time, however often it is dialled. */
export const RETRAINING_PAUSE_MS = 30 * 86_400_000;

/** 【如东县12345】您好，您拨打的12328交通热线已并入12345……请今后直接拨打12345。 */
export function retrainingText(input: {
  readonly municipality: string;
  readonly mainNumber: string;
  readonly line: string;
  readonly lineName: string;
}): string {
  const { municipality, mainNumber, line, lineName } = input;
  return (
    `【${municipality}${mainNumber}】您好！您拨打的${lineName}（${line}）` +
    `已并入${mainNumber}政务服务便民热线，请今后直接拨打${mainNumber}。`
  );
}
