import type { Problem } from './problem.ts';

/** Limits, calendars and more time. */
export const TICKET_TIMES_PROBLEMS = {
  'extension.unknown': {
    status: 404,
    zh: '没有这份延期申请；请刷新工单，从中选择',
    en: 'There is no such request for more time: load the ticket again and choose from it',
  },
  'extension.moveImpossible': {
    status: 409,
    zh: '该延期申请已有结果，请刷新后查看；仍需延期的请另行申请',
    en: 'The request is decided already: load it again to see how; ask anew if more time is needed',
  },
  'extension.moveForbidden': {
    status: 403,
    zh: '您不能办理这一步：请由承办单位提出申请，由中心作出决定',
    en: 'This is not yours: leave asking to the unit, and deciding to the centre',
  },
  'extension.otherUnit': {
    status: 403,
    zh: '只有本工单的承办单位可以申请，请由其提出',
    en: 'Only the unit that has the ticket asks for more time: leave it to them',
  },
  'extension.ownWork': {
    status: 403,
    zh: '不能批准自己的申请，请由另一人决定',
    en: 'Nobody decides his own request: leave it to somebody else',
  },
  'extension.notNow': {
    status: 409,
    zh: '签收之后、办结上报之前方可申请延期；尚未签收的请先签收',
    en: 'More time is asked for between signing and reporting done: if it is not signed for, sign first',
  },
  'extension.ticketMoved': {
    status: 409,
    zh: '工单已转其他单位或已办结上报，不再批准延期，请不予批准',
    en: 'The ticket is with another unit or reported done: no time is given any more, refuse the request',
  },
  'extension.urgent': {
    status: 409,
    zh: '急件不予延期，请按原时限办理',
    en: 'What is urgent is not put off: finish it within its time',
  },
  'extension.tooOften': {
    status: 409,
    zh: '延期次数已用完（见 times），请按现时限办理',
    en: 'It was granted as often as may be (see times): finish it within its time',
  },
  'extension.tooLong': {
    status: 422,
    zh: '一次延期过长（最长见 longest），请改短',
    en: 'That is more than is granted at once (see longest), and ask for less',
  },
  'extension.tooMuch': {
    status: 422,
    zh: '批准的时间不得多于申请的（见 asked），请改短',
    en: 'No more is granted than was asked (see asked): shorten it',
  },
  'extension.tooLate': {
    status: 409,
    zh: '已过申请期限：须在到期前若干工作日提出，并在到期前决定',
    en: 'It is too late to extend it: ask so many working days before the time is over, and have it decided before then',
  },
  'extension.askedAlready': {
    status: 409,
    zh: '已有一份申请待决定；请等其结果，或请中心先行决定',
    en: 'One request waits for its decision already: wait for it, or ask the centre to decide',
  },
  'extension.personalData': {
    status: 422,
    zh: '告知市民的理由中含有个人信息（见 kinds），请删去',
    en: 'What the citizen is told holds personal data (see kinds); leave it out',
  },
  'calendar.faulty': {
    status: 422,
    zh: '工作时段无效：按先后排列、不重叠、在一日之内，且总有工作日',
    en: 'Correct the working periods: in order, without overlap, within the day, and some day worked',
  },
  'calendar.hoursFaulty': {
    status: 422,
    zh: '提醒时段的起点须早于终点',
    en: 'The notice hours begin before they end: correct them',
  },
  'calendar.periodInvalid': {
    status: 400,
    zh: '日期范围无效：起不晚于止，最多 400 天，请改正日期',
    en: 'The days begin before they end and are 400 at most: correct the days',
  },
  'calendar.changedMeanwhile': {
    status: 409,
    zh: '他人已修改同一日历，您的改动没有存入；请看过他的改动，再在最新一版上提交',
    en: 'Somebody else changed the same calendar; nothing of yours was written. Look at what he changed and send yours again on the latest',
  },
  'calendar.hoursChangedMeanwhile': {
    status: 409,
    zh: '他人已改提醒时段，您的没有写入；请先看其改动，再在最新的上面提交',
    en: 'Somebody else set the hours of notices; nothing of yours was written. Look at what they are and send yours again on the latest',
  },
  'calendar.unitTakesWhole': {
    status: 422,
    zh: '单位的日历请整份给出（days 和 periods），年份由中心登记',
    en: 'Give the calendar of a unit whole, as days and periods, and leave the years to the centre',
  },
  'limits.unknown': {
    status: 404,
    zh: '没有这一版时限规定，请刷新后重选',
    en: 'There is no such set of limits: load the page anew and choose again',
  },
  'limits.presetUnknown': {
    status: 422,
    zh: '没有这个时限预设，请从列表中选择',
    en: 'There is no such preset of limits: choose one of the list',
  },
  'limits.faulty': {
    status: 422,
    zh: '时限不合规则，逐项见 faults：range 超出范围，urgentSlower 急件慢于普通件，twice 分类重复，orderless 先后颠倒（归档早于可重办之日，督办不早于通报），category 压缩时间只限演示分类（other.demonstration）',
    en: 'The limits cannot be used: correct what stands in faults (out of range, urgent slower than normal, a category twice, out of order: an archive before reopening ends, an order not before the circular, or time compressed for a category that is not other.demonstration)',
  },
  'limits.changedMeanwhile': {
    status: 409,
    zh: '他人已另行提出时限规定，照此提交会使其改动消失；请看过他的改动，再在最新一版上提交',
    en: 'Somebody else brought in other limits, which yours would undo; nothing of yours was written. Look at what he changed and send yours again on the latest',
  },
  'limits.baseDropped': {
    status: 409,
    zh: '据以起草的那一版未获批准或已撤回，会随这一版回来；请在现行一版上重新提出',
    en: 'The set that this was made from was rejected or withdrawn, and would come back with it: propose it anew on top of the one in force',
  },
  'limits.baseUnknown': {
    status: 409,
    zh: '这一版据哪一版起草没有记录，无从核对；请不批准，在最新一版上重新提出',
    en: 'It is not on record which set this was made from, so nobody can tell what it would undo: reject it and propose it anew on top of the latest',
  },
  'limits.endsBy': {
    status: 409,
    zh: '先前批准的一版将在其后生效并接替这一版，改动到时即告消失；请改生效时间，或注明已知悉',
    en: 'A set decided earlier begins later and takes the place of this one, whose changes are gone then: choose another start, or say that you know',
  },
  'limits.overtaken': {
    status: 409,
    zh: '其后提出的时限规定已获批准，批准这一版会使其改动消失；请在最新一版上重新提出',
    en: 'Later limits were approved, which these would undo: propose them anew on top of the latest',
  },
  'limits.compressedOff': {
    status: 409,
    zh: '本实例未开启压缩时间：它只供演示，须以 COMPRESSED_TIME=on 启动',
    en: 'Time is not compressed on this instance, which is for demonstrations only: start it with COMPRESSED_TIME=on',
  },
  'limits.startPassed': {
    status: 422,
    zh: '生效时间已过：已受理的工单不改变时限，请选将来的时间',
    en: 'It would begin in the past, under tickets that were promised something else: choose a later instant',
  },
  'limits.moveImpossible': {
    status: 409,
    zh: '这一版时限规定已有决定，请刷新看结果',
    en: 'This set of limits is decided already: load the page anew to see how',
  },
  'limits.ownWork': {
    status: 403,
    zh: '改变市民时限须由他人批准',
    en: 'You changed the limits of citizens: leave it to somebody else to approve',
  },
  'limits.inForce': {
    status: 409,
    zh: '已经生效，不能撤回；请另行规定',
    en: 'It is in force and cannot be taken back: set other limits from now on',
  },
} as const satisfies Readonly<Record<string, Problem>>;
