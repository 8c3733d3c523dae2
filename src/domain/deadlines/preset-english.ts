import type { PRESETS } from './presets.ts';

type PresetCode = (typeof PRESETS)[number]['code'];

/** What limits that the program brings are called, and on what they rest, for who reads no Chinese. */
export const PRESETS_EN: Readonly<Record<PresetCode, { readonly name: string; readonly basis: string }>> = {
  'jiangsu-3-5': {
    name: 'Jiangsu: questions 3 working days, all else 5',
    basis: 'Jiangsu 12345, 7 February 2022',
  },
  'shanghai-1-3-5-15': {
    name: 'Shanghai: questions 1 working day, all else 5; 15 with leave where it is complex',
    basis: 'Daning Road Sub-district, Jing’an, Shanghai, 2019',
  },
  'beijing-2h-24h-7d-15d': {
    name: 'Beijing: urgent 2 hours; water, power, gas, heat 24 hours; all else 7 days, 15 with leave where it is complex',
    basis: 'Beijing 12345 service specification (draft for comment), 28 December 2021',
  },
  'bureau-same-3-13': {
    name: 'Bureaus: urgent the same day; questions and help 3 working days, all else 13',
    basis: 'Xuzhou Bureau of Housing and Urban-Rural Development',
  },
};
