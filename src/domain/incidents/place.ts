/** What a village, an estate, a road calls itself; anything finer is a door. */
const NAMED =
  /[\p{Script=Han}A-Za-z0-9]{1,12}?(?:村|社区|小区|新村|花园|家园|公寓|广场|市场|学校|医院|大道|路|街|巷|弄)/u;
/** What stands above it, and is left out by some and said by others. */
const ABOVE =
  /^(?:[\p{Script=Han}]{2,9}?(?:省|自治区|市(?!场)|县|(?<![小社])区))*(?:[\p{Script=Han}]{1,7}?(?:街道|镇|乡))?/u;

/** 掘港街道余荡村5组 -> 余荡村: the smallest named area of a place, without what stands above it. '' when none is named. */
export function areaOf(place: string): string {
  const text = place.replace(/\s/g, '');
  const below = text.replace(ABOVE, '');
  return NAMED.exec(below)?.[0] ?? '';
}

/** Number of the door on a road: 长江路88号 -> 88; '' in a village or an estate, where a door is somebody's home. */
export const doorOf = (place: string): string => DOOR.exec(place.replace(/\s/g, ''))?.[1] ?? '';
const DOOR = /(?:大道|路|街|巷|弄)(\d{1,5})号/;

/** 掘港余荡村 and 余荡村 are one: the town stands before the name, with or without its title. */
export const sameArea = (one: string, other: string): boolean =>
  one !== '' && other !== '' && (one.endsWith(other) || other.endsWith(one));
