import { Type } from '@fastify/type-provider-typebox';
import { HAND_OVER_OUTCOMES } from '../../../domain/incidents/hand-over.ts';
import { CASCADES } from '../../../domain/incidents/incident.ts';
import {
  INCIDENT_MOVES,
  INCIDENT_STATE_NAMES,
  INCIDENT_STATES,
  type IncidentMove,
} from '../../../domain/incidents/incident-table.ts';
import { LIKENESS_KINDS } from '../../../domain/incidents/similar.ts';
import { TEXT_MAX } from '../../../domain/messages/kinds.ts';
import { HANDLING_WORDS_MAX } from '../../../domain/tickets/handling.ts';
import { APPEAL_LENGTHS } from '../../../domain/tickets/opening.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { MaskedWords } from '../masking.ts';
import { exactly, Instant, nullable, oneOf, Reason, Uuid } from './elements.ts';
import { saidOutcome } from './outcome.ts';
import { ChecklistShape } from './reply-checklist.ts';
import { CategoryCode, TicketStateShape, TicketTypeShape } from './tickets.ts';

const IncidentStateShape = oneOf(INCIDENT_STATES, {
  description: INCIDENT_STATES.map((state) => `${state} ${INCIDENT_STATE_NAMES[state]}`).join('，'),
});
type Asked = Exclude<IncidentMove, 'suspect' | 'report'>;
const ASKED = INCIDENT_MOVES.filter((move): move is Asked => move !== 'suspect' && move !== 'report');

const Title = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: VISIBLE,
  description: '标题，最多 100 字',
});
const Area = Type.String({ maxLength: APPEAL_LENGTHS.place, description: '地点，如余荡村' });
const Told = Type.String({
  minLength: 1,
  maxLength: TEXT_MAX,
  pattern: VISIBLE,
  description: `告知诉求人的话，最多 ${TEXT_MAX} 字`,
});

export const SimilarBody = exactly({
  type: TicketTypeShape,
  categoryCode: CategoryCode,
  title: Type.Optional(Type.String({ maxLength: APPEAL_LENGTHS.title, description: '标题' })),
  content: Type.String({ maxLength: APPEAL_LENGTHS.content, description: '诉求内容' }),
  place: Type.Optional(Area),
});
export const SuggestionsShape = exactly({
  tickets: Type.Array(
    exactly({
      id: Type.String(),
      number: Type.String(),
      title: MaskedWords,
      place: MaskedWords,
      state: TicketStateShape,
      incidentId: nullable(Type.String()),
      score: Type.Number({ description: '0 至 1' }),
      reasons: Type.Array(
        exactly({
          kind: oneOf(LIKENESS_KINDS, {
            description:
              'category 同类，branch 同一大类，area 同一地点，place 地点相近，words 用词相近，time 时间相近（common 为相隔分钟）',
          }),
          weight: Type.Number(),
          common: Type.String({ description: '相同之处' }),
        }),
      ),
    }),
  ),
  incidents: Type.Array(
    exactly({
      id: Type.String(),
      number: Type.String(),
      title: Type.String(),
      state: IncidentStateShape,
      area: Type.String(),
    }),
  ),
});

export const ReportIncidentBody = exactly({
  title: Title,
  categoryCode: CategoryCode,
  area: Type.Optional(Area),
  ticketIds: Type.Array(Uuid, { minItems: 1, maxItems: 200, description: '工单，1 至 200 张' }),
  reason: Reason,
});
const lines = {
  lines: Type.Array(
    exactly({
      ticketId: Type.String(),
      outcome: oneOf(['done', 'already', 'refused']),
      code: nullable(Type.String({ description: '未办理的原因代码，见 /v1/problems' })),
    }),
  ),
};
export const LinesShape = exactly(lines);
export const ReportedIncidentShape = exactly({
  id: Type.String(),
  number: Type.String(),
  state: IncidentStateShape,
  version: Type.Integer(),
  ...lines,
});

