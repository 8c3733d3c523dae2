// data table: the citizens of the demo, what they dial, and what must come of it in the sample municipality.
export type Closing =
  | {
      readonly kind: 'ticket';
      readonly type: 'ENQUIRY' | 'HELP' | 'COMPLAINT' | 'SUGGESTION';
      readonly categoryCode: string;
      readonly title: string;
      readonly content: string;
      readonly place: string;
      readonly unitCode: string;
      /** Preset jiangsu-3-5. */
      readonly workingDays: number;
    }
  | {
      readonly kind: 'onSpot';
      readonly type: 'ENQUIRY' | 'PRAISE' | 'SUGGESTION';
      readonly categoryCode: string;
    };

export interface DemoCall {
  readonly label: string;
  readonly dialled: string;
  /** The citizen's number; its last four digits tell the calls apart where it is masked. */
  readonly citizen: string;
  readonly headers: readonly string[];
  /** Pressed during the greeting: heard in the menu that follows. */
  readonly keys: string;
  /** What the telephone outside the hotline does: a parallel number's unit, another centre. */
  readonly unit: 'answers' | 'busy' | null;
  readonly hangsUp: 'citizen' | 'other';
  /** null: nobody talked with the citizen, so nobody says what came of it. */
  readonly closing: Closing | null;
  readonly expect: {
    readonly line: string | null;
    readonly mode: string;
    readonly queue: string | null;
    readonly result: 'answeredByAgent' | 'answeredByUnit' | 'answeredByCentre' | 'informed' | 'messageLeft';
  };
}

const call = (
  label: string,
  dialled: string,
  citizen: string,
  closing: Closing | null,
  expect: DemoCall['expect'],
  more: Partial<Pick<DemoCall, 'headers' | 'keys' | 'unit' | 'hangsUp'>> = {},
): DemoCall => ({
  label,
  dialled,
  citizen,
  closing,
  expect,
  headers: [],
  keys: '',
  unit: null,
  hangsUp: 'citizen',
  ...more,
});

const general = (line: string | null, mode: string): DemoCall['expect'] => ({
  line,
  mode,
  queue: 'general',
  result: 'answeredByAgent',
});
const onSpot = (categoryCode: string): Closing => ({ kind: 'onSpot', type: 'ENQUIRY', categoryCode });

/** Of the lines that the demo publishes for as long as it runs; the sample's own register stays as it is (RD-09). */
export const DEMO_NUMBERS = {
  merged: '051384190001',
  centre: '051384190002',
  ended: '051384190003',
  menu: '051384190004',
} as const;

export const DEMO_CALLS: readonly DemoCall[] = [
  call(
    '主号码',
    '12345',
    '13800138001',
    {
      kind: 'ticket',
      type: 'ENQUIRY',
      categoryCode: 'transport.bus',
      title: '咨询公交线路调整',
      content: '市民咨询203路公交线路调整后的首末班时间，需承办单位答复。',
      place: '如东县城中街道人民路',
      unitCode: 'transport',
      workingDays: 3,
    },
    general('12345', 'MAIN'),
  ),
  call('呼叫转移', '12319', '13800138002', onSpot('urban.parking'), general('12319', 'FORWARD'), {
    hangsUp: 'other',
  }),
  call(
    '过渡期内',
    '051384110003',
    '13800138003',
    {
      kind: 'ticket',
      type: 'HELP',
      categoryCode: 'urban.lighting',
      title: '流浪人员求助',
      content: '市民反映桥下有一名流浪老人需要救助，且桥下路灯不亮。',
      place: '如东县掘港街道青园路桥',
      unitCode: 'civil-relief',
      workingDays: 5,
    },
    general('051384110003', 'TRANSITION'),
  ),
  call(
    '专席受理',
    '12369',
    '13800138004',
    {
      kind: 'ticket',
      type: 'COMPLAINT',
      categoryCode: 'environment.noise',
      title: '夜间施工噪声',
      content: '市民投诉工地夜间十一点后仍在施工，噪声扰民。',
      place: '如东县掘港街道日晖路工地',
      unitCode: 'ecology',
      workingDays: 5,
    },
    { line: '12369', mode: 'DEDICATED', queue: 'desk-12369', result: 'answeredByAgent' },
  ),
  call(
    '双号并行（单位接听）',
    '12348',
    '13800138005',
    onSpot('housing.property'),
    { line: '12348', mode: 'PARALLEL', queue: null, result: 'answeredByUnit' },
    { unit: 'answers' },
  ),
  call(
    '双号并行（单位忙，转回）',
    '12366',
    '13800138006',
    onSpot('housing.registration'),
    general('12366', 'PARALLEL'),
    {
      unit: 'busy',
      hangsUp: 'other',
    },
  ),
  call('已呼转的号码', '12345', '13800138007', onSpot('transport.taxi'), general('12328', 'FORWARD'), {
    headers: ['Diversion: <sip:12328@carrier.example>;reason=unconditional;counter=1'],
  }),
  call(
    '过渡期已满',
    '051384110001',
    '13800138008',
    onSpot('urban.lighting'),
    general('051384110001', 'TRANSITION_ENDED'),
  ),
  call(
    '未登记的号码',
    '051384199999',
    '13800138009',
    onSpot('utilities.water'),
    general(null, 'UNREGISTERED'),
  ),
  call(
    '整体并入',
    DEMO_NUMBERS.merged,
    '13800138010',
    onSpot('transport.bus'),
    general(DEMO_NUMBERS.merged, 'MERGED'),
  ),
  call(
    '分中心',
    DEMO_NUMBERS.centre,
    '13800138011',
    onSpot('utilities.water'),
    { line: DEMO_NUMBERS.centre, mode: 'SUBCENTER', queue: null, result: 'answeredByCentre' },
    { unit: 'answers' },
  ),
  call(
    '期满即告别',
    DEMO_NUMBERS.ended,
    '13800138012',
    null,
    { line: DEMO_NUMBERS.ended, mode: 'TRANSITION_ENDED', queue: null, result: 'informed' },
    { hangsUp: 'other' },
  ),
  call(
    '菜单，按2',
    DEMO_NUMBERS.menu,
    '13800138013',
    onSpot('housing.property'),
    general(DEMO_NUMBERS.menu, 'FORWARD'),
    { keys: '2' },
  ),
  call(
    '菜单，按8留言',
    DEMO_NUMBERS.menu,
    '13800138014',
    {
      kind: 'ticket',
      type: 'SUGGESTION',
      categoryCode: 'urban.lighting',
      title: '留言：建议增设路灯',
      content: '市民留言建议在河滨步道增设路灯。',
      place: '如东县掘港街道河滨步道',
      unitCode: 'street-lighting',
      workingDays: 5,
    },
    { line: DEMO_NUMBERS.menu, mode: 'FORWARD', queue: null, result: 'messageLeft' },
    { keys: '8', hangsUp: 'other' },
  ),
];

/** The merging modes as the demo's table names them. */
export const MODE_NAMES: Readonly<Record<string, string>> = {
  MAIN: '主号码',
  FORWARD: '呼叫转移',
  TRANSITION: '过渡期',
  TRANSITION_ENDED: '过渡期满',
  DEDICATED: '专席',
  PARALLEL: '双号并行',
  MERGED: '整体并入',
  SUBCENTER: '分中心',
  UNREGISTERED: '未登记',
};
