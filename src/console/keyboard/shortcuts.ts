import { nextTick, onBeforeUnmount, onMounted, readonly, ref, shallowReactive } from 'vue';
import { chooseMarked } from './marked-option.ts';

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
  /** While somebody types, or a dialog lies over the page, the key is the field's own: it takes back or deletes there. */
  readonly notWhileTyping?: boolean;
}

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

/** A dialog lies over the page. */
const isCovered = (): boolean =>
  [...document.querySelectorAll<HTMLElement>('.el-overlay')].some((one) => one.style.display !== 'none');

/** A question stands over everything: whoever has answered it sees it go. */
const isAsked = (): boolean =>
  document.querySelector('.el-overlay:not(.fade-in-linear-leave-active) .el-message-box') !== null;

/** When the key went down. */
let wasCovered = false;
let wasAsked = false;

function heard(event: KeyboardEvent): void {
  // Of an input method that is still composing a word, nothing is ours.
  if (event.isComposing || event.repeat || event.defaultPrevented) return;
  const keys = pressed(event);
  if (keys.length === 1 && isTyping(event)) return;
  // Keys of the page behind it would act unseen; Escape is the dialog's own, and closes it before it comes here.
  if ((keys.length === 1 || keys === 'Escape') && wasCovered) return;
  if (keys === '?') {
    helpOpen.value = !helpOpen.value;
    return;
  }
  // The page that was opened last has the word.
  const found = [...known].reverse().find((one) => one.keys === keys && (one.when?.() ?? true));
  if (found === undefined) return;
  if (found.notWhileTyping === true && (wasCovered || isTyping(event))) return;
  event.preventDefault();
  // It is answered first: the form behind it is not sent in its place.
  if (wasAsked) return;
  if (keys === 'Ctrl+Enter' && chooseMarked(event.target)) void nextTick(found.run);
  else found.run();
}
window.addEventListener('keydown', heard);
/** With Ctrl they are never a field's own: a list, which takes every Enter for a choice, does not come to see them. */
window.addEventListener(
  'keydown',
  (event) => {
    wasCovered = isCovered();
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
