/** The step under way at a position, and the fraction of its way that is done; nothing when all stands still there. */
export function travelAt(position: number): { readonly step: number; readonly progress: number } | undefined {
  const step = Math.floor(position);
  return position === step ? undefined : { step, progress: position - step };
}
