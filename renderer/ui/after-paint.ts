/** Does something once the page is painted as it is now. What is given back forgets it. */
export function afterPaint(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(act);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** A page that nobody sees is not painted: what waits for it goes on after so many milliseconds. */
const UNSEEN = 100;

/** Settles once the page is painted as it is now. */
export function painted(): Promise<void> {
  return new Promise((done) => {
    afterPaint(done);
    setTimeout(done, UNSEEN);
  });
}