export const MoveIncidentBody = exactly({
  move: oneOf(ASKED, { description: '事件的一步，见状态图' }),
  version: Type.Integer({ minimum: 1, description: '所见事件的 version' }),
  reason: Type.Optional(Type.String({ maxLength: 500, description: '理由；有些步骤必填' })),
  text: Type.Optional(Told),
});
const told = {
  queued: Type.Integer({ description: '发出的短信数' }),
  byPhone: Type.Array(Type.String(), { description: '需致电诉求人的工单' }),
};
export const ToldShape = exactly(told);
export const MovedIncidentShape = exactly({
  id: Type.String(),
  state: IncidentStateShape,
  version: Type.Integer(),
  ...told,
});
export const BroadcastBody = exactly({ text: Told });

const words = (max: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: max, description }));
export const CascadeBody = exactly({
  move: oneOf(CASCADES, { description: '对全部工单办理的一步' }),
  reason: Type.Optional(Type.String({ maxLength: 2000, description: '理由；有些步骤必填' })),
  details: Type.Optional(
    exactly({
      unitCode: words(60, '承办单位代码'),
      evidence: words(2000, '退单依据'),
      suggestedUnitCode: words(60, '建议的承办单位代码'),
      reply: words(10_000, '给市民的答复'),
      approach: words(HANDLING_WORDS_MAX, '处理方式'),
      ...saidOutcome,
      internalReply: words(10_000, '内部答复，不公开'),
      checklist: Type.Optional(ChecklistShape),
    }),
  ),
});

const summary = {
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  categoryCode: Type.String(),
  area: Type.String(),
  state: IncidentStateShape,
  unitCode: nullable(Type.String()),
  announcementId: nullable(Type.String()),
  openedAt: Instant,
  version: Type.Integer(),
  members: Type.Integer({ description: '现有工单数' }),
  openMembers: Type.Integer({ description: '其中未结' }),
};
export const IncidentSummaryShape = exactly(summary);
const handOverLine = {
  ticketId: Type.String(),
  outcome: oneOf(HAND_OVER_OUTCOMES, { description: 'waiting 待交办，done 已交办，refused 未能交办' }),
  code: nullable(
    Type.String({
      description: '原因代码，见 /v1/problems；待交办的为上次出错的原因，已交办的为未能派协办的原因',
    }),
  ),
};
export const HandOverLineShape = exactly(handOverLine);
const HandOverShape = exactly({
  id: Type.String({ description: '专报完成后亦为其编号，见 /v1/special-reports/{id}' }),
  unitCode: Type.String(),
  unitName: Type.String(),
  assistUnits: Type.Array(Type.String()),
  assistNames: Type.Array(Type.String()),
  demand: MaskedWords,
  decidedAt: Instant,
  decidedBy: Type.String(),
  finishedAt: nullable(Instant),
  joinsUntil: nullable({
    ...Instant,
    description: '此前、事件恢复前并入的工单随之急件派出；空为并入的工单不随之派出',
  }),
  counts: exactly({
    waiting: Type.Integer({ description: '待交办的件数' }),
    done: Type.Integer({ description: '已交办的件数' }),
    refused: Type.Integer({ description: '未能交办的件数' }),
  }),
  troubles: Type.Array(
    exactly({
      ...handOverLine,
      number: Type.String(),
      tries: Type.Integer({ description: '出错次数' }),
      why: exactly({ zh: Type.String(), en: Type.String() }),
    }),
    { description: '未能交办及出错待重试的各件' },
  ),
});
export const IncidentDetailShape = exactly({
  ...summary,
  handOvers: Type.Array(HandOverShape, { description: '应急交办，新的在前：决定与逐件进展' }),
  appeals: Type.Array(
    exactly({
      ticketId: Type.String(),
      number: Type.String(),
      title: MaskedWords,
      place: MaskedWords,
      state: TicketStateShape,
      joinedAt: Instant,
      joinedBy: nullable(Type.String()),
      joinedReason: MaskedWords,
      leftAt: nullable(Instant),
      leftBy: nullable(Type.String()),
      leftReason: nullable(MaskedWords),
    }),
  ),
  broadcasts: Type.Array(
    exactly({
      id: Type.String(),
      kind: oneOf(['progress', 'recovered']),
      text: Type.String(),
      at: Instant,
      by: Type.String(),
      ...told,
    }),
  ),
  history: Type.Array(
    exactly({
      at: Instant,
      by: nullable(Type.String()),
      move: Type.String(),
      from: nullable(Type.String()),
      to: Type.String(),
      reason: MaskedWords,
    }),
  ),
});
