// data table: who answers for what in the sample municipality. Towns and streets are Rudong's; units are those of the
// register; which unit a matter belongs to follows the usual duties of such departments (三定方案) and is a sample.
import type { NamedThing } from '../../domain/dispatch/names.ts';
import type { ReadEntry } from '../../domain/dispatch/read-row.ts';
import type { InnerUnit } from '../ports/organisation.ts';
import { IN_FORCE_FROM } from './rudong.ts';

const unit = (
  code: string,
  name: string,
  kind: InnerUnit['kind'],
  parentCode: string | null = null,
): InnerUnit => ({
  code,
  name,
  kind,
  parentCode,
});

/** Units without a line on the register: they only handle tickets (RD-25, RD-26); and levels within units. */
export const HANDLING_UNITS: readonly InnerUnit[] = [
  unit('housing-construction', '住房和城乡建设局', 'government'),
  unit('town-juegang', '掘港街道办事处', 'government'),
  unit('town-yuanzhuang', '袁庄镇人民政府', 'government'),
  unit('town-yangkou', '洋口镇人民政府', 'government'),
  unit('town-fengli', '丰利镇人民政府', 'government'),
  unit('water-repair', '自来水公司抢修中心', 'public-utility', 'water'),
  unit('water-repair-north', '抢修中心北片班组', 'public-utility', 'water-repair'),
  unit('water-repair-south', '抢修中心南片班组', 'public-utility', 'water-repair'),
  unit('urban-sanitation', '城市管理局环卫所', 'government', 'urban-management'),
  unit('juegang-yudang', '余荡村村民委员会', 'government', 'town-juegang'),
];

const named = (code: string, name: string, ...words: string[]): NamedThing => ({ code, name, words });

export const AREAS: readonly NamedThing[] = [
  named('juegang', '掘港街道', '掘港'),
  named('juegang.yudang', '余荡村', '余荡'),
  named('chengzhong', '城中街道'),
  named('yuanzhuang', '袁庄镇', '袁庄'),
  named('changsha', '长沙镇'),
  named('yangkou', '洋口镇', '洋口'),
  named('caobu', '曹埠镇', '曹埠'),
  named('shuangdian', '双甸镇', '双甸'),
  named('chahe', '岔河镇', '岔河'),
  named('xindian', '新店镇'),
  named('hekou', '河口镇'),
  named('matang', '马塘镇', '马塘'),
  named('fengli', '丰利镇', '丰利'),
  named('juzhen', '苴镇街道', '苴镇'),
  named('dayu', '大豫镇', '大豫'),
];

export const ASSETS: readonly NamedThing[] = [
  named('street-light', '路灯', '路灯杆', '灯杆'),
  named('water-pipe', '自来水管', '水管', '水表', '阀门井'),
  named('gas-pipe', '燃气管道', '燃气管', '天然气管', '燃气表'),
  named('power-line', '电线杆', '电杆', '变压器', '配电箱', '高压线'),
  named('cable', '光缆', '广电线缆', '有线电视线'),
  named('manhole', '窨井盖', '井盖', '窨井'),
  named('traffic-light', '信号灯', '红绿灯'),
  named('bus-stop', '公交站台', '公交站牌', '候车亭'),
  named('tree', '行道树', '树木', '绿化带'),
];

const entry = (
  category: string,
  leadUnit: string,
  over: Partial<Pick<ReadEntry, 'area' | 'asset' | 'assistUnits' | 'basis'>> = {},
): ReadEntry => ({
  area: '',
  category,
  asset: '',
  leadUnit,
  assistUnits: [],
  validFrom: IN_FORCE_FROM,
  validTo: null,
  basis: '样例：部门职责',
  ...over,
});

export const ENTRIES: readonly ReadEntry[] = [
  entry('housing', 'housing-construction'),
  entry('housing.registration', 'natural-resources'),
  entry('urban', 'urban-management'),
  entry('urban.lighting', 'street-lighting'),
  entry('transport', 'transport'),
  entry('transport.road', 'housing-construction', { assistUnits: ['transport'] }),
  entry('transport.coach', 'coach-station', { assistUnits: ['transport'] }),
  entry('utilities.water', 'water'),
  entry('utilities.power', 'power'),
  entry('utilities.gas', 'gas'),
  entry('utilities.drainage', 'housing-construction', { basis: 'RD-26：立交桥下积水由住建部门当天处置' }),
  entry('utilities.cable-tv', 'cable-tv'),
  entry('utilities.post', 'post'),
  entry('environment', 'ecology'),
  entry('environment.noise', 'urban-management', { assistUnits: ['ecology'] }),
  entry('environment.air', 'ecology', { assistUnits: ['urban-management', 'market-regulation'] }),
  entry('environment.dust', 'urban-management', { assistUnits: ['ecology', 'transport'] }),
  entry('other.demonstration', 'urban-management', { assistUnits: ['ecology', 'transport'] }),
  entry('labour', 'human-resources'),
  entry('health', 'health'),
  entry('health.medical-insurance', 'medical-insurance'),
  entry('education', 'education'),
  entry('market', 'market-regulation'),
  entry('agriculture', 'agriculture'),
  entry('welfare.relief', 'civil-relief'),
  entry('welfare.rights', 'women-federation', { assistUnits: ['justice'] }),
  entry('safety.illegal-fundraising', 'local-finance'),
  entry('government.guide', 'approval'),
  // HM-16: what is said against an office is not left to that office alone.
  entry('government.attitude', 'centre', { basis: '样例：作风类诉求由指挥中心督办' }),
  entry('government.efficiency', 'centre', { basis: '样例：作风类诉求由指挥中心督办' }),
  entry('government.tax', 'tax'),
  entry('government.housing-fund', 'housing-fund'),
  entry('government.legal', 'justice'),
  entry('culture', 'culture-tourism'),
  entry('culture.venue', 'library', { assistUnits: ['culture-tourism'] }),
  // RD-25: a flood goes to the town itself.
  entry('safety.flood', 'housing-construction'),
  ...['juegang', 'yuanzhuang', 'yangkou', 'fengli'].flatMap((area) =>
    ['safety.flood', 'urban.sanitation', 'agriculture.village'].map((category) =>
      entry(category, `town-${area}`, { area, basis: 'RD-25：属地镇街先行处置' }),
    ),
  ),
  // Whose the thing is, whatever the call was filed under.
  entry('', 'street-lighting', { asset: 'street-light' }),
  entry('', 'water', { asset: 'water-pipe' }),
  entry('', 'gas', { asset: 'gas-pipe' }),
  entry('', 'power', { asset: 'power-line' }),
  entry('', 'cable-tv', { asset: 'cable' }),
  entry('', 'urban-management', { asset: 'manhole', assistUnits: ['water', 'cable-tv'] }),
  entry('', 'transport', { asset: 'bus-stop' }),
  entry('', 'urban-management', { asset: 'tree' }),
];
