/** The first of `size` positions for which `isPast` holds, given that it holds for every later one; else `size`. */
export function lowerBound(size: number, isPast: (i: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
