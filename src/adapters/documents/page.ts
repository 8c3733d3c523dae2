/** Measures of GB/T 9704-2012 in points: A4, the type area 156 mm by 225 mm, 22 lines of 28 characters. */
const MM = 72 / 25.4;
export const PAGE = {
  width: 210 * MM,
  height: 297 * MM,
  /** 天头 37 mm, 订口 28 mm. */
  top: 37 * MM,
  left: 28 * MM,
  typeWidth: 156 * MM,
  typeHeight: 225 * MM,
} as const;
export const LINE = PAGE.typeHeight / 22;
/** 3号: 28 to a line. */
export const BODY = PAGE.typeWidth / 28;
/** 2号. */
export const TITLE = 22;
/** 4号. */
export const SMALL = 14;
export const RED = '#e60000';
export const SEAL_DIAMETER = 42 * MM;
/** The page number stands 7 mm below the type area. */
export const NUMBER_BELOW = 7 * MM;
/** 红色分隔线 stands 4 mm below the number. */
export const RULE_BELOW = 4 * MM;
export const ISSUER_MAX = 32;
