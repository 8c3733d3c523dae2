/** What somebody can do, in the words of pages that have nothing to show; each begins an instruction there. */
const DEEDS = {
  'zh-CN':
    '换 改短 改早 清空 放宽 选 点“ 按回车 取消 核对 看 查 新增 新建 新写 起草 添加 登记 准备 粘贴 导入 合成 申请 申诉 告知 认定 备注 下发 咨询 生成',
  en: 'choose|presses|press|shorten|clear|untick|check|look|try|ask|add|make|write|enter|paste|import|begin|issue|tell|have one|says so|appeal',
} as const;
/** What brings something here by itself. */
const COMES = {
  'zh-CN': /(?:出现|列|记)在这里|自己出现|在此督办/,
  en: /\b(?:appears? (?:here|by)|stands? here|looked after here|makes the list)\b/,
} as const;

/** Told what to do, or what will bring something. That there is nothing, and why, is not yet it. */
export function saysWhatToDo(says: string, language: keyof typeof DEEDS): boolean {
  const [, ...rest] = says.split(/[。：；，,\n]|[.:;](?=\s|$)/);
  const after = rest.join(' ');
  if (COMES[language].test(after)) return true;
  return language === 'en'
    ? new RegExp(`\\b(?:${DEEDS.en})\\b`, 'i').test(after)
    : DEEDS['zh-CN'].split(' ').some((deed) => after.includes(deed));
}
