/**
 * Ctrl+Enter within a form, before a list that has the focus and would take it for itself: for `@keydown.capture` of what
 * stands around the fields.
 */
export const beforeLists =
  (run: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat)
      return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
