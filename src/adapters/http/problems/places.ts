import type { Problem } from './problem.ts';

/** Places and services. */
export const PLACE_PROBLEMS = {
  'place.unknown': {
    status: 404,
    zh: '没有这个场所；请重新搜索',
    en: 'There is no such place: search again',
  },
  'place.invalid': {
    status: 422,
    zh: '场所的内容不合要求，请按所列问题改正',
    en: 'The place cannot be taken as it is written: mend what is listed',
  },
  'place.changedMeanwhile': {
    status: 409,
    zh: '场所已被他人改动，请刷新后再试',
    en: 'Somebody else changed the place meanwhile; read it again',
  },
  'place.codeTaken': {
    status: 409,
    zh: '编码已被另一场所使用，或与原编码不同；请换一个编码',
    en: 'The code belongs to another place, or is not the one that the place has: take another',
  },
  'place.otherUnit': {
    status: 403,
    zh: '这是其他单位维护的场所，请由该单位修改',
    en: 'The place is kept by another unit: leave it to them',
  },
  'place.handedOver': {
    status: 403,
    zh: '单位不能把场所转给其他单位，也不能改变维护方；请由热线修改',
    en: 'A unit gives no place to another and does not change who keeps it; ask the centre',
  },
  'place.tooLate': {
    status: 409,
    zh: '通话结束已久，不能再向来电人发送地址；请回拨告知',
    en: 'The call ended too long ago to write to who rang: call back and say it',
  },
  'place.notPublic': {
    status: 409,
    zh: '该场所不对外公开，地址不能发给市民；请改选对外的场所',
    en: 'The place is not public and its address is sent to nobody: choose one that is',
  },
  'place.notKept': {
    status: 409,
    zh: '单位自己的场所不另设派单对象，请直接派给该单位',
    en: 'The place of a unit is no target of its own: dispatch to the unit',
  },
  'place.targetTaken': {
    status: 409,
    zh: '单位代码或名称已被使用，请换一个',
    en: 'A unit with this code or name exists: take another',
  },
  'place.closed': {
    status: 409,
    zh: '该场所已停业，请另选场所',
    en: 'The place has closed for good: choose another',
  },
  'place.halfPosition': {
    status: 422,
    zh: '经度和纬度须一起给出',
    en: 'Give longitude and latitude together',
  },
  'place.noTelephone': {
    status: 409,
    zh: '该场所没有登记可拨打的电话，请用键盘拨号，或请维护单位登记',
    en: 'The place has no telephone that can be rung: dial it yourself, or ask its unit to enter one',
  },
} as const satisfies Readonly<Record<string, Problem>>;
