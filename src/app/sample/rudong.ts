// data table: the sample municipality, Rudong's "1+16+14" of April 2020 (RD-01 to RD-09). The article names counts,
// modes and some units; `basis` tells those from national short codes and from numbers made up to fill the counts.
import type { Mode } from '../../domain/hotlines/mode.ts';
import { type Queue, USUAL_QUEUE } from '../../domain/hotlines/queue.ts';
import type { ProtectedNumber } from '../ports/lines.ts';
import type { Unit } from '../ports/organisation.ts';

export const MUNICIPALITY = {
  name: '如东县',
  areaCode: '0513',
  timeZone: 'Asia/Shanghai',
  mainNumber: '12345',
  generalQueue: 'general',
  ticketPrefix: 'RD',
} as const;

const unit = (code: string, name: string, kind: Unit['kind']): Unit => ({ code, name, kind });

export const UNITS: readonly Unit[] = [
  unit('centre', '如东县县域治理现代化指挥中心', 'centre'),
  unit('women-federation', '妇联', 'government'),
  unit('transport', '交通运输局', 'government'),
  unit('natural-resources', '自然资源局', 'government'),
  unit('urban-management', '城市管理局', 'government'),
  unit('culture-tourism', '文化广电和旅游局', 'government'),
  unit('street-lighting', '路灯管理所', 'government'),
  unit('civil-relief', '民政救助站', 'government'),
  unit('agriculture', '农业农村局', 'government'),
  unit('local-finance', '地方金融监督管理局', 'government'),
  unit('ecology', '生态环境局', 'government'),
  unit('human-resources', '人力资源和社会保障局', 'government'),
  unit('approval', '行政审批局', 'government'),
  unit('water', '县自来水公司', 'public-utility'),
  unit('justice', '司法局', 'government'),
  unit('archives', '档案馆', 'government'),
  unit('library', '图书馆', 'government'),
  unit('power', '供电公司', 'public-utility'),
  unit('tax', '税务局', 'government'),
  unit('market-regulation', '市场监督管理局', 'government'),
  unit('housing-fund', '住房公积金管理部', 'government'),
  unit('medical-insurance', '医疗保障局', 'government'),
  unit('health', '卫生健康委员会', 'government'),
  unit('post', '邮政管理局', 'government'),
  unit('coach-station', '汽车客运站', 'enterprise'),
  unit('gas', '天然气公司', 'public-utility'),
  unit('cable-tv', '广电网络公司', 'enterprise'),
  unit('education', '教育局', 'government'),
];

export interface SampleLine {
  readonly number: string;
  readonly name: string;
  readonly unit: string;
  readonly mode: Mode;
  readonly queue: string;
  readonly basis: string;
  /** PARALLEL: the unit's own telephone, a sample number outside the register. */
  readonly unitNumber?: string;
  /** TRANSITION: ended long ago as in the article, or moved so that it is in force at the first start. */
  readonly transition?: 'ended' | 'inForce';
}

/** Day on which the article's register came into force. */
export const IN_FORCE_FROM = '2020-04-28';

const NATIONAL = 'article (unit); national short code';
const SAMPLE = 'article (unit); sample number';

const forward = (number: string, name: string, of: string): SampleLine => ({
  number,
  name,
  unit: of,
  mode: 'FORWARD',
  queue: 'general',
  basis: NATIONAL,
});
const transition = (
  number: string,
  name: string,
  of: string,
  state: 'ended' | 'inForce',
  basis = SAMPLE,
): SampleLine => ({ number, name, unit: of, mode: 'TRANSITION', queue: 'general', basis, transition: state });
const dedicated = (number: string, name: string, of: string, queue: string, basis: string): SampleLine => ({
  number,
  name,
  unit: of,
  mode: 'DEDICATED',
  queue,
  basis,
});
const parallel = (
  number: string,
  name: string,
  of: string,
  unitNumber: string,
  basis: string,
): SampleLine => ({ number, name, unit: of, mode: 'PARALLEL', queue: 'general', basis, unitNumber });

