/** Whether a media query holds; `changed` hears whenever its answer changes. */
export function watchMedia(query: string, changed: (matches: boolean) => void): boolean {
  const media = matchMedia(query);
  media.addEventListener("change", () => changed(media.matches));
  return media.matches;
}
