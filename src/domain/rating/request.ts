import { GRADE_ORDER, GRADES } from './grades.ts';

/** Who called longer ago than this is not asked any more, also after a downtime. */
export const ASKED_WITHIN_MS = 24 * 3_600_000;

/** 【如东县12345】您好！请评价1001号话务员的服务……; for who hung up before he could be asked. */
export function ratingText(input: {
  readonly municipality: string;
  readonly mainNumber: string;
  /** The agent's work number. */
  readonly agent: string;
}): string {
  const { municipality, mainNumber, agent } = input;
  const grades = GRADE_ORDER.map((grade) => `${GRADES[grade].key}${GRADES[grade].zh}`).join('，');
  return `【${municipality}${mainNumber}】您好！请为${agent}号话务员刚才的服务评价，回复数字：${grades}。`;
}
