import { nextTick, onBeforeUnmount, onMounted, readonly, ref, shallowReactive } from 'vue';
import { chooseMarked } from './marked-option.ts';
import { keyWaits, runKey } from './waiting-keys.ts';

/**
 * A key of a page. `keys`: `?`, `F2`, `Alt+A`, `Ctrl+Enter`. A key without a modifier that could be typed does nothing
 * while somebody types.
 */
export interface Shortcut {
  readonly keys: string;
  /** What it does, in the reader's language. */
  readonly label: () => string;
  readonly run: () => void;
  /** Absent: always. */
  readonly when?: () => boolean;
  /** What it does cannot be done before something under way has its answer: it is said then that it was not. Absent: never. */
  readonly waits?: () => boolean;
  /** While somebody types, or a dialog lies over the page, the key is the field's own: it takes back or deletes there. */
  readonly notWhileTyping?: boolean;
  /** A piece of the dialog that the key belongs to: it is heard there while that dialog lies on top, and nowhere else. */
  readonly within?: () => HTMLElement | null | undefined;
}

/** Opens the list of keys also for who is writing, to whom `?` is a sign of his text. */
export const HELP_KEY = 'F1';

const known = shallowReactive(new Set<Shortcut>());
const helpOpen = ref(false);

/** A letter is told by its place on the keyboard: Alt makes another sign of it on some, an input method takes others. */
function pressed(event: KeyboardEvent): string {
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const modified = event.altKey || event.ctrlKey || event.metaKey;
  const key = modified && letter !== undefined ? letter : event.key;
  const parts = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : ''];
  if (event.shiftKey && (modified || key.length > 1)) parts.push('Shift');
  return [...parts.filter((part) => part !== ''), key.length === 1 ? key.toUpperCase() : key].join('+');
}

const isTyping = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement &&
  (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));

/** The dialog that lies over the page, of several the one on top. */
function covering(): HTMLElement | null {
  const open = [...document.querySelectorAll<HTMLElement>('.el-overlay')].filter(
    ({ style }) => style.display !== 'none',
  );
  return open.reduce<HTMLElement | null>(
    (top, one) => (top !== null && Number(top.style.zIndex) > Number(one.style.zIndex) ? top : one),
    null,
  );
}

const isIn = (dialog: HTMLElement | null, piece: HTMLElement | null | undefined): boolean =>
  dialog !== null && piece != null && dialog.contains(piece);

/** A question stands over everything: whoever has answered it sees it go. */
const isAsked = (): boolean =>
  document.querySelector('.el-overlay:not(.fade-in-linear-leave-active) .el-message-box') !== null;

/** When the key went down. */
let cover: HTMLElement | null = null;
let wasAsked = false;

function heard(event: KeyboardEvent): void {
  // Of an input method that is still composing a word, nothing is ours.
  if (event.isComposing || event.repeat || event.defaultPrevented) return;
  const keys = pressed(event);
  if (keys.length === 1 && isTyping(event)) return;
  // Of the page behind it they would act unseen; Escape is the dialog's own, and closes it before it comes here.
  const onlyOnTop = cover !== null && (keys.length === 1 || keys === 'Escape');
  if ((keys === '?' || keys === HELP_KEY) && !onlyOnTop) {
    // With this one the browser would open a page of its own.
    event.preventDefault();
    helpOpen.value = !helpOpen.value;
    return;
  }
  const isHeard = ({ within }: Shortcut): boolean =>
    within === undefined ? !onlyOnTop : isIn(cover, within());
  // The page that was opened last has the word.
  const found = [...known]
    .reverse()
    .find((one) => one.keys === keys && isHeard(one) && (one.when?.() ?? true));
  if (found === undefined) return;
  if (found.notWhileTyping === true && (cover !== null || isTyping(event))) return;
  event.preventDefault();
  // It is answered first: the form behind it is not sent in its place.
  if (wasAsked) return;
  if (keys === 'Ctrl+Enter' && chooseMarked(event.target)) void nextTick(() => act(found));
  else act(found);
}
function act(one: Shortcut): void {
  if (one.waits?.() === true) keyWaits(one);
  else runKey(one, one.run);
}
window.addEventListener('keydown', heard);
/** With Ctrl they are never a field's own: a list, which takes every Enter for a choice, does not come to see them. */
window.addEventListener(
  'keydown',
  (event) => {
    cover = covering();
    wasAsked = isAsked();
    if (!event.ctrlKey && !event.metaKey) return;
    heard(event);
    if (event.defaultPrevented) event.stopPropagation();
  },
  { capture: true },
);

/** They hold while the component stands. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  onMounted(() => {
    for (const one of shortcuts) known.add(one);
  });
  onBeforeUnmount(() => {
    for (const one of shortcuts) known.delete(one);
  });
}

export function useShortcutHelp() {
  return {
    open: helpOpen,
    known: readonly(known) as ReadonlySet<Shortcut>,
    toggle(): void {
      helpOpen.value = !helpOpen.value;
    },
  };
}
