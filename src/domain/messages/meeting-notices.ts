import type { Sender } from './ticket-steps.ts';

/** What a unit is written of the tasks that it took away from a meeting (I4); what they are is read on the platform. */
export function tasksText(
  { number, tasks, due }: { readonly number: string; readonly tasks: number; readonly due: string },
  sender: Sender,
): string {
  const head = `【${[...sender.municipality].slice(0, 20).join('')}${sender.mainNumber}】`;
  return `${head}协调会议${number}交办贵单位任务${tasks}项，最近一项请于${due}前办结，请登录平台办理并报结。`;
}
