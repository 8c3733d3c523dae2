import type { Problem } from './problem.ts';

/** What is added to a ticket on its way: documents, photos, words of its unit, urgings. */
export const TICKET_PAPERS_PROBLEMS = {
  'photo.notNow': {
    status: 409,
    zh: '工单在此状态下不能添加照片：请单位在签收后、审核前添加，工单结案后不再添加',
    en: 'No photo is added in this state, and nobody adds one to a closed ticket: have the unit add it after signing and before the review',
  },
  'photo.tooMany': {
    status: 409,
    zh: '照片已达上限（见 most），请勿再传；须补充的在办理说明中写明',
    en: 'The ticket has as many photos as it takes (see most): tell the rest in words',
  },
  'photo.fileType': {
    status: 415,
    zh: '照片须为 PNG 或 JPEG，且内容与格式相符',
    en: 'Attach a PNG or JPEG whose bytes say so too',
  },
  'photo.unknown': {
    status: 404,
    zh: '没有这张照片，或您无权查看；请刷新工单',
    en: 'There is no such photo for you: reload the ticket',
  },
  'handling.notNow': {
    status: 409,
    zh: '签收后、办结上报前方可说明处理方式和办理进展；尚未签收的请先签收',
    en: 'Approach and progress are told between signing and reporting done: if it is not signed for, sign first',
  },
  'handling.wordsMissing': {
    status: 422,
    zh: '请写明处理方式或办理进展',
    en: 'Say what the approach or the progress is',
  },
  'urge.forbidden': {
    status: 403,
    zh: '催办由派单员、值班长、督办员或管理员发出，单位不能催办；请联系中心派单员',
    en: 'Dispatchers, leads, supervisors and operators urge, and a unit does not: call a dispatcher of the hotline',
  },
  'urge.notWithUnit': {
    status: 409,
    zh: '工单不在单位办理中，无从催办；请刷新看其现在的状态',
    en: 'No unit is working on it: there is nobody to urge: load the ticket anew to see how it stands',
  },
  'urge.lately': {
    status: 409,
    zh: '两小时内已催办过，请在 again 之后再催',
    en: 'It was urged within two hours: wait until the time told in again',
  },
  'document.unknown': {
    status: 404,
    zh: '没有这份公文，或您无权查看；请刷新工单后再看',
    en: 'There is no such document, or it is not yours to see: load the ticket anew',
  },
  'document.noUnit': {
    status: 409,
    zh: '工单尚未派给单位，不能制发任务单；请先派单',
    en: 'The ticket is with no unit yet; dispatch it first',
  },
  'document.notConfirmed': {
    status: 409,
    zh: '纪要尚未确认（或已取消），请先确认再制发',
    en: 'The minutes are not confirmed: confirm them, then put them on paper',
  },
  'document.noExport': {
    status: 403,
    zh: '保密工单不得导出；打印（带水印）请由值班长、督办员或承办单位办理',
    en: 'A confidential ticket is not exported: ask a lead, a supervisor or its own unit to print it, with a watermark',
  },
  'document.noFont': {
    status: 503,
    zh: '本机没有公文字体，暂不能生成 PDF；请安装 fonts-babelstone-han，或以 DOCUMENT_FONT 指定字体文件',
    en: 'This machine lacks the font of documents; install fonts-babelstone-han, or name a font file in DOCUMENT_FONT',
  },
} as const satisfies Readonly<Record<string, Problem>>;
