import { setTimeout as wait } from 'node:timers/promises';
import { DEMONSTRATION_CATEGORY } from '../../domain/deadlines/compressed-time.ts';
import type { AgentAtWork } from '../agent-at-work.ts';
import { ApiRefusal } from '../api-client.ts';
import { until } from '../poll.ts';
import { type Act, allHear, answer, VOICES } from '../second-act/act.ts';
import { faultsOf, watch } from './by-itself.ts';
import { type Answers, Case } from './case.ts';
import type { Desks } from './desks.ts';

export interface Story {
  readonly name: string;
  /** Rejects with what went wrong. Resolves to a sentence with figures. */
  play(act: Act, desks: Desks): Promise<string>;
}

const TALK_MS = 1_500;
/** Of compressed time: two working hours, and five working days with two more after the urge; with patience for a machine at its limit. */
const SIGNED_WITHIN_MS = 20_000;
const LEFT_WITHIN_MS = 60_000;
const UNIT = { code: 'urban-management', desk: 'unit.urban-management', name: '城市管理局' } as const;
const AGENT = '1001';
const VISITOR = '1009';
const MET = { finding: 'met' } as const;
const CONTENT: Answers = { resolved: true, result: 5, process: 5 };
const DISCONTENT: Answers = { resolved: false, result: 1, process: 2, words: '路上还是灰' };

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** The citizen calls, the agent writes the appeal down, a dispatcher sends it where the catalogue points. */
async function fromCallToUnit(act: Act, desks: Desks, citizenNumber: string): Promise<Case> {
  await act.onlyReady(AGENT);
  const rings = act.nextRing();
  const citizen = await act.dial('12345', citizenNumber);
  const talk = await answer(await rings, VOICES.agent);
  citizen.sound.speak(VOICES.citizen);
  await allHear([citizen, VOICES.citizen], [talk, VOICES.agent]);
  await wait(TALK_MS);
  const agent = act.agent(AGENT);
  const { callId } = await agent.untilState('TALKING', 5_000);
  citizen.hangUp();
  await talk.ended;
  const ticket = await openTicket(agent, callId);
  await agent.next();
  act.tell(`话务员 ${AGENT} 登记工单 ${ticket.number}`);
  const matter = new Case(ticket, (text) => act.tell(text));
  await matter.move(`话务员 ${AGENT} 提交`, agent.api, 'submit');
  const dispatcher = desks.at('dispatcher');
  const { suggestions } = await dispatcher.get<{
    suggestions: readonly {
      unitCode: string;
      points: number;
      reasons: readonly { words: { zh: string } }[];
    }[];
  }>(`/v1/tickets/${ticket.id}/suggestions`);
  const [best] = suggestions;
  expectThat(best?.unitCode === UNIT.code, `首选的单位是 ${best?.unitCode ?? '（没有）'}`);
  act.tell(`派单建议：${UNIT.name}（${best?.points} 分：${best?.reasons[0]?.words.zh ?? ''}）`);
  await matter.move('派单员派单', dispatcher, 'dispatch', { details: { unitCode: UNIT.code } });
  await matter.clocks(dispatcher);
  return matter;
}

async function openTicket(
  agent: AgentAtWork,
  callId: string | null,
): Promise<{ readonly id: string; readonly number: string }> {
  if (callId === null) throw new Error(`${agent.number} 在通话，但不知是哪个电话`);
  return await until('登记工单', 10_000, async () => {
    try {
      return await agent.api.post<{ id: string; number: string }>('/v1/tickets', {
        callId,
        type: 'COMPLAINT',
        categoryCode: DEMONSTRATION_CATEGORY,
        title: '演示：工地扬尘',
        content: '碧霞路工地渣土车不冲洗，夜里出土，沿路扬尘。',
        place: '城中街道碧霞路',
        citizenName: '王芳',
      });
    } catch (error) {
      // The call's facts are on their way into the database.
      if (error instanceof ApiRefusal && error.code.startsWith('call.')) return null;
      throw error;
    }
  });
}

async function workedOn(matter: Case, desks: Desks, how: string): Promise<void> {
  const unit = desks.at(UNIT.desk);
  await matter.move(`${UNIT.name}上报办结`, unit, 'reportDone', { reason: how, details: { reply: how } });
  const reviewer = desks.at('reviewer');
  await matter.move('审核员审核答复', reviewer, 'reviewReply');
  await matter.move('审核员放行，转回访', reviewer, 'visit', {
    reason: '逐项答复，依据齐全',
    details: { checklist: { answersEach: MET, contactMade: MET, evidence: MET, tone: MET } },
  });
}