export const LINES: readonly SampleLine[] = [
  {
    number: '12345',
    name: '如东县12345政府公共服务热线',
    unit: 'centre',
    mode: 'MAIN',
    queue: 'general',
    basis: 'article',
  },
  forward('12338', '妇女维权热线', 'women-federation'),
  forward('12328', '交通运输服务监督热线', 'transport'),
  forward('12336', '自然资源违法举报热线', 'natural-resources'),
  forward('12319', '城建城管服务热线', 'urban-management'),
  forward('12318', '文化市场举报热线', 'culture-tourism'),
  transition('051384110001', '路灯报修电话', 'street-lighting', 'ended'),
  transition('051384110002', '路灯管理所值班电话', 'street-lighting', 'ended'),
  transition('051384110003', '救助管理站求助电话', 'civil-relief', 'inForce'),
  transition('12316', '三农服务热线', 'agriculture', 'inForce', NATIONAL),
  transition('051384110005', '农机服务电话', 'agriculture', 'inForce'),
  transition('051384110006', '动物疫情报告电话', 'agriculture', 'inForce'),
  transition('051384110007', '非法集资举报电话', 'local-finance', 'inForce'),
  dedicated('12369', '环保举报热线', 'ecology', 'desk-12369', NATIONAL),
  dedicated('12333', '人力资源和社会保障服务热线', 'human-resources', 'desk-12333', NATIONAL),
  dedicated('051384120001', '政务服务咨询电话', 'approval', 'desk-approval', SAMPLE),
  dedicated('051384120002', '供水服务热线', 'water', 'desk-water', SAMPLE),
  parallel('12348', '公共法律服务热线', 'justice', '051384140001', NATIONAL),
  parallel('051384130001', '档案查询电话', 'archives', '051384140002', SAMPLE),
  parallel('051384130002', '图书馆服务电话', 'library', '051384140003', SAMPLE),
  parallel('95598', '供电服务热线', 'power', '051384140004', NATIONAL),
  parallel('12366', '纳税服务热线', 'tax', '051384140005', 'sample unit; national short code'),
  parallel(
    '12315',
    '消费者投诉举报热线',
    'market-regulation',
    '051384140006',
    'sample unit; national short code',
  ),
  parallel('12329', '住房公积金热线', 'housing-fund', '051384140007', 'sample unit; national short code'),
  parallel(
    '12393',
    '医疗保障服务热线',
    'medical-insurance',
    '051384140008',
    'sample unit; national short code',
  ),
  parallel('12320', '公共卫生热线', 'health', '051384140009', 'sample unit; national short code'),
  parallel('12305', '邮政业消费者申诉热线', 'post', '051384140010', 'sample unit; national short code'),
  parallel('051384130003', '客运服务电话', 'coach-station', '051384140011', 'sample unit; sample number'),
  parallel('051384130004', '燃气抢修电话', 'gas', '051384140012', 'sample unit; sample number'),
  parallel('051384130005', '有线电视服务电话', 'cable-tv', '051384140013', 'sample unit; sample number'),
  parallel('051384130006', '教育咨询电话', 'education', '051384140014', 'sample unit; sample number'),
];

/** RD-03: what may not be merged. */
export const PROTECTED_NUMBERS: readonly ProtectedNumber[] = [
  { number: '110', name: '公安报警', rule: 'never', basis: 'RD-03' },
  { number: '119', name: '消防救援', rule: 'never', basis: 'RD-03' },
  { number: '120', name: '医疗急救', rule: 'never', basis: 'RD-03' },
  { number: '122', name: '交通事故报警', rule: 'never', basis: '国办发〔2020〕53号' },
  { number: '12388', name: '纪检监察举报', rule: 'two-approvers', basis: 'RD-03 (纪委监委)' },
  { number: '12380', name: '组织部门举报', rule: 'two-approvers', basis: 'RD-03 (组织)' },
  { number: '12377', name: '违法和不良信息举报', rule: 'two-approvers', basis: 'RD-03 (宣传)' },
];

/** A desk's caller also looks for a general agent when the desk has none within 20 s, or nobody is there at all. */
const desk = (code: string, name: string): Queue => ({
  ...USUAL_QUEUE,
  code,
  name,
  overflowQueue: 'general',
  overflowAfterMs: 20_000,
  overflowUnstaffed: true,
});

export const QUEUES: readonly Queue[] = [
  { ...USUAL_QUEUE, code: 'general', name: '总席' },
  desk('desk-12369', '环保专席'),
  desk('desk-12333', '人社专席'),
  desk('desk-approval', '政务服务专席'),
  desk('desk-water', '供水专席'),
];
