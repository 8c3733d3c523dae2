/** Rows that answer none of the questions: firms, notices and things in the field, in words that the questions use too. */
export interface Filler {
  readonly kind: 'entry' | 'place';
  readonly title: string;
  readonly also: readonly string[];
  readonly body: string;
}

const VILLAGE = [
  '东',
  '西',
  '南',
  '北',
  '新',
  '大',
  '小',
  '上',
  '下',
  '老',
  '前',
  '后',
  '高',
  '长',
  '金',
  '永',
  '安',
  '和',
  '丰',
  '盛',
];
const FAMILY = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const ENDING = ['家桥', '家庄', '灶', '港', '家垛', '圩', '埭', '家园', '店', '窑', '洋', '甸', '渡', '湾'];
const TRADE = [
  '宏达',
  '兴隆',
  '华泰',
  '鑫源',
  '恒丰',
  '东升',
  '海纳',
  '天成',
  '金鼎',
  '瑞祥',
  '通达',
  '苏中',
  '江海',
  '锦绣',
  '银河',
  '明珠',
  '远大',
  '博源',
  '联创',
  '中洋',
];
const INDUSTRY = [
  '机械制造',
  '纺织',
  '化纤',
  '水产养殖',
  '食品加工',
  '物流运输',
  '模具',
  '电子科技',
  '包装材料',
  '船舶配件',
  '新能源',
  '园林绿化工程',
  '建筑劳务',
  '农业种植',
  '劳保用品',
  '海洋工程',
  '环保设备',
  '医疗用品',
  '五金工具',
  '风电设备',
];
const FORM = ['有限公司', '股份有限公司', '专业合作社', '经营部', '家庭农场', '加工厂'];
const MATTER = [
  '道路改造工程招标',
  '环境影响评价受理',
  '国有土地使用权出让',
  '行政处罚决定',
  '部门预算公开',
  '公开招聘成绩',
  '安全生产检查通报',
  '河道整治项目',
  '污水管网工程',
  '绿化养护项目',
  '电力线路迁改',
  '燃气管网规划',
  '学校食堂采购',
  '医疗设备采购',
  '养老服务项目评审',
  '公交线路规划听证',
  '路灯节能改造',
  '垃圾中转站建设',
  '农田水利工程',
  '住房保障规划',
  '停车场建设方案',
  '社区工作者选聘',
  '职业技能竞赛',
  '食品抽检信息',
  '药品抽检信息',
  '耕地占补平衡',
  '渔港经济区规划',
  '文物保护单位名录',
  '图书采购项目',
  '旅游发展规划',
];
const KIND = ['公示', '公告', '通知', '结果', '方案', '情况说明'];
const THING = [
  '公交站台',
  '大桥',
  '河',
  '变电所',
  '泵站',
  '村民委员会',
  '小区',
  '工业园',
  '停车场',
  '公墓',
  '水闸',
  '通信基站',
  '加压站',
  '渡口',
  '文化广场',
];

/** The same sequence for the same seed, on every machine. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

export function* filler(rows: number, units: readonly string[]): Generator<Filler> {
  const roll = dice(20_261_125);
  const one = (of: readonly string[]): string => of[roll(of.length)] ?? '';
  const place = (): string => `${one(VILLAGE)}${one(FAMILY)}${one(ENDING)}`;
  for (let at = 0; at < rows; at += 1) {
    const where = place();
    const number = roll(900) + 1;
    const sort = roll(3);
    if (sort === 0) {
      const industry = one(INDUSTRY);
      const title = `${where}${one(TRADE)}${industry}${one(FORM)}`;
      yield { kind: 'place', title, also: [`${industry}企业`], body: `${where}村${number}号` };
    } else if (sort === 1) {
      const matter = one(MATTER);
      const title = `${2008 + roll(18)}年${one(units)}${where}${matter}${one(KIND)}第${number}号`;
      yield {
        kind: 'entry',
        title,
        also: [`${where}${matter}`],
        body: `详见政府网站信息公开栏目，咨询请联系项目科。`,
      };
    } else {
      const thing = one(THING);
      yield {
        kind: 'place',
        title: `${where}${number}号${thing}`,
        also: [`${where}${thing}`],
        body: `${where}村${number}组`,
      };
    }
  }
}
