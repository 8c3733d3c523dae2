import type { Problem } from './problem.ts';

/** What citizens are told: entries, their versions, and answers in calls. */
export const KNOWLEDGE_PROBLEMS = {
  'knowledge.unknown': {
    status: 404,
    zh: '没有这个知识条目；可能已下架，请重新搜索',
    en: 'There is no such knowledge entry: it may have been taken down; search again',
  },
  'knowledge.synonymInvalid': {
    status: 422,
    zh: '同义词不合要求，均未写入，请按所列问题改正',
    en: 'A synonym cannot be taken; none was written: mend what is listed',
  },
  'knowledge.synonymTwice': {
    status: 409,
    zh: '这些说法已有一条同义词，均未写入：请改那一条',
    en: 'Another synonym has these sayings already; none was written: change that one',
  },
  'knowledge.synonymGone': {
    status: 409,
    zh: '这条同义词已被他人删除，均未写入：请刷新列表，仍需要的另行添加',
    en: 'Somebody took this synonym out meanwhile; none was written: load the list anew, and add it if it is still wanted',
  },
  'knowledge.versionUnknown': {
    status: 404,
    zh: '该条目没有这个版本，请打开现行版本',
    en: 'The entry has no such version: open the one in force',
  },
  'knowledge.changedMeanwhile': {
    status: 409,
    zh: '条目已被他人改动，请刷新后再试',
    en: 'Somebody else changed the entry meanwhile; read it again',
  },
  'knowledge.beingChecked': {
    status: 409,
    zh: '最新版本正在审核或待发布，请先撤回送审再写新版本',
    en: 'The newest version is being checked or about to be published; recall it before writing another',
  },
  'knowledge.moveImpossible': {
    status: 409,
    zh: '该版本的状态不允许这一步，请刷新看其现在的状态',
    en: 'The version is in a state that does not allow this move: load it anew to see how it stands',
  },
  'knowledge.moveForbidden': {
    status: 403,
    zh: '您的角色不能对知识条目做这一步：起草请交所属单位或运营员，审核请交审核员、运营员或班长',
    en: 'Your roles do not allow this move of a knowledge entry: ask its unit or an operator to write it, and a reviewer, operator or lead to check it',
  },
  'knowledge.otherUnit': {
    status: 403,
    zh: '这是其他单位的知识条目，请由该单位修改；内容有误的可在条目上提出',
    en: 'The entry belongs to another unit: leave it to that unit, and say on the entry what is wrong',
  },
  'knowledge.ownWords': {
    status: 403,
    zh: '须由没有参与起草、送审、发布的另一人审核',
    en: 'You wrote, submitted or published it: leave it to another person to judge',
  },
  'knowledge.reasonMissing': { status: 422, zh: '请写明理由', en: 'Give a reason' },
  'knowledge.textMissing': {
    status: 422,
    zh: '必填内容为空：问题、口播答复和至少一个分类，请补填',
    en: 'Question, answer and at least one category are needed: fill them in',
  },
  'knowledge.textTooLong': {
    status: 422,
    zh: '文字过长，请删减',
    en: 'A text is too long: shorten it',
  },
  'knowledge.tooMany': {
    status: 422,
    zh: '项数过多，请删减',
    en: 'There are too many of one thing: take some away',
  },
  'knowledge.datesReversed': {
    status: 422,
    zh: '有效期的截止日早于起始日，请改正日期',
    en: 'The last day is before the first: correct the dates',
  },
  'knowledge.categoryEnded': {
    status: 422,
    zh: '所写的分类已停用（见 categories），请改用现行的分类（now）；原已归入该分类的条目可以保留',
    en: 'These categories stand no more (see categories); write what they became (now). An entry that bears one may keep it',
  },
  'knowledge.nameUnknown': {
    status: 422,
    zh: '所写的单位、分类、区域、线路、账号或附件不存在，请从列表中重选',
    en: 'A unit, category, area, line, account or attachment that it names does not exist: choose again from the lists',
  },
  'consultation.notAsked': {
    status: 403,
    zh: '您不在这通电话中，案情只在通话期间可看；如仍在通话，请核对专家名录登记的电话',
    en: 'You are not on the line of this call: what it is about is seen while you are. If you are, check the number in the directory',
  },
  'knowledge.unfit': {
    status: 422,
    zh: '未通过通俗化检查，请按所列修改后再送审',
    en: 'It did not pass the plain-language check; mend what is listed and submit it again',
  },
  'knowledge.unitMissing': {
    status: 422,
    zh: '请写明条目所属的单位',
    en: 'Name the unit that owns the entry',
  },
  'knowledge.expired': {
    status: 409,
    zh: '该版本已过有效期，不得再答复；所属单位已收到工单；请另找条目，或转专家、登记工单',
    en: 'The version is past its last day and must not be told any more; find another entry, ask an expert, or register a ticket',
  },
  'knowledge.withdrawn': {
    status: 409,
    zh: '该版本已撤回，不得再答复；请另找条目，或转专家、登记工单',
    en: 'The version was withdrawn and must not be told any more; find another entry, ask an expert, or register a ticket',
  },
  'knowledge.replaced': {
    status: 409,
    zh: '该版本已被新版本取代，请按新版本答复',
    en: 'A later version took its place; tell that one',
  },
  'knowledge.notYetValid': {
    status: 409,
    zh: '该版本尚未到生效日期，请用现行版本',
    en: 'The version is not valid yet: use the one in force',
  },
  'knowledge.unpublished': {
    status: 409,
    zh: '该版本没有发布，不得用来答复；请另找条目，或转专家、登记工单',
    en: 'The version is not published and must not be told; find another entry, ask an expert, or register a ticket',
  },
  'knowledge.messageMissing': {
    status: 422,
    zh: '该条目没有短信口径，不能发短信；请口头答复，或请所属单位补写',
    en: 'The entry has no words for a message: tell it by voice, or ask its unit for the words',
  },
  'knowledge.noticeUnread': {
    status: 409,
    zh: '有必读通知未读，请先读完再示闲；通知见 data.notices',
    en: 'A critical notice is unread: read it first, and you are ready. It is named in data.notices',
  },
  'knowledge.gone': {
    status: 410,
    zh: '该条目已过期或已撤回，不再提供；请拨打热线咨询',
    en: 'The entry is over or was withdrawn and is told no more; call the hotline',
  },
  'knowledge.fileType': {
    status: 415,
    zh: '附件须为 PDF、PNG 或 JPEG，且内容与格式相符',
    en: 'Attach a PDF, PNG or JPEG whose bytes say so too',
  },
  'knowledge.fileUnknown': {
    status: 404,
    zh: '没有这个附件；请刷新条目后再看',
    en: 'There is no such attachment: load the entry anew',
  },
  'knowledge.packUnknown': {
    status: 404,
    zh: '没有这个知识包；请刷新列表重选',
    en: 'There is no such knowledge pack: load the list anew and choose again',
  },
  'knowledge.packChanged': {
    status: 409,
    zh: '知识包已被他人改动，或该代码已有知识包，请刷新后再试',
    en: 'Somebody else changed the pack meanwhile, or one of this code exists; read it again',
  },
  'knowledge.packInUse': {
    status: 409,
    zh: '应急按键正以该知识包开通或即将开通，请先收回按键再删除',
    en: 'A surge key has the pack open, or is about to; take the key back first',
  },
  'knowledge.packEntriesUnknown': {
    status: 422,
    zh: '知识包所列的条目不存在，请刷新后重选条目',
    en: 'The pack names entries that do not exist: load the page anew and choose again',
  },
  'knowledge.hoursUnreadable': {
    status: 422,
    zh: '看不懂可接听的时间，写法见 data.right，请照此改写',
    en: 'The hours cannot be read; data.right shows how they are written: write them so',
  },
  'knowledge.accountByCentre': {
    status: 403,
    zh: '专家的登录账号由热线中心登记：请联系热线知识运营，其余各项可自行修改',
    en: 'The account of an expert is entered by the centre: ask its knowledge operators; change the rest yourself',
  },
  'knowledge.expertUnknown': {
    status: 404,
    zh: '没有这位专家；请从专家名单中重选',
    en: 'There is no such expert: choose again from the list of experts',
  },
  'knowledge.noticeUnknown': {
    status: 404,
    zh: '没有这条推送；可能已撤回，请刷新列表',
    en: 'There is no such notice: it may have been withdrawn; load the list anew',
  },
  'knowledge.stillTold': {
    status: 409,
    zh: '有误的版本仍在答复市民，请先撤回或发布新版本',
    en: 'The wrong version is still told; withdraw it or publish another first',
  },
  'knowledge.correctionUnknown': {
    status: 404,
    zh: '没有这次更正；请刷新列表重选',
    en: 'There is no such correction: load the list anew and choose again',
  },
  'knowledge.itemUnknown': {
    status: 404,
    zh: '更正清单中没有这一条，请刷新清单',
    en: 'There is no such item: load the list anew',
  },
  'knowledge.itemSettled': {
    status: 409,
    zh: '这位市民已处理，不再改动；请看下一位',
    en: 'This citizen was dealt with before: go on with the next',
  },
  'knowledge.notMobile': {
    status: 422,
    zh: '该号码收不到短信（固定电话或未显示号码），请电话更正',
    en: 'No message reaches this number; call the citizen',
  },
  'knowledge.quoteTooLate': {
    status: 409,
    zh: '通话结束已久，不能再登记或撤销答复；请在工单中写明',
    en: 'The call ended too long ago to note an answer, or to take one back: write it into the ticket instead',
  },
  'knowledge.quoteUnknown': {
    status: 404,
    zh: '该通话没有这条答复记录，请刷新通话后再看',
    en: 'The call has no such answer on record: load the call anew',
  },
} as const satisfies Readonly<Record<string, Problem>>;
