/** Whether the keyboard is the picture's: nothing else in the window has the focus. */
export function isOnPicture(): boolean {
  const focus = document.activeElement;
  const inField = focus?.closest(".editor-field") != null;
  return !inField && (focus === null || focus === document.body || focus.closest(".canvas") !== null);
}
