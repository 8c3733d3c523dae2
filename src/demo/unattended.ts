import { setTimeout as wait } from 'node:timers/promises';
import { TONES } from '../domain/ivr/prompts.ts';
import type { Say } from './demo-target.ts';
import type { DemoCall } from './script.ts';
import type { Citizen } from './sipp/citizen.ts';

/** Greeting, menu, request to speak: then the tone comes, or it never does. */
const UNTIL_TONE_MS = 40_000;
const SPOKEN_MS = 2_500;
const VOICE_HZ = 440;

/** A call that nobody takes: the citizen hears what there is to say, or leaves a message. */
export async function playUnattended(script: DemoCall, citizen: Citizen, tell: Say): Promise<void> {
  if (script.expect.result !== 'messageLeft') {
    await citizen.ended;
    tell('市民听完提示，通话结束');
    return;
  }
  await citizen.sound.untilHears(TONES['message-tone'].hz, UNTIL_TONE_MS);
  tell('提示音响起，市民留言');
  citizen.sound.speak(VOICE_HZ);
  await wait(SPOKEN_MS);
  citizen.sound.hush();
  await citizen.sound.press('#');
  await citizen.ended;
  tell('留言已录下，通话结束');
}
