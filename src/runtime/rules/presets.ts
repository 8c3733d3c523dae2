import { type Version, versionLine } from '../rules-text.ts';
import { type Command, word } from './command.ts';

interface PresetSeen {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** Whole configurations to begin with. */
export const PRESET_COMMANDS: readonly Command[] = [
  {
    name: 'presets',
    words: '',
    does: { zh: '可选的预设', en: 'the presets there are' },
    options: [],
    example: 'presets',
    async run({ counter, print }) {
      const { presets } = await counter.get<{ presets: readonly PresetSeen[] }>('/presets');
      print(
        presets.map(({ name, title, description }) => `${name}  ${title}\n    ${description}`).join('\n'),
      );
      return 0;
    },
  },
  {
    name: 'preset',
    words: 'NAME',
    does: { zh: '以预设起草', en: 'begin a version with a preset' },
    options: [],
    example: 'preset classic-menu',
    async run(job) {
      const preset = word(job, 0, 'the preset');
      const body = { title: `预设 ${preset}`, preset };
      job.print(versionLine(await job.counter.post<Version>('/versions', body)));
      return 0;
    },
  },
];
