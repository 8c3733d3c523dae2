/** A line of the time line, as far as it presses a unit. */
interface PressingLine {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** 催办 by a person reads as one; the program's says why it comes. `due`: until when, as it is said to units. */
export function urgedWords({ body }: PressingLine, which: string, due: string): string {
  if (body.auto !== true) return `${which}经热线催办${due}，请抓紧办理。`;
  return body.over === true
    ? `${which}已超期，现予催办，请立即办理；仍无进展的将书面督办。`
    : `${which}即将超期，现予催办${due}，请抓紧办理。`;
}

/** The program pressed it: in the hours of notice, as all that a clock and no person says. */
export const isAutoUrge = ({ type, body }: PressingLine): boolean => type === 'urged' && body.auto === true;

/** That its time is over, or nearly so, is in the urge that came with it: a unit reads one message of it. */
export function saidByUrge(line: PressingLine, later: readonly PressingLine[]): boolean {
  if (line.type !== 'deadlineWarning' && line.type !== 'deadlineOverdue') return false;
  return later.some((one) => isAutoUrge(one) && one.body.unitCode === line.body.unitCode);
}