/** The return visitor's telephone rings first, then the citizen's; the number is on no screen. */
async function visit(act: Act, matter: Case, citizenNumber: string, says: Answers): Promise<string | null> {
  const visitor = act.agent(VISITOR);
  const rings = act.nextRing();
  await visitor.api.post('/v1/agents/me/calls', { ticketId: matter.id, purpose: 'returnVisit' });
  const own = await answer(await rings, VOICES.agent);
  const { call } = await act.nextRing();
  expectThat(call.dialled.endsWith(citizenNumber), `拨出的号码是 ${call.dialled}`);
  expectThat(call.from === '12345', `显示的号码是 ${call.from}`);
  const citizen = await answer({ call, agent: null }, VOICES.citizen);
  await allHear([own, VOICES.agent], [citizen, VOICES.citizen]);
  act.tell(`回访员 ${VISITOR} 致电市民，来电显示 12345`);
  const order = await matter.visited(visitor.api, says);
  await citizen.hangUp();
  await own.ended;
  await visitor.untilState('WRAP_UP', 10_000);
  await visitor.next();
  await visitor.api.post('/v1/agents/me/not-ready', { reason: 'meeting' });
  return order;
}

async function toTheArchive(matter: Case, desks: Desks): Promise<number> {
  const operator = desks.at('operator');
  await matter.move('归档', operator, 'archive');
  expectThat((await matter.state(operator)) === 'archived', '没有归档');
  return await matter.prove(operator);
}

/** The unit says what it did, the supervisor is satisfied. */
async function answered(act: Act, matter: Case, desks: Desks, trigger: string, words: string): Promise<void> {
  const supervisor = desks.at('supervisor');
  const order = await matter.order(supervisor, trigger);
  const at = `/v1/supervision/${order.id}/moves`;
  await desks.at(UNIT.desk).post(at, { move: 'answer', words });
  act.tell(`${UNIT.name}反馈督办单 ${order.number}：${words}`);
  await supervisor.post(at, { move: 'close', words: '已核实。' });
  act.tell('督办员核实，督办单办结');
}

/** 一件投诉从来电到归档。 */
const ARCHIVED: Story = {
  name: '一件投诉：从来电到归档',
  async play(act, desks) {
    const citizen = '13800138031';
    const matter = await fromCallToUnit(act, desks, citizen);
    const unit = desks.at(UNIT.desk);
    await watch(matter, desks.at('operator'), 'signFor', SIGNED_WITHIN_MS);
    await matter.move(`${UNIT.name}联系市民`, unit, 'contact', { reason: '已与市民通话，核实时间地点' });
    await matter.move(`${UNIT.name}办理`, unit, 'handle', { reason: '现场检查，责令冲洗车辆' });
    await workedOn(matter, desks, '已责令出场车辆冲洗，并处罚款，市民可随时来电监督。');
    const order = await visit(act, matter, citizen, CONTENT);
    expectThat(order === null, `不该督办，却有 ${order}`);
    const days = await matter.days(desks.at('operator'));
    const lines = await toTheArchive(matter, desks);
    return `工单 ${matter.number} 已归档，${days}；经过 ${lines} 行，散列逐行相符`;
  },
};

/** 无人办理：预警、超期、催办、督办；两次不满意：重办，再督办，办好为止。 */
const SUPERVISED: Story = {
  name: '一件投诉：单位不办，到时预警、催办、督办；两次不满意，重办并督办',
  async play(act, desks) {
    const citizen = '13800138032';
    const matter = await fromCallToUnit(act, desks, citizen);
    const unit = desks.at(UNIT.desk);
    act.tell(`${UNIT.name}不签收，也不办理`);
    const lines = await watch(matter, desks.at('operator'), 'supervisionIssued overdue', LEFT_WITHIN_MS);
    const faults = faultsOf(lines);
    expectThat(faults.length === 0, faults.join('；'));
    await answered(act, matter, desks, 'overdue', '已安排专人办理。');
    await matter.move(`${UNIT.name}办理`, unit, 'handle', { reason: '电话告知施工单位' });
    await workedOn(matter, desks, '已电话告知施工单位注意。');
    const first = await visit(act, matter, citizen, DISCONTENT);
    expectThat(first === null, `第一次不满意就督办了：${first}`);
    await workedOn(matter, desks, '已发函施工单位。');
    const second = await visit(act, matter, citizen, DISCONTENT);
    expectThat(second !== null, '第二次不满意没有自动督办');
    act.tell('系统自动下发督办单（第二次不满意）');
    await answered(act, matter, desks, 'secondDissatisfaction', '已派驻人员值守，车辆不冲洗不出场。');
    await workedOn(matter, desks, '已设冲洗台，派人值守到工程结束。');
    await visit(act, matter, citizen, CONTENT);
    const days = await matter.days(desks.at('operator'));
    const proven = await toTheArchive(matter, desks);
    return `工单 ${matter.number} 催办一次、督办两次、重办两次后归档，${days}；经过 ${proven} 行，散列逐行相符`;
  },
};

export const STORIES: readonly Story[] = [ARCHIVED, SUPERVISED];
