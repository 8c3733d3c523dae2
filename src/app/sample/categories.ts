// data table: what citizens call about, two levels, as Chinese 12345 hotlines commonly sort it.
export interface Category {
  readonly code: string;
  readonly parentCode: string | null;
  readonly name: string;
}

const TREE: Readonly<Record<string, readonly [name: string, children: Readonly<Record<string, string>>]>> = {
  housing: [
    '住房物业',
    {
      property: '物业管理',
      quality: '房屋质量',
      relocation: '拆迁安置',
      'maintenance-fund': '维修资金',
      affordable: '保障性住房',
      registration: '不动产登记',
    },
  ],
  urban: [
    '城市管理',
    {
      'illegal-building': '违法建设',
      vendors: '占道经营',
      sanitation: '环境卫生',
      advertising: '户外广告',
      lighting: '路灯照明',
      greening: '园林绿化',
      parking: '停车管理',
    },
  ],
  transport: [
    '交通出行',
    {
      road: '道路破损',
      bus: '公交服务',
      taxi: '出租车与网约车',
      signal: '信号灯与标线',
      coach: '长途客运',
    },
  ],
  utilities: [
    '公用事业',
    {
      water: '供水',
      power: '供电',
      gas: '燃气',
      drainage: '排水积水',
      telecom: '通信网络',
      'cable-tv': '有线电视',
      post: '邮政快递',
    },
  ],
  environment: [
    '生态环境',
    {
      noise: '噪声扰民',
      air: '油烟废气',
      'water-pollution': '水体污染',
      waste: '固体废物',
      dust: '扬尘',
    },
  ],
  labour: [
    '劳动保障',
    {
      wages: '拖欠工资',
      contract: '劳动合同',
      injury: '工伤待遇',
      insurance: '社会保险',
      employment: '就业创业',
    },
  ],
  health: [
    '医疗卫生',
    {
      hospital: '医疗服务',
      'medical-insurance': '医保报销',
      epidemic: '疫情防控',
      'public-health': '公共卫生',
    },
  ],
  education: [
    '教育培训',
    { admission: '入学政策', fees: '学校收费', training: '校外培训', safety: '校园安全' },
  ],
  market: [
    '市场监管',
    {
      consumer: '消费纠纷',
      'food-safety': '食品安全',
      price: '价格收费',
      quality: '产品质量',
      prepaid: '预付卡',
    },
  ],
  agriculture: [
    '农业农村',
    {
      land: '土地承包',
      subsidy: '惠农补贴',
      machinery: '农机服务',
      livestock: '动物疫情',
      village: '村务公开',
    },
  ],
  welfare: [
    '民政社会',
    {
      relief: '社会救助',
      elderly: '养老服务',
      marriage: '婚姻登记',
      disability: '残疾人服务',
      rights: '妇女儿童权益',
    },
  ],
  safety: [
    '公共安全',
    { fire: '消防隐患', production: '安全生产', 'illegal-fundraising': '非法集资', flood: '防汛抢险' },
  ],
  government: [
    '政务服务',
    {
      guide: '办事指南',
      attitude: '服务态度',
      efficiency: '办事效率',
      openness: '信息公开',
      tax: '纳税服务',
      'housing-fund': '住房公积金',
      legal: '法律服务',
    },
  ],
  culture: ['文化旅游', { market: '文化市场', scenic: '景区服务', venue: '场馆服务', sports: '体育健身' }],
  convenience: [
    '便民服务',
    {
      housekeeping: '家政服务',
      repair: '应急抢修',
      medicine: '请医送药',
      wedding: '婚庆礼仪',
      places: '场所查询',
      // JY-07, TY-08
      training: '便民培训',
      shopping: '购物消费',
      dining: '餐饮住宿',
      travel: '出行服务',
    },
  ],
  // What the demo's own stories are written under: nothing that a citizen appeals about.
  other: ['其他', { general: '其他诉求', demonstration: '演示（非真实诉求）' }],
};

export const CATEGORIES: readonly Category[] = Object.entries(TREE).flatMap(([code, [name, children]]) => [
  { code, parentCode: null, name },
  ...Object.entries(children).map(([child, childName]) => ({
    code: `${code}.${child}`,
    parentCode: code,
    name: childName,
  })),
]);
